package io.mnemosyne.bench;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

import io.mnemosyne.core.Policy;
import io.mnemosyne.core.fidelity.Fidelity;
import io.mnemosyne.core.fidelity.FidelityRules;
import io.mnemosyne.core.tokens.O200kTokenCounter;
import io.mnemosyne.core.view.ViewEvent.Cause;
import io.mnemosyne.core.view.ViewEvent.FaultKind;
import io.mnemosyne.inference.worker.Models;
import io.mnemosyne.replay.ladder.LadderTally;
import io.mnemosyne.replay.policy.RecordedCalls;
import io.mnemosyne.replay.policy.Remembering;
import io.mnemosyne.replay.recording.Event;
import io.mnemosyne.replay.recording.Recording;

/** {@code bench ladder}: what becomes of objects, with and without co-fidelity. */
@Command(name = "ladder", mixinStandardHelpOptions = true, description = {
        "Replay recorded sessions and print how many objects are shown shorter, and what of them is needed afterwards:",
        "read again as it was, read again changed, or named. Each once with related objects coming along when one is shown",
        "again, and once without."})
final class LadderCommand implements Callable<Integer> {
    @Spec
    CommandSpec spec = CommandSpec.create();

    @Parameters(paramLabel = "SESSIONS", arity = "1..*", description = "Sessions in Mnemosyne's own form, one turn a line: files, or folders with them.")
    List<Path> sessions = List.of();

    @Option(names = "--budget", paramLabel = "TOKENS", split = ",", defaultValue = "100000,32000,16000", description = "Ceilings of prompts. Default: ${DEFAULT-VALUE}.")
    List<Long> budgets = List.of();

    @Option(names = "--policy", paramLabel = "NAME", split = ",", defaultValue = "hybrid,fidelity", description = "Policies. Default: ${DEFAULT-VALUE}.")
    List<String> policies = List.of();

    @Override
    public Integer call() throws IOException {
        List<Recording> recordings = RecordedSession.read(spec.commandLine(), sessions).stream()
                .map(RecordedSession::recording).toList();
        PrintWriter out = spec.commandLine().getOut();
        out.println(
                "| policy | budget | related | epochs | objects shown shorter | to detailed / compact / stub / evicted"
                        + " | shown again: named / related | faults: identical / changed / named | faults per object |");
        out.println("|---|---:|---:|---:|---:|---|---|---|---:|");
        for (String policy : policies) {
            for (long budget : budgets) {
                for (int related : new int[]{FidelityRules.DEFAULT.related(), 0}) {
                    out.println(row(policy, budget, related, tally(recordings, policy, budget, related)));
                    out.flush();
                }
            }
        }
        return 0;
    }

    private static LadderTally tally(List<Recording> recordings, String name, long budget, int related) {
        Policy policy = Policy.standard().named(name).scaledTo(budget);
        var replayed = new Remembering(policy.with(policy.fidelity().withRelated(related)),
                Models.offline(O200kTokenCounter.shared()), O200kTokenCounter.shared(), RecordedCalls.NONE);
        LadderTally tally = new LadderTally();
        for (Recording recording : recordings) {
            Remembering.Session session = replayed.begin(recording.id(), tally);
            for (Event event : recording.events()) {
                session.append(event);
            }
        }
        return tally;
    }

    private static String row(String policy, long budget, int related, LadderTally tally) {
        return "| %s | %,d | %d | %d | %,d | %d / %d / %d / %d | %d / %d | %d / %d / %d | %.3f |".formatted(policy,
                budget,
                related, tally.epochs(), tally.evictions(), tally.changes(Fidelity.DETAILED),
                tally.changes(Fidelity.COMPACT), tally.changes(Fidelity.STUB), tally.changes(Fidelity.EVICTED),
                tally.raised(Cause.REFERENCE) + tally.raised(Cause.FAULT), tally.raised(Cause.RELATED),
                tally.faults(FaultKind.IDENTICAL),
                tally.faults(FaultKind.CHANGED), tally.faults(FaultKind.REFERENCE), tally.faultsPerEviction());
    }
}
