package io.mnemosyne.index;

import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;

import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.mnemosyne.core.DeadLetter;
import io.mnemosyne.schemas.topics.ThreadPartitioner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

class TextLoopTest {
    private static final TopicPartition OBJECTS = new TopicPartition("objects", 0);
    private static final TopicPartition MEMORY = new TopicPartition("memory", 0);
    private static final int BULK = 4;

    private final MemoryIndex index = new MemoryIndex();
    private final Tally tally = new Tally();
    private final MockConsumer<byte[], byte[]> consumer = new MockConsumer<>("earliest");
    private final MockProducer<String, byte[]> producer = new MockProducer<>(true, new ThreadPartitioner(),
            new StringSerializer(), new ByteArraySerializer());
    private final ExecutorService writing = Executors.newSingleThreadExecutor();
    private final KeptRunning running = new KeptRunning("texts", loop(), tally);

    @BeforeEach
    void assign() {
        consumer.updateBeginningOffsets(Map.of(OBJECTS, 0L, MEMORY, 0L));
        consumer.updateEndOffsets(Map.of(OBJECTS, 0L, MEMORY, 0L));
        consumer.schedulePollTask(() -> consumer.rebalance(List.of(OBJECTS, MEMORY)));
    }

    @AfterEach
    void stop() {
        running.close();
        writing.shutdownNow();
    }

    @Test
    void shouldCommitWhatTheIndexHasTaken() {
        // given
        feed(0, 3);
        // when
        running.start();
        // then
        await().untilAsserted(() -> assertThat(committed()).contains(3L));
        assertThat(index.documents).containsOnlyKeys(Samples.key("a0"), Samples.key("a1"), Samples.key("a2"));
    }

    @Test
    void shouldCommitNothingWhileTheIndexIsAwayAndCatchUpAfterwards() {
        // given
        index.away = true;
        feed(0, 3);
        running.start();
        await().untilAsserted(() -> assertThat(tally.stats().retried()).isPositive());
        assertThat(committed()).isEmpty();
        // when
        index.away = false;
        // then
        await().untilAsserted(() -> assertThat(committed()).contains(3L));
        assertThat(index.documents).hasSize(3);
    }

    @Test
    void shouldPauseThePartitionsWhenItHasReadAheadFarEnough() {
        // given an index that is away, one full batch on its way to it and another one gathered
        index.away = true;
        feed(0, BULK);
        running.start();
        await().untilAsserted(() -> assertThat(tally.stats().retried()).isPositive());
        // when
        feed(BULK, 2 * BULK);
        // then
        await().untilAsserted(() -> assertThat(paused()).containsExactlyInAnyOrder(OBJECTS, MEMORY));
        // and when it is back
        index.away = false;
        // then
        await().untilAsserted(() -> assertThat(paused()).isEmpty());
        await().untilAsserted(() -> assertThat(committed()).contains(2L * BULK));
    }

    @Test
    void shouldReportARefusedRecordAndGoOn() {
        // given
        index.refused = Samples.key("a1");
        feed(0, 3);
        // when
        running.start();
        // then
        await().untilAsserted(() -> assertThat(committed()).contains(3L));
        assertThat(index.documents).containsOnlyKeys(Samples.key("a0"), Samples.key("a2"));
        assertThat(letters()).singleElement().satisfies(letter -> {
            assertThat(letter.key()).isEqualTo(Samples.key("a1"));
            assertThat(letter.source().topic()).isEqualTo("objects");
            assertThat(letter.source().offset()).isEqualTo(1);
            assertThat(letter.status()).isEqualTo(400);
        });
    }

    @Test
    void shouldReportRecordsThatCannotBeReadAndGoOn() {
        // given neither Avro nor a key
        consumer.schedulePollTask(() -> {
            consumer.addRecord(Samples.message("objects", 0, Samples.key("bad"), new byte[]{9, 9, 9}));
            consumer.addRecord(Samples.message("objects", 1, null, Samples.bytes(Samples.object("a", "x"))));
            consumer.addRecord(Samples.message("objects", 2, Samples.key("a2"),
                    Samples.bytes(Samples.object("a2", "text"))));
        });
        // when
        running.start();
        // then
        await().untilAsserted(() -> assertThat(committed()).contains(3L));
        assertThat(index.documents).containsOnlyKeys(Samples.key("a2"));
        assertThat(letters()).hasSize(2).allSatisfy(letter -> assertThat(letter.sha256()).hasSize(64));
    }

    @Test
    void shouldRemoveTheDocumentOfATombstone() {
        // given
        feed(0, 2);
        consumer.schedulePollTask(() -> consumer.addRecord(Samples.message("objects", 2, Samples.key("a0"), null)));
        // when
        running.start();
        // then
        await().untilAsserted(() -> assertThat(committed()).contains(3L));
        assertThat(index.documents).containsOnlyKeys(Samples.key("a1"));
    }

    private void feed(int from, int to) {
        consumer.schedulePollTask(() -> IntStream.range(from, to).forEach(i -> consumer.addRecord(Samples.message(
                "objects", i, Samples.key("a" + i), Samples.bytes(Samples.object("a" + i, "text " + i))))));
    }

    private Optional<Long> committed() {
        return Optional.ofNullable(consumer.committed(Set.of(OBJECTS)).get(OBJECTS)).map(OffsetAndMetadata::offset);
    }

    private Set<TopicPartition> paused() {
        return consumer.paused();
    }

    private List<DeadLetter> letters() {
        return producer.history().stream().map(letter -> Samples.SERDES.deadLetters().deserializer()
                .deserialize("index.dead-letters", letter.value())).toList();
    }

    private Loop loop() {
        IndexSettings settings = new IndexSettings(List.of(URI.create("http://localhost:1")), Optional.empty(),
                Optional.empty(), "notes", BULK, 1024 * 1024, Duration.ofSeconds(1));
        RecordReader reader = Samples.reader();
        DeadLetters deadLetters = new DeadLetters(new Acknowledged(producer), reader, Samples.SERDES, Samples.NAMES,
                "notes", tally);
        return new TextLoop(() -> consumer, reader,
                new BulkWriter(index, settings, tally, InstantSource.system()), deadLetters, settings, writing, tally,
                InstantSource.system());
    }
}
