package io.mnemosyne.core.thread;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import io.mnemosyne.core.Decision;
import io.mnemosyne.core.ThreadKey;
import io.mnemosyne.core.view.KeptView;
import io.mnemosyne.core.view.View;
import io.mnemosyne.core.view.ViewEffect;
import io.mnemosyne.core.view.ViewInput;
import io.mnemosyne.core.view.ViewState;

/** turns + memory -> view. */
final class ViewTask extends Task<ViewTask.Memory> {
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

    /** What is kept of all threads. */
    static final class Memory {
        private final Map<ThreadKey, Viewing> threads = new HashMap<>();
        private int turns;
        private int memory;

        Memory copy() {
            Memory copy = new Memory();
            threads.forEach((key, thread) -> copy.threads.put(key, thread.copy()));
            copy.turns = turns;
            copy.memory = memory;
            return copy;
        }

        Viewing of(ThreadKey key) {
            return threads.computeIfAbsent(key, _ -> new Viewing(new KeptView()));
        }
    }

    ViewTask(Pipeline pipeline) {
        super(new Memory(), Memory::copy);
        this.pipeline = pipeline;
    }

    @Override
    int inputs() {
        return 2;
    }

    @Override
    boolean read(int input) {
        if (input == 0) {
            var next = pipeline.turns.next(memory().turns);
            next.ifPresent(found -> {
                memory().turns = found.position();
                fold(new ViewInput.OfTurns(found.value()));
            });
            return next.isPresent();
        }
        var next = pipeline.memory.next(memory().memory);
        next.ifPresent(found -> {
            memory().memory = found.position();
            fold(new ViewInput.OfMemory(found.value()));
        });
        return next.isPresent();
    }

    private void fold(ViewInput input) {
        Viewing thread = memory().of(input.thread());
        ViewState before = thread.rows.head();
        Decision<ViewState, ViewEffect> decision = pipeline.machines.view().decide(before, input, pipeline.policy);
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
            if (effect instanceof ViewEffect.Journal(var event)) {
                pipeline.tally.count("epoch");
                Invariants.anEpochHasItsReason(event, before, input, pipeline.policy);
            }
        });
    }

    private static void assertNoViolation(Decision<ViewState, ViewEffect> decision) {
        Optional<String> violation = decision.counts().stream().filter(View.VIOLATION::equals).findFirst();
        Invariants.theJournalsHoldTogether(violation);
    }
}
