package io.mnemosyne.bench;

import io.mnemosyne.core.ProjectState;
import io.mnemosyne.core.ingest.ThreadHead;
import io.mnemosyne.core.observe.ObserverState;
import io.mnemosyne.core.reflect.ReflectorState;
import io.mnemosyne.core.view.ViewState;
import io.mnemosyne.replay.machines.StoredThread;
import io.mnemosyne.schemas.streams.StateSerde;

/**
 * Bytes of what the topologies write for a thread, each in the store that it has there.
 *
 * @param ingest head
 * @param observer head, written with every turn
 * @param chunks what was observed ahead, written with every answer
 * @param reflector head
 * @param project the project state
 * @param view head, written with every turn
 */
record StateBytes(long ingest, long observer, long chunks, long reflector, long project, long view) {

    static StateBytes of(StoredThread thread) {
        return new StateBytes(size(ThreadHead.class, thread.ingest()),
                size(ObserverState.class, thread.observer().withChunks(ObserverState.Chunks.NONE)),
                size(ObserverState.Chunks.class, thread.observer().chunks()),
                size(ReflectorState.class, thread.reflector().withProject(ProjectState.EMPTY)),
                size(ProjectState.class, thread.reflector().project()), size(ViewState.class, thread.view()));
    }

    long total() {
        return ingest + observer + chunks + reflector + project + view;
    }

    private static <T> long size(Class<T> type, T state) {
        try (StateSerde<T> serde = StateSerde.of(type)) {
            return serde.serializer().serialize("", state).length;
        }
    }
}
