package io.mnemosyne.observer;

import java.util.function.Supplier;

import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

import io.mnemosyne.core.Policy;
import io.mnemosyne.core.observe.Observer;
import io.mnemosyne.core.observe.ObserverState;
import io.mnemosyne.core.tokens.TokenCounter;
import io.mnemosyne.core.trace.Tracing;
import io.mnemosyne.schemas.serde.TopicSerdes;
import io.mnemosyne.schemas.streams.RowLedger;
import io.mnemosyne.schemas.streams.StateSerde;
import io.mnemosyne.schemas.topics.ThreadStreamPartitioner;
import io.mnemosyne.schemas.topics.Topic;
import io.mnemosyne.schemas.topics.TopicNames;
import io.mnemosyne.schemas.topics.Topics;

/**
 * {@code turns} and {@code observer.results} to {@code observer.requests} and {@code memory}: what to observe is asked of
 * workers, and what they noted is appended as segments once enough turns are uncovered.
 */
public final class ObserverTopology implements Supplier<Topology> {
    /** Small state of each thread, by {@code tenant/thread}. */
    static final String THREADS = "observer-threads";
    /** What was observed ahead, by {@code tenant/thread}. */
    static final String CHUNKS = "observer-chunks";
    /** Unobserved turns, clipped, by {@code tenant/thread|seq}. */
    static final String RENDITIONS = "observer-renditions";
    /** Results to write when a time has passed, by {@code time|tenant/thread|request}. */
    static final String DEADLINES = "observer-deadlines";
    /** Keys of the rows written to {@code memory}. */
    static final String ROWS = "observer-rows";

    static final String TO_REQUESTS = "to-requests";
    static final String TO_MEMORY = "to-memory";
    static final String TO_RESULTS = "to-results";
    static final String TO_SPANS = "to-spans";
    private static final String OBSERVE = "observe";

    private final TopicNames names;
    private final TopicSerdes serdes;
    private final Policy policy;
    private final Observer observer;
    private final Tracing tracing;

    /**
     * A topology; it opens nothing until it runs.
     *
     * @param policy of threads that no command gave one of their own
     * @param tokens counts the text of segments
     */
    public ObserverTopology(TopicNames names, TopicSerdes serdes, Policy policy, TokenCounter tokens) {
        this(names, serdes, policy, tokens, Tracing.OFF);
    }

    /** One that writes spans, if it is to. */
    public ObserverTopology(TopicNames names, TopicSerdes serdes, Policy policy, TokenCounter tokens,
            Tracing tracing) {
        this.names = names;
        this.serdes = serdes;
        this.policy = policy;
        this.observer = new Observer(tokens);
        this.tracing = tracing;
    }

    @Override
    public Topology get() {
        Topology topology = new Topology();
        source(topology, Topics.TURNS, serdes.turns());
        source(topology, Topics.OBSERVER_RESULTS, serdes.observationResults());
        topology.addProcessor("turn-events", TurnEvents::new, Topics.TURNS.name())
                .addProcessor("result-events", ResultEvents::new, Topics.OBSERVER_RESULTS.name())
                .addProcessor(OBSERVE, () -> new ObserveProcessor(observer, policy, tracing), "turn-events",
                        "result-events")
                .addStateStore(store(THREADS, StateSerde.of(ObserverState.class)), OBSERVE)
                .addStateStore(store(CHUNKS, StateSerde.of(ObserverState.Chunks.class)), OBSERVE)
                .addStateStore(store(RENDITIONS, RenditionSerde.create()), OBSERVE)
                .addStateStore(store(DEADLINES, serdes.observationResults()), OBSERVE)
                .addStateStore(RowLedger.store(ROWS), OBSERVE);
        sink(topology, TO_REQUESTS, Topics.OBSERVER_REQUESTS, serdes.observationRequests());
        sink(topology, TO_MEMORY, Topics.MEMORY, serdes.memory());
        sink(topology, TO_RESULTS, Topics.OBSERVER_RESULTS, serdes.observationResults());
        sink(topology, TO_SPANS, Topics.SPANS, serdes.spans());
        return topology;
    }

    private <T> void source(Topology topology, Topic topic, Serde<T> values) {
        topology.addSource(topic.name(), new StringDeserializer(), values.deserializer(), names.of(topic));
    }

    private <T> void sink(Topology topology, String node, Topic topic, Serde<T> values) {
        topology.addSink(node, names.of(topic), new StringSerializer(), values.serializer(),
                new ThreadStreamPartitioner<T>(), OBSERVE);
    }

    private static <T> StoreBuilder<KeyValueStore<String, T>> store(String name, Serde<T> values) {
        return Stores.keyValueStoreBuilder(Stores.persistentKeyValueStore(name), Serdes.String(), values)
                .withCachingDisabled();
    }
}
