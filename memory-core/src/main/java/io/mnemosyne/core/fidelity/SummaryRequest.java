package io.mnemosyne.core.fidelity;

import java.time.Instant;

import io.mnemosyne.core.Content;
import io.mnemosyne.core.ModelRequest;
import io.mnemosyne.core.SemanticObject;
import io.mnemosyne.core.ThreadKey;

/**
 * Asks a worker to write a shorter form of an object, which a mechanical excerpt stands in for until then.
 *
 * @param requestId 32 hex digits, from thread, incarnation, object and fidelity; a retry keeps it
 * @param attempt from 1
 * @param leaseUntil after this the topology takes the request for lost
 * @param object the descriptor
 * @param fidelity {@link Fidelity#DETAILED} or {@link Fidelity#COMPACT}
 * @param targetTokens the answer must be smaller than this, tokens
 * @param content the text of the object, clipped
 */
public record SummaryRequest(String requestId, ThreadKey thread, long incarnation, int attempt, Instant leaseUntil,
        SemanticObject object, Fidelity fidelity, long targetTokens, Content content) implements ModelRequest {
}
