package io.mnemosyne.launcher.pipeline;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.stream.Stream;

import org.apache.kafka.common.errors.RetriableException;

/**
 * Decides what to do when a stream thread has died. Most causes pass, so it is replaced. One that dies again and again is
 * not, since then the cause is a record or a bug, and a restart loop would hide it. A service that does not answer is
 * neither: it is waited for, however long that takes.
 *
 * <p>Threading: not thread-safe.
 */
final class Deaths {
    static final int TOLERATED = 5;
    static final Duration WITHIN = Duration.ofMinutes(2);

    private final Deque<Long> counted = new ArrayDeque<>();

    /** What to do. */
    enum Verdict {
        REPLACE,
        REPLACE_AFTER_A_PAUSE,
        GIVE_UP
    }

    /**
     * The verdict about one death.
     *
     * @param nanoTime when it happened, on the clock of {@link System#nanoTime}
     */
    Verdict after(Throwable failure, long nanoTime) {
        if (isRetriable(failure)) {
            return Verdict.REPLACE_AFTER_A_PAUSE;
        }
        counted.addLast(nanoTime);
        counted.removeIf(death -> nanoTime - death > WITHIN.toNanos());
        return counted.size() > TOLERATED ? Verdict.GIVE_UP : Verdict.REPLACE;
    }

    private static boolean isRetriable(Throwable failure) {
        return Stream.iterate(Optional.of(failure), Optional::isPresent,
                cause -> cause.map(Throwable::getCause)).flatMap(Optional::stream)
                .anyMatch(RetriableException.class::isInstance);
    }
}
