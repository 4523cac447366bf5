package io.mnemosyne.core.thread;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import io.mnemosyne.core.Decision;
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

        Viewing(KeptView rows) {
            this.rows = rows;
        }

        Viewing copy() {
            Viewing copy = new Viewing(rows.copy());
            copy.inputs.addAll(inputs);
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
                ? memory().read(input, pipeline.turns, found -> fold(new ViewInput.OfTurns(found.value())))
                : memory().read(input, pipeline.memory, found -> fold(new ViewInput.OfMemory(found.value())));
    }

    private void fold(ViewInput input) {
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
        decision.effects().forEach(effect -> {
            if (effect instanceof ViewEffect.Journal(ViewEvent.Faulted _)) {
                pipeline.tally.count("fault");
            }
            if (effect instanceof ViewEffect.Journal(ViewEvent.EpochOpened opened)) {
                pipeline.tally.count("epoch");
                opened.changes().forEach(change -> pipeline.tally.count(
                        change.to().isBelow(change.from()) ? "object.shorter" : "object.longer"));
                Invariants.anEpochHasItsReason(opened, before, input, after, pipeline.policy);
            }
        });
    }

    private static void assertNoViolation(Decision<ViewState, ViewEffect> decision) {
        Optional<String> violation = decision.counts().stream().filter(View.VIOLATION::equals).findFirst();
        Invariants.theJournalsHoldTogether(violation);
    }
}
