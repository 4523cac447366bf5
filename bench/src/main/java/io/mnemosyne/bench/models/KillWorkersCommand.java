package io.mnemosyne.bench.models;

import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code bench kill-workers}: what a crash pays twice. */
@Command(name = "kill-workers", mixinStandardHelpOptions = true, description = {
        "Kill -9 a worker of a real deployment at random moments while it calls a scripted model, start the next one, and print",
        "which calls were made again. Exits with 1 if a recorded call was, or a request was left without an answer."})
public final class KillWorkersCommand implements Callable<Integer> {
    @Spec
    CommandSpec spec = CommandSpec.create();

    @Option(names = "--rounds", paramLabel = "N", defaultValue = "20", description = "Default: ${DEFAULT-VALUE}.")
    int rounds;

    @Option(names = "--requests", paramLabel = "N", defaultValue = "40", description = "Of each round. Default: ${DEFAULT-VALUE}.")
    int requests;

    @Option(names = "--call-millis", paramLabel = "N", defaultValue = "300", description = "How long the model takes. Default: ${DEFAULT-VALUE}.")
    int callMillis;

    @Option(names = "--seed", paramLabel = "N", defaultValue = "1", description = "Of the moments. Default: ${DEFAULT-VALUE}.")
    long seed;

    @Override
    public Integer call() throws Exception {
        if (rounds < 1 || requests < 1 || callMillis < 1) {
            throw new ParameterException(spec.commandLine(), "--rounds, --requests and --call-millis must be above 0.");
        }
        PrintWriter err = spec.commandLine().getErr();
        Path directory = Files.createTempDirectory("mnemosyne-bench-");
        KillReport report = new KillWorkers(rounds, requests, Duration.ofMillis(callMillis), seed).run(directory,
                line -> {
                    err.println("kill-workers: " + line);
                    err.flush();
                });
        PrintWriter out = spec.commandLine().getOut();
        out.println(report.table());
        out.flush();
        return report.isClean() ? 0 : 1;
    }
}
