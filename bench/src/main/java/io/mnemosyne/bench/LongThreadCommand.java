package io.mnemosyne.bench;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;

import com.fasterxml.jackson.databind.ObjectMapper;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

import io.mnemosyne.core.Policy;
import io.mnemosyne.core.tokens.O200kTokenCounter;

/** {@code bench long-thread}: what grows with a thread, and what does not. */
@Command(name = "long-thread", mixinStandardHelpOptions = true, description = {
        "Let one synthetic thread of many tokens live under the machines and the offline extractor, ask for its context after",
        "every turn, and print what that took on the way. Exits with 1 if a view was over its ceiling."})
final class LongThreadCommand implements Callable<Integer> {
    private static final int PERCENT = 100;

    @Spec
    CommandSpec spec = CommandSpec.create();

    @Option(names = "--tokens", paramLabel = "N", defaultValue = "10000000", description = "Tokens of the thread. Default: ${DEFAULT-VALUE}.")
    long tokens;

    @Option(names = "--budget", paramLabel = "N", defaultValue = "100000", description = "Ceiling of its view in tokens; every token setting is scaled along. Default: ${DEFAULT-VALUE}.")
    long budget;

    @Option(names = "--seed", paramLabel = "N", defaultValue = "1", description = "Of the turns; the same seed gives the same thread. Default: ${DEFAULT-VALUE}.")
    long seed;

    @Option(names = "--json", paramLabel = "FILE", description = "Also write every figure to this file.")
    @Nullable
    Path json;

    private long told = -1;

    @Override
    public Integer call() throws IOException {
        if (tokens < 1 || budget < 1) {
            throw new ParameterException(spec.commandLine(), "--tokens and --budget must be at least 1.");
        }
        LongThreadReport report = new LongThread(tokens, Policy.standard().scaledTo(budget), seed,
                O200kTokenCounter.shared()).run(this::tell);
        PrintWriter out = spec.commandLine().getOut();
        out.println(LongThreadTable.of(report));
        out.flush();
        if (json != null) {
            new ObjectMapper().writerWithDefaultPrettyPrinter().writeValue(json.toFile(), report);
        }
        return report.overCeiling() == 0 ? 0 : 1;
    }

    private void tell(long done) {
        long percent = Math.min(PERCENT, PERCENT * done / tokens);
        if (percent > told) {
            told = percent;
            PrintWriter err = spec.commandLine().getErr();
            err.printf("long-thread: %d %% of %d tokens%n", percent, tokens);
            err.flush();
        }
    }
}
