package io.mnemosyne.core.observe;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

import io.mnemosyne.core.LogEntry;
import io.mnemosyne.core.Provenance;
import io.mnemosyne.core.ThreadKey;

/**
 * What became of an observation request, or a sign of time passing.
 *
 * @param requestId of the request that it answers; empty for {@link Idle}
 */
public record ObservationResult(ThreadKey thread, long incarnation, String requestId, int attempt, Outcome outcome) {

    /** The kinds of outcome. Failed is not empty: only the first two advance coverage. */
    public sealed interface Outcome {
    }

    /**
     * The range was observed.
     *
     * @param entries each rests on turns inside the range
     */
    public record Observed(List<LogEntry> entries, Optional<String> title, Optional<String> currentTask,
            Optional<String> nextStep, Provenance provenance) implements Outcome {
        public Observed {
            entries = List.copyOf(entries);
        }
    }

    /** The range was read and holds nothing worth noting. */
    public record Nothing(Provenance provenance) implements Outcome {
    }

    /** No provider answered. */
    public record Failed(String reason, boolean retryable) implements Outcome {
    }

    /** The lease passed before an answer came. */
    public record Expired() implements Outcome {
    }

    /** The thread has been quiet up to this time. */
    public record Idle(Instant at) implements Outcome {
    }
}
