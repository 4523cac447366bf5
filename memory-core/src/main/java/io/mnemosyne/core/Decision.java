package io.mnemosyne.core;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * What a machine makes of one event: the next state, what to emit, and what to count.
 *
 * @param <S> the machine's state
 * @param <E> its effects, a sealed type
 * @param counts names of counters to raise by one, in lower-case with dots, for example {@code result.stale}
 */
public record Decision<S, E>(S state, List<E> effects, List<String> counts) {
    public Decision {
        effects = List.copyOf(effects);
        counts = List.copyOf(counts);
    }

    public static <S, E> Decision<S, E> unchanged(S state) {
        return new Decision<>(state, List.of(), List.of());
    }

    public static <S, E> Decision<S, E> of(S state, List<E> effects) {
        return new Decision<>(state, effects, List.of());
    }

    public Decision<S, E> and(E effect) {
        List<E> more = new ArrayList<>(effects);
        more.add(effect);
        return new Decision<>(state, more, counts);
    }

    public Decision<S, E> count(String counter) {
        List<String> more = new ArrayList<>(counts);
        more.add(counter);
        return new Decision<>(state, effects, more);
    }

    /** Decides further from this decision's state; effects and counts of both, in order. */
    public Decision<S, E> then(Function<S, Decision<S, E>> next) {
        Decision<S, E> following = next.apply(state);
        List<E> allEffects = new ArrayList<>(effects);
        allEffects.addAll(following.effects);
        List<String> allCounts = new ArrayList<>(counts);
        allCounts.addAll(following.counts);
        return new Decision<>(following.state, allEffects, allCounts);
    }
}
