package io.mnemosyne.inference.prompts;

import java.util.Optional;

/**
 * What was made of an answer.
 *
 * @param usable empty if the answer is of no use
 * @param problems in words for whoever wrote it
 * @param <A> what an answer comes to
 */
record Reading<A>(Optional<A> usable, Problems problems) {

    static <A> Reading<A> of(A usable, Problems problems) {
        return new Reading<>(Optional.of(usable), problems);
    }

    static <A> Reading<A> useless(Problems problems) {
        return new Reading<>(Optional.empty(), problems);
    }
}
