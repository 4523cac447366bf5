package io.mnemosyne.trace.send;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

import io.mnemosyne.core.trace.PlacedSpan;
import io.mnemosyne.core.trace.RefusedSpan;
import io.mnemosyne.schemas.serde.LocalSchemaIds;
import io.mnemosyne.schemas.serde.TopicSerdes;
import io.mnemosyne.schemas.topics.ThreadPartitioner;
import io.mnemosyne.schemas.topics.TopicNames;
import io.mnemosyne.scripted.langfuse.LangfuseStandIn;
import io.mnemosyne.scripted.langfuse.StoredSpan;
import io.mnemosyne.trace.send.TraceBackend.Credentials;

/** A sender between a topic of one partition and a {@link LangfuseStandIn}. */
final class SenderHarness implements AutoCloseable {
    static final TopicPartition PARTITION = new TopicPartition("spans.finished", 0);
    /** Small and fast, so that tests need few bytes and little time. */
    static final SendLimits LIMITS = SendLimits.DEFAULT.withRequests(64 * 1024, 128 * 1024, 64).withFieldBytes(8 * 1024)
            .withRates(2, 1_000).withWaits(Duration.ofMillis(700), Duration.ofMillis(20), Duration.ofMillis(200));
    private static final TopicNames NAMES = TopicNames.plain();

    final LangfuseStandIn langfuse = LangfuseStandIn.start();
    private final TopicSerdes serdes = new TopicSerdes(new LocalSchemaIds(), NAMES);
    private final MockConsumer<byte[], byte[]> consumer = new MockConsumer<>("earliest");
    private final MockProducer<String, byte[]> producer = new MockProducer<>(true, new ThreadPartitioner(),
            new StringSerializer(), new ByteArraySerializer());
    private Optional<TraceSender> sender = Optional.empty();
    private long end;

    SenderHarness() {
        consumer.updateBeginningOffsets(Map.of(PARTITION, 0L));
        consumer.updateEndOffsets(Map.of(PARTITION, 0L));
        consumer.schedulePollTask(() -> consumer.rebalance(List.of(PARTITION)));
    }

    TraceBackend backend() {
        return TraceBackend.langfuse("main", langfuse.url(),
                new Credentials(LangfuseStandIn.PUBLIC_KEY, LangfuseStandIn.SECRET_KEY)).with(LIMITS);
    }

    SenderHarness start() {
        return start(backend());
    }

    SenderHarness start(TraceBackend backend) {
        TraceSender started = new TraceSender(backend, new SenderClients() {
            @Override
            public Consumer<byte[], byte[]> consumer() {
                return consumer;
            }

            @Override
            public Producer<String, byte[]> producer() {
                return producer;
            }
        }, serdes, NAMES, InstantSource.system());
        sender = Optional.of(started);
        started.start();
        return this;
    }

    /** Writes spans to the topic. */
    void write(PlacedSpan... spans) {
        writeValues(Stream.of(spans).map(span -> serdes.finishedSpans().serializer().serialize(PARTITION.topic(), span))
                .toArray(byte[][]::new));
    }

    void writeValues(byte[]... values) {
        long from = end;
        end += values.length;
        consumer.schedulePollTask(() -> {
            for (int i = 0; i < values.length; i++) {
                consumer.addRecord(new ConsumerRecord<>(PARTITION.topic(), 0, from + i,
                        "acme/trace".getBytes(StandardCharsets.UTF_8), values[i]));
            }
        });
    }

    /** How many records are done for good. */
    long committed() {
        return Optional.ofNullable(consumer.committed(Set.of(PARTITION)).get(PARTITION))
                .map(OffsetAndMetadata::offset).orElse(0L);
    }

    boolean isPaused() {
        return consumer.paused().contains(PARTITION);
    }

    List<RefusedSpan> letters() {
        return producer.history().stream().map(letter -> serdes.traceDeadLetters().deserializer()
                .deserialize("trace.dead-letters", letter.value())).toList();
    }

    SenderStats stats() {
        return sender.orElseThrow().stats();
    }

    /** A stored span by its name. */
    StoredSpan stored(String name) {
        return langfuse.spans().stream().filter(span -> span.name().equals(name)).findFirst().orElseThrow();
    }

    /** A field of a stored span, put together again. */
    String read(StoredSpan span, String attribute) {
        return new PayloadReader(new PayloadReader.Contents() {
            @Override
            public byte[] media(String mediaId) {
                return langfuse.media(mediaId).orElseThrow(IllegalStateException::new);
            }

            @Override
            public String part(String spanId) {
                return langfuse.spans().stream().filter(part -> part.id().equals(spanId)).findFirst()
                        .flatMap(part -> part.attribute("langfuse.observation.input"))
                        .orElseThrow(IllegalStateException::new);
            }
        }).read(span.attribute(attribute).orElseThrow());
    }

    void stop() {
        sender.ifPresent(TraceSender::close);
        sender = Optional.empty();
    }

    @Override
    public void close() {
        langfuse.heal();
        stop();
        langfuse.close();
    }
}
