package io.mnemosyne.core.observe;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import io.mnemosyne.core.Policy;
import io.mnemosyne.core.observe.ObservationResult.Expired;
import io.mnemosyne.core.observe.ObservationResult.Idle;

/**
 * A time that matters to a thread. When it has passed, its result is to be written to the thread's results; the decision
 * is made on reading it, so that no clock decides anything.
 */
public record Deadline(Instant at, ObservationResult result) {
    /** Quiet is noticed up to this much later, so that not every turn moves its deadline. */
    private static final long IDLE_GRAIN_SECONDS = 30;

    /** What a thread in this state waits for: the lease of its request, and quiet while chunks are buffered. */
    public static List<Deadline> of(ObserverState state, Policy standing) {
        return Stream.concat(lease(state).stream(), quiet(state, Observer.governing(state, standing)).stream())
                .toList();
    }

    private static Optional<Deadline> lease(ObserverState state) {
        return state.inFlight().map(sent -> new Deadline(sent.leaseUntil(), new ObservationResult(state.thread(),
                state.incarnation(), sent.requestId(), sent.attempt(), new Expired())));
    }

    private static Optional<Deadline> quiet(ObserverState state, Policy policy) {
        return state.quietAt(policy).filter(_ -> !state.chunks().buffered().isEmpty()).map(Deadline::coarse)
                .map(at -> new Deadline(at,
                        new ObservationResult(state.thread(), state.incarnation(), "", 0, new Idle(at))));
    }

    private static Instant coarse(Instant at) {
        return Instant.ofEpochSecond(Math.ceilDiv(at.getEpochSecond() + 1, IDLE_GRAIN_SECONDS) * IDLE_GRAIN_SECONDS);
    }
}
