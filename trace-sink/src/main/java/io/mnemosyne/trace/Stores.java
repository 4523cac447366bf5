package io.mnemosyne.trace;

import java.time.Instant;
import java.util.List;
import java.util.function.Function;

import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.state.KeyValueBytesStoreSupplier;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;

import io.mnemosyne.core.trace.Link;
import io.mnemosyne.core.trace.SpanPart;
import io.mnemosyne.core.trace.SpanState;
import io.mnemosyne.core.trace.TraceState;
import io.mnemosyne.schemas.serde.TopicSerdes;
import io.mnemosyne.schemas.streams.StateSerde;

/** The stores of the sink, by the processor that they belong to. */
final class Stores {
    /** What is known of traces as a whole, by {@code tenant/trace}. */
    static final String TRACES = "trace-sink-traces";
    /** The latest time that a thread's steps name, by {@code tenant/trace|thread}. */
    static final String NEWEST = "trace-sink-newest";
    /** What was heard of spans that have not left, by {@code tenant/trace|span}. */
    static final String OPEN = "trace-sink-open";
    /** Parents that are known only from their children, by {@code tenant/trace|span}. */
    static final String NEEDED = "trace-sink-needed";
    /** Which span ids have left, by {@code half day|tenant/trace|span}. */
    static final String MARKS = "trace-sink-marks";
    /** When to look at a span again, by {@code time|alarm|tenant/trace|span}. */
    static final String SPAN_ALARMS = "trace-sink-span-alarms";

    /** What is known of threads as a whole, by {@code tenant/home}. */
    static final String HOMES = "trace-sink-homes";
    /** Where runs hang, by {@code tenant/home|incarnation|first turn}. */
    static final String LINKS = "trace-sink-links";
    /** Which tools turns call, by {@code tenant/home|incarnation|turn}. */
    static final String TURNS = "trace-sink-turns";
    /** Spans that wait for a link, by {@code tenant/home|incarnation|turn|number}. */
    static final String HELD = "trace-sink-held";
    /** Runs of other threads that ask where they hang, by {@code tenant/home|turn|who asks}. */
    static final String ASKS = "trace-sink-asks";
    /** When to look at a home again, by {@code time|alarm|row}. */
    static final String HOME_ALARMS = "trace-sink-home-alarms";

    private final Function<String, KeyValueBytesStoreSupplier> kept;

    /** @param kept where a store of a name is kept: on disk, or in tests in memory */
    Stores(Function<String, KeyValueBytesStoreSupplier> kept) {
        this.kept = kept;
    }

    List<StoreBuilder<?>> ofJoining() {
        return List.of(store(TRACES, StateSerde.of(TraceState.class)), store(NEWEST, StateSerde.of(Instant.class)),
                store(OPEN, StateSerde.of(SpanPart.class)), store(NEEDED, StateSerde.of(SpanState.Stretch.class)),
                store(MARKS, StateSerde.of(SpanState.Mark.class)), store(SPAN_ALARMS, Serdes.String()));
    }

    List<StoreBuilder<?>> ofHomes(TopicSerdes serdes) {
        return List.of(store(HOMES, StateSerde.of(HomeHead.class)), store(LINKS, StateSerde.of(Link.class)),
                store(TURNS, StateSerde.of(Link.TurnSeen.class)), store(HELD, serdes.spans()),
                store(ASKS, StateSerde.of(HomeMessage.Ask.class)), store(HOME_ALARMS, Serdes.String()));
    }

    private <V> StoreBuilder<KeyValueStore<String, V>> store(String name, Serde<V> values) {
        return org.apache.kafka.streams.state.Stores
                .keyValueStoreBuilder(kept.apply(name), Serdes.String(), values).withCachingDisabled();
    }
}
