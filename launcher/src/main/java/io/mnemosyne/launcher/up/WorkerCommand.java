package io.mnemosyne.launcher.up;

import java.io.PrintWriter;
import java.util.Optional;
import java.util.concurrent.Callable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

import io.mnemosyne.launcher.CommandFailure;
import io.mnemosyne.launcher.ExitCode;
import io.mnemosyne.launcher.pipeline.WorkerProcess;

/** {@code mnemosyne worker}: makes model calls for a pipeline that runs elsewhere, until it is told to stop. */
@Command(name = "worker", mixinStandardHelpOptions = true, description = "Make model calls beside a running pipeline; start as many as are needed, Ctrl-C stops each.")
public final class WorkerCommand implements Callable<Integer> {
    @Spec
    CommandSpec spec = CommandSpec.create();

    @Mixin
    KafkaOptions options = new KafkaOptions();

    @Override
    public Integer call() throws InterruptedException {
        WorkerProcess worker = WorkerProcess.start(options.settings());
        Runtime.getRuntime().addShutdownHook(new Thread(worker::close, "stop-worker"));
        PrintWriter out = spec.commandLine().getOut();
        out.println("worker runs; Ctrl-C stops");
        out.flush();
        Optional<CommandFailure> end = worker.awaitEnd();
        if (end.isPresent()) {
            throw end.get();
        }
        return ExitCode.OK.number();
    }
}
