package io.mnemosyne.context;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StoreQueryParameters;
import org.apache.kafka.streams.errors.InvalidStateStoreException;
import org.apache.kafka.streams.errors.InvalidStateStorePartitionException;
import org.apache.kafka.streams.errors.StreamsNotStartedException;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.QueryableStoreTypes;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;

import io.mnemosyne.core.Blob;
import io.mnemosyne.core.ProjectState;
import io.mnemosyne.core.Segment;
import io.mnemosyne.core.SeqRange;
import io.mnemosyne.core.ThreadKey;
import io.mnemosyne.core.assemble.SizedTurn;
import io.mnemosyne.core.fidelity.Forms;
import io.mnemosyne.core.view.ViewState;
import io.mnemosyne.schemas.topics.ThreadPartitioner;
import io.mnemosyne.schemas.topics.Topics;

/**
 * Rows by interactive queries. Each query goes to the one partition that can hold the thread; without that every task of
 * the instance would be asked.
 *
 * <p>
 * The first generation of queries, on purpose. Kafka 4.3.1 answers a query of the second ({@code KafkaStreams.query})
 * while it holds the store's position and then takes the store's lock for a range; a write takes the two in the opposite
 * order, so that a reader and the stream thread can wait for each other for ever. Position bounds would not help here
 * anyway: they count store writes, so that a record that wrote nothing would never be reached. The head says what has
 * been applied.
 */
final class QueriedRows implements Rows {
    private final KafkaStreams streams;

    QueriedRows(KafkaStreams streams) {
        this.streams = streams;
    }

    @Override
    public Optional<ViewState> head(ThreadKey thread) {
        return byKey(thread, ContextTopology.HEADS, thread.toString());
    }

    @Override
    public Optional<SizedTurn> turn(ThreadKey thread, long seq) {
        return byKey(thread, ContextTopology.TURNS, RowKeys.turn(thread, seq));
    }

    @Override
    public List<SizedTurn> turns(ThreadKey thread, SeqRange seqs) {
        List<SizedTurn> turns = new ArrayList<>();
        try (KeyValueIterator<String, SizedTurn> found = this.<SizedTurn>store(thread, ContextTopology.TURNS)
                .range(RowKeys.turn(thread, seqs.from()), RowKeys.turn(thread, seqs.to()))) {
            found.forEachRemaining(row -> turns.add(row.value));
        } catch (InvalidStateStoreException e) {
            throw moving(e);
        }
        requireRunning();
        return turns;
    }

    @Override
    public Optional<Segment> segment(ThreadKey thread, String id) {
        return byKey(thread, ContextTopology.SEGMENTS, RowKeys.segment(thread, id));
    }

    @Override
    public Optional<ProjectState> state(ThreadKey thread, long version) {
        return byKey(thread, ContextTopology.STATES, RowKeys.state(thread, version));
    }

    @Override
    public Optional<Forms> forms(ThreadKey thread, String name) {
        return byKey(thread, ContextTopology.FORMS, RowKeys.forms(thread, name));
    }

    @Override
    public Optional<ObjectRow> object(ThreadKey thread, String id) {
        return byKey(thread, ContextTopology.OBJECTS, RowKeys.object(thread, id));
    }

    @Override
    public Optional<Blob> blob(ThreadKey thread, String sha256) {
        return byKey(thread, ContextTopology.BLOBS, RowKeys.blob(thread, sha256));
    }

    private <V> Optional<V> byKey(ThreadKey thread, String store, String key) {
        try {
            Optional<V> value = Optional.ofNullable(this.<V>store(thread, store).get(key));
            // A partition that left meanwhile may have answered out of a store that was being restored.
            requireRunning();
            return value;
        } catch (InvalidStateStoreException e) {
            throw moving(e);
        }
    }

    private <V> ReadOnlyKeyValueStore<String, V> store(ThreadKey thread, String name) {
        requireRunning();
        int partition = ThreadPartitioner.partitionOf(thread.toString(), Topics.TURNS.partitions());
        try {
            return streams.store(StoreQueryParameters
                    .fromNameAndType(name, QueryableStoreTypes.<String, V>keyValueStore()).withPartition(partition));
        } catch (StreamsNotStartedException e) {
            throw new Unavailable(Unavailable.Reason.NOT_READY, "the context topology is not running");
        } catch (InvalidStateStorePartitionException e) {
            throw new Unavailable(Unavailable.Reason.NOT_HERE,
                    "partition " + partition + " of the thread is not held by this instance");
        } catch (InvalidStateStoreException e) {
            throw moving(e);
        }
    }

    private static Unavailable moving(InvalidStateStoreException e) {
        return new Unavailable(Unavailable.Reason.REBALANCING, "a state store is moving: " + e.getMessage());
    }

    /** Only in this state are all stores of the instance restored. */
    private void requireRunning() {
        KafkaStreams.State state = streams.state();
        if (state != KafkaStreams.State.RUNNING) {
            throw new Unavailable(
                    state == KafkaStreams.State.REBALANCING
                            ? Unavailable.Reason.REBALANCING
                            : Unavailable.Reason.NOT_READY,
                    "the context topology is " + state + ", not RUNNING");
        }
    }
}
