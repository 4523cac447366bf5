package io.mnemosyne.bench.models;

import java.io.PrintWriter;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code bench failing-models}: what a conversation feels of it. */
@Command(name = "failing-models", mixinStandardHelpOptions = true, description = {
        "Let conversations of a real deployment go on while their models fail in every way there is, and print for each way what",
        "it cost and how soon contexts were given meanwhile. Exits with 1 if a context was refused or over its budget, or memory",
        "was not made."})
public final class FailuresCommand implements Callable<Integer> {
    @Spec
    CommandSpec spec = CommandSpec.create();

    @Option(names = "--trouble", paramLabel = "NAME", description = "Only these: ${COMPLETION-CANDIDATES}.")
    List<Trouble> troubles = List.of(Trouble.values());

    @Option(names = "--turns", paramLabel = "N", defaultValue = "60", description = "Of each conversation. Default: ${DEFAULT-VALUE}.")
    int turns;

    @Option(names = "--call-budget", paramLabel = "SECONDS", defaultValue = "10", description = "For a whole chain; the default of a deployment is 60. Default: ${DEFAULT-VALUE}.")
    int callBudget;

    @Override
    public Integer call() throws Exception {
        PrintWriter err = spec.commandLine().getErr();
        List<FailureReport> reports = new Failures(troubles, turns, Duration.ofSeconds(callBudget))
                .run(Files.createTempDirectory("mnemosyne-bench-"), line -> {
                    err.println(line);
                    err.flush();
                });
        PrintWriter out = spec.commandLine().getOut();
        out.print(FailureReport.HEADER);
        reports.forEach(report -> out.println(report.row()));
        out.flush();
        return reports.stream().allMatch(FailureReport::isHarmless) ? 0 : 1;
    }
}
