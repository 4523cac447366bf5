package io.mnemosyne.core.fidelity;

import java.util.List;

import io.mnemosyne.core.Provenance;
import io.mnemosyne.core.ThreadKey;

/** What became of a request for a summary. */
public record SummaryResult(ThreadKey thread, long incarnation, String requestId, int attempt, Outcome outcome) {

    /** The kinds of outcome. */
    public sealed interface Outcome {
    }

    /**
     * A shorter form.
     *
     * @param text without heading and losses
     * @param losses what the model says that it left out; added to what is found missing, never believed instead of it
     */
    public record Summarized(String objectId, Fidelity fidelity, String text, List<String> losses,
            Provenance provenance) implements Outcome {
        public Summarized {
            losses = List.copyOf(losses);
        }

        public Summarized by(Provenance other) {
            return new Summarized(objectId, fidelity, text, losses, other);
        }
    }

    /** No provider answered, or no answer was acceptable. */
    public record Failed(String reason, boolean retryable) implements Outcome {
    }

    /** The lease passed before an answer came. */
    public record Expired() implements Outcome {
    }
}
