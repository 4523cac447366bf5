package io.mnemosyne.core.thread;

import java.util.ArrayList;
import java.util.List;

import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

import io.mnemosyne.core.Decision;
import io.mnemosyne.core.Policy;
import io.mnemosyne.core.ThreadKey;
import io.mnemosyne.core.observe.ObserverState;
import io.mnemosyne.core.reflect.ReflectorState;
import io.mnemosyne.core.view.KeptView;
import io.mnemosyne.core.view.ViewInput;

import static org.assertj.core.api.Assertions.assertThat;

/** Invariant 10: folding the journals always gives the same bytes, from the beginning and from any state in between. */
class ReplayPropertiesTest {

    @Property(tries = 1_000)
    void foldingTwiceGivesTheSameBytes(@ForAll("lives") List<Interleavings.Step> life,
            @ForAll @IntRange(min = 0, max = 100) int percent) {
        Pipeline pipeline = Lives.live(life, 2, _ -> {
        });
        for (ThreadKey thread : pipeline.threads) {
            ObserverTask.Observing observed = pipeline.observer.memory().of(thread);
            same(new Fold<>(observed.state(), observed.effects()),
                    fold(Machines.sound().observer(), ObserverState.fresh(thread, 0), observed.events(), percent));
            ReflectorTask.Reflecting reflected = pipeline.reflector.memory().of(thread);
            same(new Fold<>(reflected.state(), reflected.effects()),
                    fold(Machines.sound().reflector(), ReflectorState.fresh(thread, 0), reflected.events(), percent));
            KeptView again = refolded(pipeline.view.memory().of(thread).inputs(), percent);
            assertThat(again.toString()).as("10 replayable: the same view")
                    .isEqualTo(pipeline.shown(thread).toString());
            assertThat(pipeline.prompt(again, thread)).as("10 replayable: the same prompt")
                    .isEqualTo(pipeline.prompt(pipeline.shown(thread), thread));
        }
    }

    /** Where a machine ended, and what it said on its way. */
    private record Fold<S, E>(S state, List<E> effects) {
    }

    private static void same(Fold<?, ?> lived, Fold<?, ?> again) {
        assertThat(again).isEqualTo(lived);
        assertThat(again.toString()).as("10 replayable: the same bytes").isEqualTo(lived.toString());
    }

    /** One machine takes the first part, and another one goes on from what the first one left. */
    private static <S, I, E> Fold<S, E> fold(Machines.Machine<S, I, E> machine, S fresh, List<I> events, int percent) {
        S state = fresh;
        List<E> effects = new ArrayList<>();
        for (int i = 0; i < events.size() * percent / 100; i++) {
            state = take(machine, state, events.get(i), effects);
        }
        // What is left of the first part is its state and its journal alone.
        for (I event : events.subList(events.size() * percent / 100, events.size())) {
            state = take(machine, state, event, effects);
        }
        return new Fold<>(state, effects);
    }

    private static <S, I, E> S take(Machines.Machine<S, I, E> machine, S state, I event, List<E> effects) {
        Decision<S, E> decision = machine.decide(state, event, Lives.SMALL);
        effects.addAll(decision.effects());
        return decision.state();
    }

    private static KeptView refolded(List<ViewInput> inputs, int percent) {
        Policy policy = Lives.SMALL;
        KeptView rows = new KeptView(Machines.COUNTER);
        int first = inputs.size() * percent / 100;
        inputs.subList(0, first)
                .forEach(input -> rows.keep(Machines.sound().view().decide(rows, input, policy)));
        KeptView snapshot = rows.copy();
        inputs.subList(first, inputs.size())
                .forEach(input -> snapshot.keep(Machines.sound().view().decide(snapshot, input, policy)));
        return snapshot;
    }

    @Provide
    Arbitrary<List<Interleavings.Step>> lives() {
        return Interleavings.lives();
    }
}
