package io.mnemosyne.launcher.pipeline;

import java.util.concurrent.CountDownLatch;

/** Runs the whole pipeline until the JVM is told to exit. */
public final class PipelineMain {
    /** The line on standard output that says that the pipeline takes turns and answers queries. */
    public static final String READY = "ready";

    private PipelineMain() {
    }

    /** Starts the pipeline, prints {@link #READY} and stays with it. */
    public static void main(String[] args) throws Exception {
        System.out.println(READY);
        new CountDownLatch(1).await();
    }
}
