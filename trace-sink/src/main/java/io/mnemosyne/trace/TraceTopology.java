package io.mnemosyne.trace;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;

import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.KStream;
import org.apache.kafka.streams.kstream.Named;
import org.apache.kafka.streams.kstream.Produced;
import org.apache.kafka.streams.kstream.Repartitioned;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;
import org.apache.kafka.streams.state.KeyValueBytesStoreSupplier;
import org.apache.kafka.streams.state.StoreBuilder;

import io.mnemosyne.core.redact.Redactor;
import io.mnemosyne.core.trace.JoinTimes;
import io.mnemosyne.core.trace.Joining;
import io.mnemosyne.core.trace.RefusedSpan;
import io.mnemosyne.core.trace.SpanPart;
import io.mnemosyne.core.trace.SpanRecord;
import io.mnemosyne.schemas.serde.TopicSerdes;
import io.mnemosyne.schemas.streams.StateSerde;
import io.mnemosyne.schemas.topics.ThreadStreamPartitioner;
import io.mnemosyne.schemas.topics.Topic;
import io.mnemosyne.schemas.topics.TopicNames;
import io.mnemosyne.schemas.topics.Topics;

/**
 * {@code spans} + {@code spans.raw} to {@code spans.finished} and {@code trace.dead-letters}. Between them two topics of its
 * own: by {@code homes} threads tell and ask each other to which traces they belong, by {@code placed} the spans come
 * together that are of one trace.
 */
public final class TraceTopology implements Supplier<Topology> {
    /** Name of the stage, and with the deployment's prefix its application id. */
    public static final String STAGE = "trace-sink";
    private static final String HOMES = "homes";
    private static final String PLACED = "placed";

    private final TopicSerdes serdes;
    private final TopicNames names;
    private final Function<String, ? extends Redactor> redactors;
    private final JoinTimes times;
    private final Stores stores;
    private final Serde<HomeMessage> messages;

    /**
     * A topology; it opens nothing until it runs.
     *
     * @param redactors of tenants, for what foreign producers send
     */
    public TraceTopology(TopicSerdes serdes, TopicNames names, Function<String, ? extends Redactor> redactors,
            JoinTimes times) {
        this(serdes, names, redactors, times, org.apache.kafka.streams.state.Stores::persistentKeyValueStore);
    }

    TraceTopology(TopicSerdes serdes, TopicNames names, Function<String, ? extends Redactor> redactors,
            JoinTimes times, Function<String, KeyValueBytesStoreSupplier> kept) {
        this.serdes = serdes;
        this.names = names;
        this.redactors = redactors;
        this.times = times;
        this.stores = new Stores(kept);
        this.messages = new HomeMessageSerde(serdes);
    }

    @Override
    public Topology get() {
        StreamsBuilder builder = new StreamsBuilder();
        KStream<String, Object> own = read(builder, Topics.SPANS, serdes.spans(), Optional.empty());
        KStream<String, Object> foreign = read(builder, Topics.SPANS_RAW, serdes.rawSpans(), Optional.of(redactors));
        KStream<String, HomeMessage> told = only(own, HomeMessage.class)
                .merge(only(foreign, HomeMessage.class).repartition(between(HOMES, messages)));
        KStream<String, Object> homes = told.process(
                processor(() -> new HomeProcessor(times), stores.ofHomes(serdes)), Named.as("home"));
        only(homes, HomeMessage.class).to((_, _, _) -> names.applicationId(STAGE) + "-" + HOMES + "-repartition",
                produced(messages));
        only(own, SpanPart.class).merge(only(foreign, SpanPart.class)).merge(only(homes, SpanPart.class))
                .repartition(between(PLACED, StateSerde.of(SpanPart.class)))
                .process(processor(() -> new JoinProcessor(new Joining(times)), stores.ofJoining()), Named.as("join"))
                .to(names.of(Topics.SPANS_FINISHED), produced(serdes.finishedSpans()));
        only(own, RefusedSpan.class).merge(only(foreign, RefusedSpan.class))
                .to(names.of(Topics.TRACE_DEAD_LETTERS), produced(serdes.traceDeadLetters()));
        return builder.build();
    }

    private KStream<String, Object> read(StreamsBuilder builder, Topic topic, Serde<SpanRecord> values,
            Optional<Function<String, ? extends Redactor>> redacting) {
        return builder
                .stream(names.of(topic), Consumed.with(Serdes.String(), Serdes.ByteArray()).withName(topic.name()))
                .process(() -> new SpanReader(topic.name(), values.deserializer(), redacting),
                        Named.as("read-" + topic.name()));
    }

    private static <I, O> ProcessorSupplier<String, I, String, O> processor(
            Supplier<Processor<String, I, String, O>> made,
            List<StoreBuilder<?>> stores) {
        return new ProcessorSupplier<>() {
            @Override
            public Processor<String, I, String, O> get() {
                return made.get();
            }

            @Override
            public Set<StoreBuilder<?>> stores() {
                return Set.copyOf(stores);
            }
        };
    }

    private static <T> KStream<String, T> only(KStream<String, Object> stream, Class<T> type) {
        return stream.filter((_, value) -> type.isInstance(value)).mapValues(type::cast);
    }

    private static <V> Repartitioned<String, V> between(String name, Serde<V> values) {
        return Repartitioned.<String, V>as(name).withKeySerde(Serdes.String()).withValueSerde(values)
                .withNumberOfPartitions(Topics.PARTITIONS).withStreamPartitioner(new ThreadStreamPartitioner<>());
    }

    private static <V> Produced<String, V> produced(Serde<V> values) {
        return Produced.with(Serdes.String(), values, new ThreadStreamPartitioner<>());
    }
}
