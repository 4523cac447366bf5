package io.mnemosyne.ingest;

import java.util.function.Supplier;

import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

import io.mnemosyne.core.ingest.Sequencer;
import io.mnemosyne.core.ingest.ThreadHead;
import io.mnemosyne.core.ingest.TurnTracer;
import io.mnemosyne.core.trace.Tracing;
import io.mnemosyne.schemas.serde.TopicSerdes;
import io.mnemosyne.schemas.streams.RowLedger;
import io.mnemosyne.schemas.streams.StateSerde;
import io.mnemosyne.schemas.topics.ThreadStreamPartitioner;
import io.mnemosyne.schemas.topics.TopicNames;
import io.mnemosyne.schemas.topics.Topics;

/** turns.raw + commands -> turns, objects, blobs, rejected, spans. */
public final class IngestTopology implements Supplier<Topology> {
    /** Name of the stage, and with the deployment's prefix its application id. */
    public static final String STAGE = "ingest";
    static final String HEADS = "ingest-heads";
    static final String KNOWN = "ingest-known";
    static final String ROWS = "ingest-rows";
    private static final String PROCESSOR = "ingest";

    private final TopicSerdes serdes;
    private final TopicNames names;
    private final Sequencer sequencer;
    private final Tracing tracing;
    private final int partitions;

    /** One that writes no spans. */
    public IngestTopology(TopicSerdes serdes, TopicNames names, Sequencer sequencer) {
        this(serdes, names, sequencer, Tracing.OFF);
    }

    public IngestTopology(TopicSerdes serdes, TopicNames names, Sequencer sequencer, Tracing tracing) {
        this(serdes, names, sequencer, tracing, Topics.PARTITIONS);
    }

    /** @param partitions of every topic; a test driver has one */
    IngestTopology(TopicSerdes serdes, TopicNames names, Sequencer sequencer, Tracing tracing, int partitions) {
        this.serdes = serdes;
        this.names = names;
        this.sequencer = sequencer;
        this.tracing = tracing;
        this.partitions = partitions;
    }

    @Override
    public Topology get() {
        var key = new StringSerializer();
        var rawKey = new StringDeserializer();
        var rawValue = new ByteArrayDeserializer();
        var bytes = new ByteArraySerializer();
        return new Topology()
                .addSource("turns-raw", rawKey, rawValue, names.of(Topics.TURNS_RAW))
                .addSource("commands", rawKey, rawValue, names.of(Topics.COMMANDS))
                .addProcessor(PROCESSOR, this::processor, "turns-raw", "commands")
                .addStateStore(heads(), PROCESSOR)
                .addStateStore(known(), PROCESSOR)
                .addStateStore(RowLedger.store(ROWS), PROCESSOR)
                .addSink(Sinks.TURNS, names.of(Topics.TURNS), key, serdes.turns().serializer(),
                        new ThreadStreamPartitioner<>(), PROCESSOR)
                .addSink(Sinks.OBJECTS, names.of(Topics.OBJECTS), key, serdes.objects().serializer(),
                        new ThreadStreamPartitioner<>(), PROCESSOR)
                .addSink(Sinks.BLOBS, names.of(Topics.BLOBS), key, serdes.blobs().serializer(),
                        new ThreadStreamPartitioner<>(), PROCESSOR)
                .addSink(Sinks.REJECTED, names.of(Topics.REJECTED), key, serdes.rejected().serializer(),
                        new ThreadStreamPartitioner<>(), PROCESSOR)
                .addSink(Sinks.SPANS, names.of(Topics.SPANS), key, serdes.spans().serializer(),
                        new ThreadStreamPartitioner<>(), PROCESSOR)
                .addSink(Sinks.REROUTED_TURNS, names.of(Topics.TURNS_RAW), key, bytes,
                        new ThreadStreamPartitioner<>(), PROCESSOR)
                .addSink(Sinks.REROUTED_COMMANDS, names.of(Topics.COMMANDS), key, bytes,
                        new ThreadStreamPartitioner<>(), PROCESSOR);
    }

    private IngestProcessor processor() {
        return new IngestProcessor(sequencer, new TurnTracer(tracing), new RawReader(serdes, names, partitions));
    }

    private static StoreBuilder<KeyValueStore<String, ThreadHead>> heads() {
        return Stores.keyValueStoreBuilder(Stores.persistentKeyValueStore(HEADS), Serdes.String(),
                StateSerde.of(ThreadHead.class)).withCachingDisabled();
    }

    private static StoreBuilder<KeyValueStore<String, String>> known() {
        return Stores.keyValueStoreBuilder(Stores.persistentKeyValueStore(KNOWN), Serdes.String(), Serdes.String())
                .withCachingDisabled();
    }
}
