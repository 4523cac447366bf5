package io.mnemosyne.bench.models;

import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code bench tracing}: what spans cost. */
@Command(name = "tracing", mixinStandardHelpOptions = true, description = {
        "Send the turns of a recorded session through a local stack as fast as they are taken, with tracing off and on in turn,",
        "and print turns per second until all of them are in their contexts. With tracing on the spans go to a backend that takes",
        "everything."})
public final class TracingCommand implements Callable<Integer> {
    @Spec
    CommandSpec spec = CommandSpec.create();

    @Option(names = "--rounds", paramLabel = "N", defaultValue = "3", description = "Each way. Default: ${DEFAULT-VALUE}.")
    int rounds;

    @Option(names = "--turns", paramLabel = "N", defaultValue = "8000", description = "Of each round. Default: ${DEFAULT-VALUE}.")
    int turns;

    @Option(names = "--threads", paramLabel = "N", defaultValue = "20", description = "Conversations at once. Default: ${DEFAULT-VALUE}.")
    int threads;

    @Option(names = "--session", paramLabel = "FILE", description = "JSONL with turns, instead of the sample.")
    Path session = Path.of(System.getProperty("mnemosyne.home", ".")).resolve("samples/mnemosyne-session.jsonl");

    @Override
    public Integer call() throws Exception {
        if (rounds < 1 || turns < 1 || threads < 1) {
            throw new ParameterException(spec.commandLine(), "--rounds, --turns and --threads must be above 0.");
        }
        PrintWriter err = spec.commandLine().getErr();
        TracingReport report = new TracingRounds(rounds, turns, threads, session)
                .run(Files.createTempDirectory("mnemosyne-bench-"), line -> {
                    err.println("tracing: " + line);
                    err.flush();
                });
        PrintWriter out = spec.commandLine().getOut();
        out.print(report.table());
        out.flush();
        return 0;
    }
}
