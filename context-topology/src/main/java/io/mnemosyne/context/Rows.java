package io.mnemosyne.context;

import java.util.List;
import java.util.Optional;

import io.mnemosyne.core.Blob;
import io.mnemosyne.core.ProjectState;
import io.mnemosyne.core.Segment;
import io.mnemosyne.core.SeqRange;
import io.mnemosyne.core.ThreadKey;
import io.mnemosyne.core.assemble.SizedTurn;
import io.mnemosyne.core.fidelity.Forms;
import io.mnemosyne.core.view.ViewState;

/** Looks rows up, wherever they are kept. Throws {@link Unavailable} where they cannot be read. */
public interface Rows {

    /** Empty if nothing of the thread was ever read. */
    Optional<ViewState> head(ThreadKey thread);

    /** A turn that was not dropped. */
    Optional<SizedTurn> turn(ThreadKey thread, long seq);

    /** The turns of a range that are there, in order. */
    List<SizedTurn> turns(ThreadKey thread, SeqRange seqs);

    /** A segment that is live or shown. */
    Optional<Segment> segment(ThreadKey thread, String id);

    /** A project state that is the newest or shown. */
    Optional<ProjectState> state(ThreadKey thread, long version);

    /**
     * The shorter forms of an object.
     *
     * @param name that its thread's head gives them
     */
    Optional<Forms> forms(ThreadKey thread, String name);

    /** Where an object is found. */
    Optional<ObjectRow> object(ThreadKey thread, String id);

    /** A text that was moved out of a turn. */
    Optional<Blob> blob(ThreadKey thread, String sha256);
}
