package io.mnemosyne.inference.worker;

import java.time.Duration;
import java.util.Optional;
import java.util.function.BooleanSupplier;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.mnemosyne.core.Begun;
import io.mnemosyne.core.CompletionRow;
import io.mnemosyne.inference.BeforeCall;
import io.mnemosyne.inference.Counts;
import io.mnemosyne.inference.completions.Completions;

/**
 * Notes in the record that a request is being called for, once, right before its first call. A request that waits and is
 * answered without a call leaves no note, so that who finds one knows that something may have been paid.
 *
 * <p>Threading notes: the thread that calls and the one that waits for it; a call that comes after the waiting one has given
 * up leaves no note.
 */
final class BeginNote implements BeforeCall {
    private static final Logger LOGGER = LoggerFactory.getLogger(BeginNote.class);

    private final Begun begun;
    private final boolean repeats;
    private final BooleanSupplier ours;
    private final Duration patience;
    private final Completions completions;
    private final Counts counts;
    private boolean written;
    private boolean closed;

    /** @param newest the newest row of the request */
    BeginNote(Begun begun, Optional<CompletionRow> newest, BooleanSupplier ours, Duration patience,
            Completions completions, Counts counts) {
        this.begun = begun;
        this.repeats = newest.filter(Begun.class::isInstance).isPresent();
        this.ours = ours;
        this.patience = patience;
        this.completions = completions;
        this.counts = counts;
    }

    @Override
    public synchronized void aboutToCall() throws InterruptedException {
        if (written || closed) {
            return;
        }
        written = true;
        if (!completions.begin(begun, ours, patience)) {
            counts.raise("call.begun-unwritten");
        }
        if (repeats) {
            counts.raise("call.repeated-unrecorded");
            LOGGER.atWarn().addKeyValue("thread", begun.thread()).addKeyValue("stage", begun.stage())
                    .addKeyValue("requestHash", begun.requestHash())
                    .log("A call is made again, since the answer to the last one was never recorded");
        }
    }

    /** The end is known: nothing is noted any more, and a note of this one is taken back. */
    synchronized void withdraw() throws InterruptedException {
        closed = true;
        if (written) {
            completions.withdraw(begun, ours);
        }
    }
}
