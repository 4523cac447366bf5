package io.mnemosyne.replay.machines;

import io.mnemosyne.core.ingest.ThreadHead;
import io.mnemosyne.core.observe.ObserverState;
import io.mnemosyne.core.reflect.ReflectorState;
import io.mnemosyne.core.view.ViewState;

/** What the stages keep of a thread at one moment, as the stores of the topologies hold it. */
public record StoredThread(ThreadHead ingest, ObserverState observer, ReflectorState reflector, ViewState view,
        Rows rows) {

    /**
     * How many rows lie beside the heads.
     *
     * @param known what ingest remembers, to find repetitions
     * @param renditions turns that are yet to be observed
     * @param segments texts of live segments
     * @param turns all of the thread, so that each can be read back
     * @param shown texts of segments that are live or shown
     * @param states versions of the project state
     */
    public record Rows(int known, int renditions, int segments, int turns, int shown, int states) {
    }
}
