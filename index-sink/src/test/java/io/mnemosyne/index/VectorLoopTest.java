package io.mnemosyne.index;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.mnemosyne.core.Content;
import io.mnemosyne.core.EmbeddingVector;
import io.mnemosyne.core.Sha256;
import io.mnemosyne.schemas.topics.ThreadPartitioner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

class VectorLoopTest {
    private static final TopicPartition OBJECTS = new TopicPartition("objects", 0);
    private static final TopicPartition MEMORY = new TopicPartition("memory", 0);

    private final Tally tally = new Tally();
    private final Lengths embedder = new Lengths();
    private final MockConsumer<byte[], byte[]> consumer = new MockConsumer<>("earliest");

    @BeforeEach
    void assign() {
        consumer.updateBeginningOffsets(Map.of(OBJECTS, 0L, MEMORY, 0L));
        consumer.updateEndOffsets(Map.of(OBJECTS, 0L, MEMORY, 0L));
        consumer.schedulePollTask(() -> consumer.rebalance(List.of(OBJECTS, MEMORY)));
    }

    @Test
    void shouldWriteAVectorUnderTheKeyAndTimeOfItsText() {
        try (Run run = run(true)) {
            // when
            run.feed(Samples.message("objects", 0, Samples.key("a"), Samples.bytes(Samples.object("a", "text"))));
            // then
            await().untilAsserted(() -> assertThat(run.committed()).contains(1L));
            assertThat(run.producer.history()).singleElement().satisfies(vector -> {
                assertThat(vector.topic()).isEqualTo("vectors");
                assertThat(vector.key()).isEqualTo(Samples.key("a"));
                assertThat(vector.timestamp()).isEqualTo(Samples.AT.toEpochMilli());
                assertThat(read(vector)).satisfies(value -> {
                    assertThat(value.subject()).isEqualTo("a");
                    assertThat(value.model()).isEqualTo("lengths");
                    assertThat(value.values()).hasSize(2);
                });
            });
        }
    }

    @Test
    void shouldGiveTheSameTextTheSameHashAndVectorWhicheverObjectItIsOf() {
        try (Run run = run(true)) {
            // when
            run.feed(Samples.message("objects", 0, Samples.key("a"), Samples.bytes(Samples.object("a", "text"))),
                    Samples.message("objects", 1, Samples.key("b"), Samples.bytes(Samples.object("b", "text"))),
                    Samples.message("objects", 2, Samples.key("c"), Samples.bytes(Samples.object("c", "other text"))));
            await().untilAsserted(() -> assertThat(run.committed()).contains(3L));
            // then
            List<EmbeddingVector> vectors = run.producer.history().stream().map(VectorLoopTest::read).toList();
            assertThat(vectors).extracting(EmbeddingVector::subject).containsExactly("a", "b", "c");
            assertThat(vectors.getFirst().contentHash()).isEqualTo(Sha256.hex("read src/Main.java\ntext"))
                    .isEqualTo(vectors.get(1).contentHash()).isNotEqualTo(vectors.get(2).contentHash());
            assertThat(vectors.getFirst().values()).isEqualTo(vectors.get(1).values())
                    .isNotEqualTo(vectors.get(2).values());
        }
    }

    @Test
    void shouldEmbedSegmentsAndAdmittedObjectsOnly() {
        try (Run run = run(true)) {
            run.feed(Samples.message("objects", 0, Samples.key("a"),
                    Samples.bytes(Samples.object("a", Content.of("ls"), Optional.empty(), false))),
                    Samples.message("memory", 0, Samples.key("o0"), Samples.bytes(Samples.observed("s1", 0, 4))),
                    Samples.message("memory", 1, Samples.key("rr1"),
                            Samples.bytes(Samples.reflected("r1", 0, 4, "s1"))));
            await().untilAsserted(() -> assertThat(tally.stats().embedded()).isEqualTo(2));
            assertThat(run.producer.history()).extracting(vector -> read(vector).subject()).containsExactly("s1",
                    "r1");
        }
    }

    @Test
    void shouldPassTombstonesOnSoThatAVectorGoesWithItsText() {
        try (Run run = run(true)) {
            run.feed(Samples.message("objects", 0, Samples.key("a"), null));
            await().untilAsserted(() -> assertThat(run.producer.history()).singleElement().satisfies(vector -> {
                assertThat(vector.key()).isEqualTo(Samples.key("a"));
                assertThat(vector.value()).isNull();
            }));
        }
    }

    @Test
    void shouldNotCommitBeforeTheVectorIsAcknowledged() {
        try (Run run = run(false)) {
            // given a broker that does not answer
            run.feed(Samples.message("objects", 0, Samples.key("a"), Samples.bytes(Samples.object("a", "text"))));
            await().untilAsserted(() -> assertThat(run.producer.history()).hasSize(1));
            assertThat(run.committed()).isEmpty();
            // when it does
            run.producer.completeNext();
            // then
            await().untilAsserted(() -> assertThat(run.committed()).contains(1L));
        }
    }

    @Test
    void shouldReportATextThatCannotBeEmbeddedAndGoOn() {
        try (Run run = run(true)) {
            run.feed(Samples.message("objects", 0, Samples.key("a"), Samples.bytes(Samples.object("a", "poison"))),
                    Samples.message("objects", 1, Samples.key("b"), Samples.bytes(Samples.object("b", "text"))));
            await().untilAsserted(() -> assertThat(run.committed()).contains(2L));
            assertThat(run.producer.history()).extracting(ProducerRecord::topic, ProducerRecord::key)
                    .containsExactly(tuple("vectors", Samples.key("b")),
                            tuple("index.dead-letters", Samples.key("a")));
        }
    }

    @Test
    void shouldStartOverAndBlameNoTextWhileNobodyEmbeds() {
        // given
        embedder.away.set(2);
        try (Run run = run(true)) {
            // when
            run.feed(Samples.message("objects", 0, Samples.key("a"), Samples.bytes(Samples.object("a", "text"))));
            // then
            await().untilAsserted(() -> assertThat(tally.stats().restarts()).isPositive());
            assertThat(run.producer.history()).as("vectors and dead letters").isEmpty();
        }
    }

    @Test
    void shouldEmbedNothingThatHasNoKey() {
        try (Run run = run(true)) {
            run.feed(Samples.message("objects", 0, null, Samples.bytes(Samples.object("a", "text"))),
                    Samples.message("objects", 1, Samples.key("b"), Samples.bytes(Samples.object("b", "text"))));
            await().untilAsserted(() -> assertThat(run.committed()).contains(2L));
            assertThat(run.producer.history()).extracting(ProducerRecord::key).containsExactly(Samples.key("b"));
        }
    }

    private static EmbeddingVector read(ProducerRecord<String, byte[]> vector) {
        return Samples.SERDES.vectors().deserializer().deserialize("vectors", vector.value());
    }

    private Run run(boolean acknowledging) {
        Run run = new Run(new MockProducer<>(acknowledging, new ThreadPartitioner(), new StringSerializer(),
                new ByteArraySerializer()));
        run.loop.start();
        return run;
    }

    private final class Run implements AutoCloseable {
        private final MockProducer<String, byte[]> producer;
        private final KeptRunning loop;

        Run(MockProducer<String, byte[]> producer) {
            this.producer = producer;
            Acknowledged acknowledged = new Acknowledged(producer);
            DeadLetters deadLetters = new DeadLetters(acknowledged, Samples.reader(),
                    Samples.SERDES, Samples.NAMES, "notes", tally);
            this.loop = new KeptRunning("vectors", new VectorLoop(() -> consumer, acknowledged, embedder,
                    deadLetters, Samples.SERDES, Samples.NAMES, tally, InstantSource.system()), tally);
        }

        @SafeVarargs
        final void feed(ConsumerRecord<byte[], byte[]>... messages) {
            List<ConsumerRecord<byte[], byte[]>> batch = new ArrayList<>();
            for (ConsumerRecord<byte[], byte[]> message : messages) {
                batch.add(message);
            }
            consumer.schedulePollTask(() -> batch.forEach(consumer::addRecord));
        }

        Optional<Long> committed() {
            return Optional.ofNullable(consumer.committed(Set.of(OBJECTS)).get(OBJECTS))
                    .map(OffsetAndMetadata::offset);
        }

        @Override
        public void close() {
            loop.close();
        }
    }
}
