package io.mnemosyne.bench.models;

import java.io.PrintWriter;
import java.nio.file.Files;
import java.time.Duration;
import java.util.concurrent.Callable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code bench backlog}: many requests, and a provider that takes few. */
@Command(name = "backlog", mixinStandardHelpOptions = true, description = {
        "Ask for many observations at once, of a scripted model that answers only so many per second and refuses the rest with",
        "429, and print how the worker of a real deployment works them off. Exits with 1 if a request was left open or failed."})
public final class BacklogCommand implements Callable<Integer> {
    @Spec
    CommandSpec spec = CommandSpec.create();

    @Option(names = "--requests", paramLabel = "N", defaultValue = "2000", description = "Default: ${DEFAULT-VALUE}.")
    int requests;

    @Option(names = "--rate", paramLabel = "N", defaultValue = "2", description = "Answers per second. Default: ${DEFAULT-VALUE}.")
    double rate;

    @Option(names = "--urgent-every", paramLabel = "N", defaultValue = "20", description = "Every how many a request is urgent. Default: ${DEFAULT-VALUE}.")
    int urgentEvery;

    @Option(names = "--lease-minutes", paramLabel = "N", defaultValue = "60", description = "After it a request is answered as expired, without a call; the observer gives 10. Default: ${DEFAULT-VALUE}.")
    int leaseMinutes;

    @Option(names = "--tokens-per-day", paramLabel = "N", defaultValue = "0", description = "Budget of the tenant; when it is spent, the extractor answers. Default: none.")
    long tokensPerDay;

    @Override
    public Integer call() throws Exception {
        if (requests < 1 || rate <= 0 || urgentEvery < 1 || leaseMinutes < 1) {
            throw new ParameterException(spec.commandLine(),
                    "--requests, --rate, --urgent-every and --lease-minutes must be above 0.");
        }
        PrintWriter err = spec.commandLine().getErr();
        var backlog = new Backlog(requests, rate, urgentEvery, Duration.ofMinutes(leaseMinutes), tokensPerDay);
        BacklogReport report = backlog.run(Files.createTempDirectory("mnemosyne-bench-"), line -> {
            err.println("backlog: " + line);
            err.flush();
        });
        PrintWriter out = spec.commandLine().getOut();
        out.println(report.table());
        out.flush();
        return report.outcomes().open() + report.outcomes().failed() == 0 ? 0 : 1;
    }
}
