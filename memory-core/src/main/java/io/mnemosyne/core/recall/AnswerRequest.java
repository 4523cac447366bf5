package io.mnemosyne.core.recall;

import java.time.Instant;
import java.util.List;

import io.mnemosyne.core.ModelRequest;
import io.mnemosyne.core.Sha256;
import io.mnemosyne.core.ThreadKey;

/**
 * Asks for an answer out of what was found. Somebody waits for it, so it is urgent; no topology knows of it, so it is never
 * lost.
 *
 * @param question without credentials
 * @param found best first, at least one
 */
public record AnswerRequest(ThreadKey thread, long incarnation, String question, List<Recalled> found)
        implements
            ModelRequest {
    public AnswerRequest {
        found = List.copyOf(found);
    }

    @Override
    public String requestId() {
        return Sha256.id("recall", thread.toString(), Long.toString(incarnation), question);
    }

    @Override
    public int attempt() {
        return 1;
    }

    @Override
    public Instant leaseUntil() {
        return Instant.MAX;
    }

    @Override
    public boolean urgent() {
        return true;
    }
}
