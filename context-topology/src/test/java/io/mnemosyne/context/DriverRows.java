package io.mnemosyne.context;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.state.KeyValueIterator;

import io.mnemosyne.core.Blob;
import io.mnemosyne.core.ProjectState;
import io.mnemosyne.core.Segment;
import io.mnemosyne.core.SeqRange;
import io.mnemosyne.core.ThreadKey;
import io.mnemosyne.core.assemble.SizedTurn;
import io.mnemosyne.core.fidelity.Forms;
import io.mnemosyne.core.view.ViewState;

/** Rows straight out of the stores of a test driver. */
public record DriverRows(TopologyTestDriver driver) implements Rows {

    @Override
    public Optional<ViewState> head(ThreadKey thread) {
        return byKey(ContextTopology.HEADS, thread.toString());
    }

    @Override
    public Optional<SizedTurn> turn(ThreadKey thread, long seq) {
        return byKey(ContextTopology.TURNS, RowKeys.turn(thread, seq));
    }

    @Override
    public List<SizedTurn> turns(ThreadKey thread, SeqRange seqs) {
        List<SizedTurn> turns = new ArrayList<>();
        try (KeyValueIterator<String, SizedTurn> found = driver
                .<String, SizedTurn>getKeyValueStore(ContextTopology.TURNS)
                .range(RowKeys.turn(thread, seqs.from()), RowKeys.turn(thread, seqs.to()))) {
            found.forEachRemaining(row -> turns.add(row.value));
        }
        return turns;
    }

    @Override
    public Optional<Segment> segment(ThreadKey thread, String id) {
        return byKey(ContextTopology.SEGMENTS, RowKeys.segment(thread, id));
    }

    @Override
    public Optional<ProjectState> state(ThreadKey thread, long version) {
        return byKey(ContextTopology.STATES, RowKeys.state(thread, version));
    }

    @Override
    public Optional<Forms> forms(ThreadKey thread, String name) {
        return byKey(ContextTopology.FORMS, RowKeys.forms(thread, name));
    }

    @Override
    public Optional<ObjectRow> object(ThreadKey thread, String id) {
        return byKey(ContextTopology.OBJECTS, RowKeys.object(thread, id));
    }

    @Override
    public Optional<Blob> blob(ThreadKey thread, String sha256) {
        return byKey(ContextTopology.BLOBS, RowKeys.blob(thread, sha256));
    }

    long size(String store) {
        try (KeyValueIterator<Object, Object> rows = driver.getKeyValueStore(store).all()) {
            long size = 0;
            while (rows.hasNext()) {
                rows.next();
                size++;
            }
            return size;
        }
    }

    private <V> Optional<V> byKey(String store, String key) {
        return Optional.ofNullable(driver.<String, V>getKeyValueStore(store).get(key));
    }
}
