package io.mnemosyne.launcher.pipeline;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import io.mnemosyne.launcher.CommandFailure;
import io.mnemosyne.launcher.ExitCode;
import io.mnemosyne.launcher.config.Settings;

/** Runs the whole pipeline until the JVM is told to exit. Settings come from the environment. */
public final class PipelineMain {
    /** The line on standard output that says that the pipeline takes turns and answers queries. */
    public static final String READY = "ready";
    private static final long POLL_MILLIS = 100;

    private PipelineMain() {
    }

    /** Starts the pipeline, prints {@link #READY} once every topology runs, and stays with it. */
    public static void main(String[] args) throws InterruptedException {
        try {
            run();
        } catch (CommandFailure failure) {
            exit(String.valueOf(failure.getMessage()), failure.code());
        }
    }

    private static void run() throws InterruptedException {
        CountDownLatch stopping = new CountDownLatch(1);
        Pipeline pipeline = Pipeline.start(PipelinePlan.of(Settings.read(System.getenv())),
                reason -> Thread.ofPlatform().start(() -> exit(reason, ExitCode.UNEXPECTED)));
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            stopping.countDown();
            pipeline.close();
        }, "stop-pipeline"));
        boolean stopped = false;
        while (!stopped && !pipeline.isRunning()) {
            stopped = stopping.await(POLL_MILLIS, TimeUnit.MILLISECONDS);
        }
        System.out.println(READY);
        stopping.await();
    }

    private static void exit(String reason, ExitCode code) {
        System.err.println("mnemosyne: " + reason);
        System.exit(code.number());
    }
}
