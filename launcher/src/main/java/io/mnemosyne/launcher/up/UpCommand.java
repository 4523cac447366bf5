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
import io.mnemosyne.launcher.stack.LocalStack;
import io.mnemosyne.launcher.stack.StackPlan;

/** {@code mnemosyne up}: runs the local stack and the pipeline until it is told to stop. */
@Command(name = "up", mixinStandardHelpOptions = true, description = "Start Kafka, the schema registry, OpenSearch and the pipeline; Ctrl-C stops them.")
public final class UpCommand implements Callable<Integer> {
    @Spec
    CommandSpec spec = CommandSpec.create();

    @Mixin
    StackOptions options = new StackOptions();

    @Override
    public Integer call() {
        StackPlan plan = options.plan();
        PrintWriter out = spec.commandLine().getOut();
        long begin = System.nanoTime();
        LocalStack stack = LocalStack.prepare(plan, new PrintedProgress(out));
        Runtime.getRuntime().addShutdownHook(new Thread(stack::close, "stop-stack"));
        stack.start();
        out.printf("ready in %.1f s; data in %s; Ctrl-C stops%n", (System.nanoTime() - begin) / 1e9,
                plan.data());
        out.flush();
        Optional<CommandFailure> death = stack.awaitEnd();
        stack.close();
        if (death.isPresent()) {
            throw death.get();
        }
        return ExitCode.OK.number();
    }
}
