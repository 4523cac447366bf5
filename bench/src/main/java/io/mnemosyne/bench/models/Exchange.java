package io.mnemosyne.bench.models;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

import io.mnemosyne.core.ThreadKey;
import io.mnemosyne.core.observe.ObservationResult;

/**
 * A request of the observer, and the first answer to it if there is one.
 *
 * @param asked when the request was written
 */
record Exchange(ThreadKey thread, boolean urgent, Instant asked, Optional<Answer> answer) {

    /**
     * What came of it.
     *
     * @param at when it was written
     */
    record Answer(Instant at, ObservationResult.Outcome outcome) {
    }

    Exchange answered(Answer first) {
        return new Exchange(thread, urgent, asked, answer.or(() -> Optional.of(first)));
    }

    /** How long the request had no answer; empty if it has none yet. */
    Optional<Duration> took() {
        return answer.map(first -> Duration.between(asked, first.at()));
    }
}
