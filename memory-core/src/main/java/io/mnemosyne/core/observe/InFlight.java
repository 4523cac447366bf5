package io.mnemosyne.core.observe;

import java.time.Instant;

import io.mnemosyne.core.SeqRange;
import io.mnemosyne.core.Sha256;
import io.mnemosyne.core.ThreadKey;

/**
 * The one unanswered request of a thread.
 *
 * @param attempt from 1; above {@link Observer#MAX_ATTEMPTS} it is marked degraded
 * @param leaseUntil after this the request counts as lost, or, after a degraded attempt failed, is sent again
 */
public record InFlight(String requestId, SeqRange range, int attempt, Instant leaseUntil) {

    static InFlight first(ThreadKey thread, long incarnation, SeqRange range, Instant leaseUntil) {
        String id = Sha256.id("observation-request", thread.toString(), Long.toString(incarnation),
                Long.toString(range.from()), Long.toString(range.to()));
        return new InFlight(id, range, 1, leaseUntil);
    }

    InFlight again(int nextAttempt, Instant nextLease) {
        return new InFlight(requestId, range, nextAttempt, nextLease);
    }

    InFlight heldUntil(Instant later) {
        return new InFlight(requestId, range, attempt, later);
    }

    boolean isAnsweredBy(ObservationResult result) {
        return requestId.equals(result.requestId());
    }

    /** Paid work applies whichever attempt it is of; a failure is news only about the latest one. */
    boolean isFailedBy(ObservationResult result) {
        return isAnsweredBy(result) && attempt == result.attempt();
    }
}
