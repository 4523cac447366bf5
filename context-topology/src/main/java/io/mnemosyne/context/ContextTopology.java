package io.mnemosyne.context;

import java.util.function.Function;
import java.util.function.Supplier;

import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

import io.mnemosyne.core.Policy;
import io.mnemosyne.core.tokens.TokenCounter;
import io.mnemosyne.core.trace.Tracing;
import io.mnemosyne.core.view.View;
import io.mnemosyne.core.view.ViewInput;
import io.mnemosyne.schemas.serde.TopicSerdes;
import io.mnemosyne.schemas.topics.ThreadStreamPartitioner;
import io.mnemosyne.schemas.topics.Topic;
import io.mnemosyne.schemas.topics.TopicNames;
import io.mnemosyne.schemas.topics.Topics;

/**
 * turns + memory + vectors + summarizer.results -> the view of each thread in state stores, its journal in view, requests for
 * summaries in summarizer.requests, for compactions in commands. Large texts are read from blobs.
 */
public final class ContextTopology implements Supplier<Topology> {
    static final String HEADS = "context-heads";
    static final String TURNS = "context-turns";
    static final String SEGMENTS = "context-segments";
    static final String STATES = "context-states";
    static final String FORMS = "context-forms";
    static final String OBJECTS = "context-objects";
    static final String BLOBS = "context-blobs";
    static final String TO_VIEW = "to-view";
    static final String TO_REQUESTS = "to-requests";
    static final String TO_SPANS = "to-spans";
    static final String TO_COMMANDS = "to-commands";
    private static final String FOLD = "fold";

    private final TopicNames names;
    private final TopicSerdes serdes;
    private final Policy policy;
    private final Supplier<FoldProcessor.Deciding> views;
    private final Tracing tracing;

    /**
     * A topology that is ready to run.
     *
     * @param policy holds for every thread whose policy no command has changed
     */
    public ContextTopology(TopicNames names, TopicSerdes serdes, Policy policy, TokenCounter counter) {
        this(names, serdes, policy, counter, Tracing.OFF);
    }

    /** One that writes spans, if it is to. */
    public ContextTopology(TopicNames names, TopicSerdes serdes, Policy policy, TokenCounter counter,
            Tracing tracing) {
        this(names, serdes, policy, () -> new View(counter)::decide, tracing);
    }

    /** One in which somebody else decides, for tests of what comes of decisions. */
    ContextTopology(TopicNames names, TopicSerdes serdes, Policy policy, Supplier<FoldProcessor.Deciding> views) {
        this(names, serdes, policy, views, Tracing.OFF);
    }

    private ContextTopology(TopicNames names, TopicSerdes serdes, Policy policy,
            Supplier<FoldProcessor.Deciding> views, Tracing tracing) {
        this.names = names;
        this.serdes = serdes;
        this.policy = policy;
        this.views = views;
        this.tracing = tracing;
    }

    @Override
    public Topology get() {
        Topology topology = new Topology();
        source(topology, Topics.TURNS, serdes.turns(), ViewInput.OfTurns::new);
        source(topology, Topics.MEMORY, serdes.memory(), ViewInput.OfMemory::new);
        source(topology, Topics.VECTORS, serdes.vectors(), ViewInput.OfVectors::new);
        source(topology, Topics.SUMMARIZER_RESULTS, serdes.summaryResults(), ViewInput.OfSummaries::new);
        topology.addProcessor(FOLD, () -> new FoldProcessor(views.get(), policy, tracing), Topics.TURNS.name(),
                Topics.MEMORY.name(), Topics.VECTORS.name(), Topics.SUMMARIZER_RESULTS.name())
                .addStateStore(store(HEADS, RowSerdes.heads()), FOLD)
                .addStateStore(store(TURNS, RowSerdes.turns()), FOLD)
                .addStateStore(store(SEGMENTS, RowSerdes.segments()), FOLD)
                .addStateStore(store(STATES, RowSerdes.states()), FOLD)
                .addStateStore(store(FORMS, RowSerdes.forms()), FOLD)
                .addStateStore(store(OBJECTS, RowSerdes.objects()), FOLD)
                .addReadOnlyStateStore(store(BLOBS, serdes.blobs()).withLoggingDisabled(), Topics.BLOBS.name(),
                        Serdes.String().deserializer(), serdes.blobs().deserializer(), names.of(Topics.BLOBS),
                        "keep-blobs", KeepBlobs::new)
                // One sub-topology: what a thread needs to be read lies in one task.
                .connectProcessorAndStateStores(FOLD, BLOBS);
        sink(topology, TO_VIEW, Topics.VIEW, serdes.view());
        sink(topology, TO_REQUESTS, Topics.SUMMARIZER_REQUESTS, serdes.summaryRequests());
        sink(topology, TO_SPANS, Topics.SPANS, serdes.spans());
        sink(topology, TO_COMMANDS, Topics.COMMANDS, serdes.commands());
        return topology;
    }

    private <T> void source(Topology topology, Topic topic, Serde<T> values, Function<T, ViewInput> as) {
        topology.addSource(topic.name(), Serdes.String().deserializer(), new ViewInputs<>(values.deserializer(), as),
                names.of(topic));
    }

    private <T> void sink(Topology topology, String node, Topic topic, Serde<T> values) {
        topology.addSink(node, names.of(topic), Serdes.String().serializer(), values.serializer(),
                new ThreadStreamPartitioner<T>(), FOLD);
    }

    /** Without a cache: range queries would bypass it. */
    private static <V> StoreBuilder<KeyValueStore<String, V>> store(String name, Serde<V> values) {
        return Stores.keyValueStoreBuilder(Stores.persistentKeyValueStore(name), Serdes.String(), values)
                .withCachingDisabled();
    }
}
