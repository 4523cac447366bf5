package io.mnemosyne.reflector;

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
import io.mnemosyne.core.ProjectState;
import io.mnemosyne.core.Segment;
import io.mnemosyne.core.reflect.Reflector;
import io.mnemosyne.core.reflect.ReflectorState;
import io.mnemosyne.core.tokens.TokenCounter;
import io.mnemosyne.core.trace.Tracing;
import io.mnemosyne.schemas.serde.TopicSerdes;
import io.mnemosyne.schemas.streams.RowLedger;
import io.mnemosyne.schemas.streams.StateSerde;
import io.mnemosyne.schemas.topics.ThreadStreamPartitioner;
import io.mnemosyne.schemas.topics.Topic;
import io.mnemosyne.schemas.topics.TopicNames;
import io.mnemosyne.schemas.topics.Topics;

/** {@code memory} + {@code reflector.results} to {@code memory} (reflections, project state) and {@code reflector.requests}. */
public final class ReflectorTopology implements Supplier<Topology> {
    /** All of a thread but its project state and texts, by {@code tenant/thread}. */
    static final String THREADS = "reflector-threads";
    /** Project states, by {@code tenant/thread}. */
    static final String PROJECTS = "reflector-projects";
    /** Live segments in full, by {@code tenant/thread|segment}. */
    static final String SEGMENTS = "reflector-segments";
    /** Leases of unanswered requests, by {@code time|tenant/thread}. */
    static final String DEADLINES = "reflector-deadlines";
    /** Keys of the rows written to {@code memory}. */
    static final String ROWS = "reflector-rows";

    static final String TO_REQUESTS = "to-requests";
    static final String TO_MEMORY = "to-memory";
    static final String TO_RESULTS = "to-results";
    static final String TO_SPANS = "to-spans";
    private static final String REFLECT = "reflect";

    private final TopicNames names;
    private final TopicSerdes serdes;
    private final Policy policy;
    private final Reflector reflector;
    private final Tracing tracing;

    /**
     * A topology; it opens nothing until it runs.
     *
     * @param policy of threads without a policy command of their own
     * @param tokens counts the text of reflections
     */
    public ReflectorTopology(TopicNames names, TopicSerdes serdes, Policy policy, TokenCounter tokens) {
        this(names, serdes, policy, tokens, Tracing.OFF);
    }

    /** One that writes spans, if it is to. */
    public ReflectorTopology(TopicNames names, TopicSerdes serdes, Policy policy, TokenCounter tokens,
            Tracing tracing) {
        this.names = names;
        this.serdes = serdes;
        this.policy = policy;
        this.reflector = new Reflector(tokens);
        this.tracing = tracing;
    }

    @Override
    public Topology get() {
        Topology topology = new Topology();
        source(topology, Topics.MEMORY, serdes.memory());
        source(topology, Topics.REFLECTOR_RESULTS, serdes.reflectionResults());
        topology.addProcessor("memory-events", MemoryEvents::new, Topics.MEMORY.name())
                .addProcessor("result-events", ResultEvents::new, Topics.REFLECTOR_RESULTS.name())
                .addProcessor(REFLECT, () -> new ReflectProcessor(reflector, policy, tracing), "memory-events",
                        "result-events")
                .addStateStore(store(THREADS, StateSerde.of(ReflectorState.class)), REFLECT)
                .addStateStore(store(PROJECTS, StateSerde.of(ProjectState.class)), REFLECT)
                .addStateStore(store(SEGMENTS, StateSerde.of(Segment.class)), REFLECT)
                .addStateStore(store(DEADLINES, StateSerde.of(Lease.class)), REFLECT)
                .addStateStore(RowLedger.store(ROWS), REFLECT);
        sink(topology, TO_REQUESTS, Topics.REFLECTOR_REQUESTS, serdes.reflectionRequests());
        sink(topology, TO_MEMORY, Topics.MEMORY, serdes.memory());
        sink(topology, TO_RESULTS, Topics.REFLECTOR_RESULTS, serdes.reflectionResults());
        sink(topology, TO_SPANS, Topics.SPANS, serdes.spans());
        return topology;
    }

    private <V> void source(Topology topology, Topic topic, Serde<V> values) {
        topology.addSource(topic.name(), new StringDeserializer(), values.deserializer(), names.of(topic));
    }

    private <V> void sink(Topology topology, String node, Topic topic, Serde<V> values) {
        topology.addSink(node, names.of(topic), new StringSerializer(), values.serializer(),
                new ThreadStreamPartitioner<V>(), REFLECT);
    }

    private static <V> StoreBuilder<KeyValueStore<String, V>> store(String name, Serde<V> values) {
        return Stores.keyValueStoreBuilder(Stores.persistentKeyValueStore(name), Serdes.String(), values)
                .withCachingDisabled();
    }
}
