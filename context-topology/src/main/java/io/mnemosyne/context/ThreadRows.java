package io.mnemosyne.context;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

import io.mnemosyne.core.ProjectState;
import io.mnemosyne.core.Segment;
import io.mnemosyne.core.ThreadKey;
import io.mnemosyne.core.assemble.SizedTurn;
import io.mnemosyne.core.fidelity.Fidelity;
import io.mnemosyne.core.fidelity.Forms;
import io.mnemosyne.core.view.ViewState;

/** The rows beside a thread's head: one per turn, segment, version of the project state, forms of an object and history of an object. */
record ThreadRows(KeyValueStore<String, SizedTurn> turns, KeyValueStore<String, Segment> segments,
        KeyValueStore<String, ProjectState> states, KeyValueStore<String, Forms> forms,
        KeyValueStore<String, ObjectRow> objects) {

    static ThreadRows of(ProcessorContext<?, ?> context) {
        return new ThreadRows(context.getStateStore(ContextTopology.TURNS),
                context.getStateStore(ContextTopology.SEGMENTS), context.getStateStore(ContextTopology.STATES),
                context.getStateStore(ContextTopology.FORMS), context.getStateStore(ContextTopology.OBJECTS));
    }

    Optional<SizedTurn> turn(ThreadKey thread, long seq) {
        return Optional.ofNullable(turns.get(RowKeys.turn(thread, seq)));
    }

    void keep(ThreadKey thread, SizedTurn turn) {
        turns.put(RowKeys.turn(thread, turn.seq()), turn);
        turn.turn().objects().forEach(
                object -> objects.putIfAbsent(RowKeys.object(thread, object.id()), ObjectRow.at(turn.seq())));
    }

    Optional<ObjectRow> object(ThreadKey thread, String id) {
        return Optional.ofNullable(objects.get(RowKeys.object(thread, id)));
    }

    /** Adds to the history of an object. */
    void note(ThreadKey thread, String id, Histories.Note note, ViewState after) {
        object(thread, id).ifPresent(row -> {
            Fidelity unheld = row.seq() > after.shown().watermark() ? Fidelity.FULL : Fidelity.EVICTED;
            objects.put(RowKeys.object(thread, id), row.and(note.entry(unheld)));
        });
    }

    void keep(ThreadKey thread, Segment segment) {
        segments.put(RowKeys.segment(thread, segment.id()), segment);
    }

    void keep(ThreadKey thread, ProjectState state) {
        states.put(RowKeys.state(thread, state.version()), state);
    }

    void dropSegment(ThreadKey thread, String id) {
        segments.delete(RowKeys.segment(thread, id));
    }

    void keep(ThreadKey thread, String name, Forms ofObject) {
        forms.put(RowKeys.forms(thread, name), ofObject);
    }

    void dropForms(ThreadKey thread, String name) {
        forms.delete(RowKeys.forms(thread, name));
    }

    void dropState(ThreadKey thread, long version) {
        states.delete(RowKeys.state(thread, version));
    }

    /** Drops every row of the thread. */
    void forget(ThreadKey thread) {
        forget(turns, thread);
        forget(segments, thread);
        forget(states, thread);
        forget(forms, thread);
        forget(objects, thread);
    }

    private static <V> void forget(KeyValueStore<String, V> rows, ThreadKey thread) {
        List<String> keys = new ArrayList<>();
        try (KeyValueIterator<String, V> found = rows.range(RowKeys.first(thread), RowKeys.last(thread))) {
            found.forEachRemaining(row -> keys.add(row.key));
        }
        keys.forEach(rows::delete);
    }
}
