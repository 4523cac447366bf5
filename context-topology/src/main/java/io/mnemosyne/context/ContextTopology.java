package io.mnemosyne.context;

import java.util.function.Function;
import java.util.function.Supplier;

import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

import io.mnemosyne.core.Policy;
import io.mnemosyne.core.tokens.TokenCounter;
import io.mnemosyne.core.view.View;
import io.mnemosyne.core.view.ViewInput;
import io.mnemosyne.schemas.serde.TopicSerdes;
import io.mnemosyne.schemas.topics.ThreadStreamPartitioner;
import io.mnemosyne.schemas.topics.TopicNames;
import io.mnemosyne.schemas.topics.Topics;

/** turns + memory -> the view of each thread in state stores, its rewrites in view. Large texts are read from blobs. */
public final class ContextTopology implements Supplier<Topology> {
    static final String HEADS = "context-heads";
    static final String TURNS = "context-turns";
    static final String SEGMENTS = "context-segments";
    static final String STATES = "context-states";
    static final String FORMS = "context-forms";
    static final String BLOBS = "context-blobs";
    static final String VIEW_SINK = "view";

    private final TopicNames names;
    private final TopicSerdes serdes;
    private final Policy policy;
    private final TokenCounter counter;

    /**
     * A topology that is ready to run.
     *
     * @param policy holds for every thread whose policy no command has changed
     */
    public ContextTopology(TopicNames names, TopicSerdes serdes, Policy policy, TokenCounter counter) {
        this.names = names;
        this.serdes = serdes;
        this.policy = policy;
        this.counter = counter;
    }

    @Override
    public Topology get() {
        return new Topology()
                .addSource("turns", Serdes.String().deserializer(),
                        input(serdes.turns(), ViewInput.OfTurns::new), names.of(Topics.TURNS))
                .addSource("memory", Serdes.String().deserializer(),
                        input(serdes.memory(), ViewInput.OfMemory::new), names.of(Topics.MEMORY))
                .addProcessor("fold", () -> new FoldProcessor(new View(counter), policy), "turns", "memory")
                .addStateStore(store(HEADS, RowSerdes.heads()), "fold")
                .addStateStore(store(TURNS, RowSerdes.turns()), "fold")
                .addStateStore(store(SEGMENTS, RowSerdes.segments()), "fold")
                .addStateStore(store(STATES, RowSerdes.states()), "fold")
                .addStateStore(store(FORMS, RowSerdes.forms()), "fold")
                .addReadOnlyStateStore(store(BLOBS, serdes.blobs()).withLoggingDisabled(), "blobs",
                        Serdes.String().deserializer(), serdes.blobs().deserializer(), names.of(Topics.BLOBS),
                        "keep-blobs", KeepBlobs::new)
                // One sub-topology: what a thread needs to be read lies in one task.
                .connectProcessorAndStateStores("fold", BLOBS)
                .addSink(VIEW_SINK, names.of(Topics.VIEW), Serdes.String().serializer(), serdes.view().serializer(),
                        new ThreadStreamPartitioner<>(), "fold");
    }

    private static <T> Deserializer<ViewInput> input(Serde<T> serde, Function<T, ViewInput> as) {
        Deserializer<T> deserializer = serde.deserializer();
        return new ViewInputs<>(deserializer, as);
    }

    /** Without a cache: range queries would bypass it. */
    private static <V> StoreBuilder<KeyValueStore<String, V>> store(String name, Serde<V> values) {
        return Stores.keyValueStoreBuilder(Stores.persistentKeyValueStore(name), Serdes.String(), values)
                .withCachingDisabled();
    }
}
