package io.mnemosyne.index;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;

import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;

import io.mnemosyne.schemas.topics.ThreadPartitioner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

class IndexSinkTest {
    private static final TopicPartition OBJECTS = new TopicPartition("objects", 0);
    /** Far above what closing takes, and below the time after which an unanswered request is given up. */
    private static final Duration BEFORE_THE_REQUEST_IS_GIVEN_UP = Duration.ofSeconds(30);

    private final AtomicInteger commits = new AtomicInteger();

    @Test
    void shouldCloseAndCommitNothingWhileOpenSearchNeverAnswers() {
        try (FakeOpenSearch server = new FakeOpenSearch()) {
            // given a bulk request that was taken and is never answered
            server.fallSilent();
            IndexSink sink = new IndexSink(IndexSettings.at(server.url()).withPrefix("notes"), new OneObject(),
                    Samples.SERDES, Samples.NAMES, new Lengths());
            sink.start();
            await().until(server::holdsABulk);
            // when
            CompletableFuture<Void> closed = CompletableFuture.runAsync(sink::close);
            // then
            await().atMost(BEFORE_THE_REQUEST_IS_GIVEN_UP).until(closed::isDone);
            assertThat(closed).isCompleted();
            assertThat(server.holdsABulk()).isTrue();
            assertThat(commits).hasValue(0);
            assertThat(sink.stats().indexed()).isZero();
        }
    }

    @Test
    void shouldCommitWhatTheIndexTakesWhileItCloses() {
        try (FakeOpenSearch server = new FakeOpenSearch()) {
            // given
            IndexSink sink = new IndexSink(IndexSettings.at(server.url()).withPrefix("notes"), new OneObject(),
                    Samples.SERDES, Samples.NAMES, new Lengths());
            sink.start();
            await().until(() -> sink.stats().indexed() == 1);
            // when
            sink.close();
            // then
            assertThat(server.documents).containsOnlyKeys(Samples.key("a"));
            assertThat(commits).hasPositiveValue();
        }
    }

    /** A broker on which one object waits to be indexed, and nothing to be embedded. */
    private final class OneObject implements Clients {
        @Override
        public Consumer<byte[], byte[]> consumer(String group, int maxRecords, int maxBytes) {
            MockConsumer<byte[], byte[]> consumer = new MockConsumer<>("earliest") {
                @Override
                public synchronized void commitSync(Map<TopicPartition, OffsetAndMetadata> offsets) {
                    commits.incrementAndGet();
                    super.commitSync(offsets);
                }
            };
            if (group.equals(IndexSink.TEXT_GROUP)) {
                consumer.updateBeginningOffsets(Map.of(OBJECTS, 0L));
                consumer.updateEndOffsets(Map.of(OBJECTS, 1L));
                consumer.schedulePollTask(() -> {
                    consumer.rebalance(List.of(OBJECTS));
                    consumer.addRecord(Samples.message("objects", 0, Samples.key("a"),
                            Samples.bytes(Samples.object("a", "text"))));
                });
            }
            return consumer;
        }

        @Override
        public Groups groups() {
            return new KnownGroups();
        }

        @Override
        public Producer<String, byte[]> producer() {
            return new MockProducer<>(true, new ThreadPartitioner(), new StringSerializer(),
                    new ByteArraySerializer());
        }
    }
}
