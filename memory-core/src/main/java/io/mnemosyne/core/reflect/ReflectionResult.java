package io.mnemosyne.core.reflect;

import java.util.List;
import java.util.Optional;

import io.mnemosyne.core.LogEntry;
import io.mnemosyne.core.ProjectState;
import io.mnemosyne.core.Provenance;
import io.mnemosyne.core.ThreadKey;

/** What became of a reflection request. */
public record ReflectionResult(ThreadKey thread, long incarnation, String requestId, int attempt, Outcome outcome) {

    /** The kinds of outcome. */
    public sealed interface Outcome {
    }

    /**
     * The best candidate of the worker; the machine decides whether it is accepted.
     *
     * @param level compression level at which it was written, 0 to 4
     * @param state the project state after these segments, its version not yet raised
     */
    public record Reflected(List<LogEntry> entries, Optional<String> title, Optional<String> currentTask,
            Optional<String> nextStep, int level, ProjectState state, Provenance provenance) implements Outcome {
        public Reflected {
            entries = List.copyOf(entries);
        }

        public Reflected by(Provenance other) {
            return new Reflected(entries, title, currentTask, nextStep, level, state, other);
        }
    }

    /** No provider answered, or no answer was acceptable. */
    public record Failed(String reason, boolean retryable) implements Outcome {
    }

    /** The lease passed before an answer came. */
    public record Expired() implements Outcome {
    }
}
