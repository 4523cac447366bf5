package io.mnemosyne.context;

import java.util.List;
import java.util.Optional;

import io.mnemosyne.core.ProjectState;
import io.mnemosyne.core.Segment;
import io.mnemosyne.core.SeqRange;
import io.mnemosyne.core.ThreadKey;
import io.mnemosyne.core.Turn;

/**
 * Reads threads out of the state stores of this process. Every method looks at one partition only and answers from
 * memory and local disk. Reads may show records whose transaction is still open, so that a writer sees its own turns
 * within milliseconds.
 *
 * <p>
 * To read its own writes, a caller polls {@link #head} until {@link ThreadHead#appliedThrough} has reached the position
 * of its record; that happens for every record, also for a duplicate or a rejected one.
 *
 * <p>
 * Every method throws {@link Unavailable} where the thread cannot be read right now. Thread-safe.
 */
public interface ThreadReader {

    /** Where the thread stands; empty if no record of it was ever read. */
    Optional<ThreadHead> head(ThreadKey thread);

    /**
     * The prompt of the thread under its own ceiling; empty if it has no turns. That its agent's model counts more than we do
     * makes it smaller, and is no reason to refuse what the thread's budget holds.
     *
     * @see #context(ThreadKey, long)
     */
    Optional<ThreadContext> context(ThreadKey thread);

    /**
     * The prompt of the thread, empty if it has no turns. Whatever the budget, it is answered at once.
     *
     * @param budget ceiling in tokens, at least 1
     */
    Optional<ThreadContext> context(ThreadKey thread, long budget);

    /**
     * One turn with its large contents put in, up to 16 MiB; empty if there is none with this seq.
     *
     * @param seq from 0
     */
    Optional<Turn> turn(ThreadKey thread, long seq);

    /** Turns with their objects, in order, as they are stored: a large content is an excerpt. */
    List<Turn> turns(ThreadKey thread, SeqRange seqs);

    /** One object with all its text and what became of it; empty if the thread has none with this id. */
    Optional<StoredObject> object(ThreadKey thread, String id);

    /** The live segments, oldest first, shown or not. */
    List<Segment> segments(ThreadKey thread);

    /** The newest project state, shown or not; {@link ProjectState#EMPTY} if there is none. */
    ProjectState state(ThreadKey thread);
}
