package io.mnemosyne.core.thread;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

import io.mnemosyne.core.Compaction;
import io.mnemosyne.core.Decision;
import io.mnemosyne.core.Role;
import io.mnemosyne.core.TurnEvent;
import io.mnemosyne.core.ingest.RawEvent;
import io.mnemosyne.core.view.KeptView;
import io.mnemosyne.core.view.View;
import io.mnemosyne.core.view.ViewEffect;
import io.mnemosyne.core.view.ViewEvent;
import io.mnemosyne.core.view.ViewInput;
import io.mnemosyne.core.view.ViewState;

/** turns + memory -> view. */
final class ViewTask extends Task<Kept<ViewTask.Viewing>> {
    private final Pipeline pipeline;

    /** What is kept of one thread. */
    static final class Viewing {
        private final KeptView rows;
        private final List<ViewInput> inputs = new ArrayList<>();
        private final Set<List<Long>> warned = new HashSet<>();
        private boolean answered = true;

        Viewing(KeptView rows) {
            this.rows = rows;
        }

        Viewing copy() {
            Viewing copy = new Viewing(rows.copy());
            copy.inputs.addAll(inputs);
            copy.warned.addAll(warned);
            copy.answered = answered;
            return copy;
        }

        KeptView rows() {
            return rows;
        }

        /** Everything that was folded, in that order. */
        List<ViewInput> inputs() {
            return inputs;
        }
    }

    ViewTask(Pipeline pipeline) {
        super(new Kept<>(_ -> new Viewing(new KeptView(Machines.COUNTER)), Viewing::copy), Kept::copy);
        this.pipeline = pipeline;
    }

    @Override
    boolean read(int input) {
        return input == 0
                ? memory().read(input, pipeline.turns, found -> fold(new ViewInput.OfTurns(found.value()), found.at()))
                : memory().read(input, pipeline.memory,
                        found -> fold(new ViewInput.OfMemory(found.value()), found.at()));
    }

    private void fold(ViewInput input, Instant at) {
        Viewing thread = memory().of(input.thread());
        ViewState before = thread.rows.head();
        Decision<ViewState, ViewEffect> decision = pipeline.machines.view().decide(thread.rows, input,
                pipeline.policy);
        thread.inputs.add(input);
        thread.rows.keep(decision);
        pipeline.tally.count(decision.counts());
        ViewState after = decision.state();
        if (after.incarnation() == before.incarnation()) {
            Invariants.monotonic(before.shown().watermark(), after.shown().watermark());
            Invariants.monotonic(before.available().watermark(), after.available().watermark());
        }
        assertNoViolation(decision);
        watch(thread, before, input, decision, at);
        decision.effects().forEach(effect -> {
            if (effect instanceof ViewEffect.Journal(ViewEvent.Faulted _)) {
                pipeline.tally.count("fault");
            }
            if (effect instanceof ViewEffect.Journal(ViewEvent.EpochOpened opened)) {
                pipeline.tally.count("epoch");
                pipeline.tally.count("epoch." + opened.reason().name().toLowerCase(Locale.ROOT));
                opened.changes().forEach(change -> pipeline.tally.count(
                        change.to().isBelow(change.from()) ? "object.shorter" : "object.longer"));
                Invariants.anEpochHasItsReason(opened, before, input, after, pipeline.policy);
            }
        });
    }

    private void watch(Viewing thread, ViewState before, ViewInput input, Decision<ViewState, ViewEffect> decision,
            Instant at) {
        ViewState after = decision.state();
        boolean reborn = after.incarnation() > before.incarnation();
        boolean says = input.incarnation() == after.incarnation() && input instanceof ViewInput.OfTurns(var record)
                && record.event() instanceof TurnEvent.Appended(var turn) && turn.role() == Role.ASSISTANT;
        thread.answered |= reborn || says;
        List<Compaction> warnings = decision.effects().stream().filter(ViewEffect.Compact.class::isInstance)
                .map(effect -> ((ViewEffect.Compact) effect).asked()).toList();
        Invariants.warnsOnceWhenReached(thread.warned, warnings.stream().findFirst(), thread.answered, before, input,
                after, pipeline.policy);
        for (Compaction warning : warnings) {
            thread.answered = false;
            thread.warned.add(List.of(after.incarnation(), warning.epoch().orElseThrow()));
            pipeline.raw.append(new IngestTask.Raw(input.thread(),
                    new RawEvent.Instructed(warning.command(input.thread(), after.incarnation(), at))), at,
                    transaction());
        }
    }

    private static void assertNoViolation(Decision<ViewState, ViewEffect> decision) {
        Optional<String> violation = decision.counts().stream().filter(View.VIOLATION::equals).findFirst();
        Invariants.theJournalsHoldTogether(violation);
    }
}
