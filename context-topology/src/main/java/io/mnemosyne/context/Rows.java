package io.mnemosyne.context;

import java.util.List;
import java.util.Optional;

import io.mnemosyne.core.Blob;
import io.mnemosyne.core.ProjectState;
import io.mnemosyne.core.Segment;
import io.mnemosyne.core.SeqRange;
import io.mnemosyne.core.ThreadKey;
import io.mnemosyne.core.assemble.SizedTurn;
import io.mnemosyne.core.view.ViewState;

/** Looks rows up, wherever the stores are. Throws {@link Unavailable} where they cannot be read. */
interface Rows {
    Optional<ViewState> head(ThreadKey thread);

    Optional<SizedTurn> turn(ThreadKey thread, long seq);

    /** The turns of a range that are there, in order. */
    List<SizedTurn> turns(ThreadKey thread, SeqRange seqs);

    Optional<Segment> segment(ThreadKey thread, String id);

    Optional<ProjectState> state(ThreadKey thread, long version);

    Optional<Blob> blob(ThreadKey thread, String sha256);
}
