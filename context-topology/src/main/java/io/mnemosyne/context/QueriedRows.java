package io.mnemosyne.context;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.errors.InvalidStateStoreException;
import org.apache.kafka.streams.errors.StreamsNotStartedException;
import org.apache.kafka.streams.errors.StreamsStoppedException;
import org.apache.kafka.streams.query.FailureReason;
import org.apache.kafka.streams.query.KeyQuery;
import org.apache.kafka.streams.query.Query;
import org.apache.kafka.streams.query.QueryResult;
import org.apache.kafka.streams.query.RangeQuery;
import org.apache.kafka.streams.query.StateQueryRequest;
import org.apache.kafka.streams.state.KeyValueIterator;

import io.mnemosyne.core.Blob;
import io.mnemosyne.core.ProjectState;
import io.mnemosyne.core.Segment;
import io.mnemosyne.core.SeqRange;
import io.mnemosyne.core.ThreadKey;
import io.mnemosyne.core.assemble.SizedTurn;
import io.mnemosyne.core.view.ViewState;
import io.mnemosyne.schemas.topics.ThreadPartitioner;
import io.mnemosyne.schemas.topics.Topics;

/**
 * Rows by interactive queries. Each query goes to the one partition that can hold the thread; without that every task of
 * the instance would be asked.
 *
 * <p>
 * Position bounds are not used: they count store writes, so that a record that wrote nothing would never be reached. The
 * head says what has been applied.
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
        RangeQuery<String, SizedTurn> range = RangeQuery.withRange(RowKeys.turn(thread, seqs.from()),
                RowKeys.turn(thread, seqs.to()));
        List<SizedTurn> turns = new ArrayList<>();
        try (KeyValueIterator<String, SizedTurn> found = answer(thread, ContextTopology.TURNS, range)
                .orElseThrow(() -> new Unavailable(Unavailable.Reason.REBALANCING, "a range query gave no answer"))) {
            found.forEachRemaining(row -> turns.add(row.value));
        }
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
    public Optional<Blob> blob(ThreadKey thread, String sha256) {
        return byKey(thread, ContextTopology.BLOBS, RowKeys.blob(thread, sha256));
    }

    private <V> Optional<V> byKey(ThreadKey thread, String store, String key) {
        return answer(thread, store, KeyQuery.<String, V>withKey(key));
    }

    private <R> Optional<R> answer(ThreadKey thread, String store, Query<R> query) {
        requireRunning();
        int partition = ThreadPartitioner.partitionOf(thread.toString(), Topics.TURNS.partitions());
        StateQueryRequest<R> request = StateQueryRequest.inStore(store).withQuery(query)
                .withPartitions(Set.of(partition));
        QueryResult<R> result = ask(request, partition);
        // A partition that left meanwhile may have answered out of a store that was being restored.
        requireRunning();
        return Optional.ofNullable(result.getResult());
    }

    private <R> QueryResult<R> ask(StateQueryRequest<R> request, int partition) {
        try {
            QueryResult<R> result = streams.query(request).getPartitionResults().get(partition);
            if (result == null) {
                throw new Unavailable(Unavailable.Reason.NOT_HERE,
                        "partition " + partition + " of the thread is not held by this instance");
            }
            if (result.isFailure()) {
                throw failure(result, partition);
            }
            return result;
        } catch (StreamsNotStartedException | StreamsStoppedException e) {
            throw new Unavailable(Unavailable.Reason.NOT_READY, "the context topology is not running");
        } catch (InvalidStateStoreException e) {
            throw new Unavailable(Unavailable.Reason.REBALANCING, "a state store is moving: " + e.getMessage());
        }
    }

    private static Unavailable failure(QueryResult<?> result, int partition) {
        FailureReason reason = result.getFailureReason();
        return new Unavailable(
                reason == FailureReason.NOT_PRESENT || reason == FailureReason.NOT_ACTIVE
                        ? Unavailable.Reason.NOT_HERE
                        : Unavailable.Reason.REBALANCING,
                "partition " + partition + " cannot be read: " + result.getFailureMessage());
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
