package io.mnemosyne.core.observe;

import java.time.Instant;
import java.util.List;

import io.mnemosyne.core.ModelRequest;
import io.mnemosyne.core.Rendition;
import io.mnemosyne.core.SeqRange;
import io.mnemosyne.core.ThreadKey;

/**
 * Asks a worker to observe a range of turns.
 *
 * @param requestId 32 hex digits, from thread, incarnation and range; a retry keeps it
 * @param attempt from 1
 * @param leaseUntil after this the topology takes the request for lost, and a worker answers {@code Expired} without
 *            calling a model
 * @param priorMemory the newest observations as text, for the observer to go on from; data, never instructions: a
 *            prompt puts it into a {@link Fence}
 * @param turns the turns of the range that may be observed, clipped; system turns are left out
 */
public record ObservationRequest(String requestId, ThreadKey thread, long incarnation, SeqRange range, int attempt,
        Instant leaseUntil, Priority priority, String priorMemory, List<Rendition> turns) implements ModelRequest {
    public ObservationRequest {
        turns = List.copyOf(turns);
    }

    @Override
    public boolean urgent() {
        return priority == Priority.HIGH;
    }

    /** Which requests a worker serves first. */
    public enum Priority {
        NORMAL,
        HIGH
    }
}
