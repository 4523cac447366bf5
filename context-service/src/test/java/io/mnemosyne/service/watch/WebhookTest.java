package io.mnemosyne.service.watch;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import io.mnemosyne.core.Command;
import io.mnemosyne.core.Compaction;
import io.mnemosyne.core.Position;
import io.mnemosyne.core.ThreadKey;
import io.mnemosyne.core.TurnEvent;
import io.mnemosyne.core.TurnsRecord;
import io.mnemosyne.schemas.serde.LocalSchemaIds;
import io.mnemosyne.schemas.serde.TopicSerdes;
import io.mnemosyne.schemas.topics.ThreadPartitioner;
import io.mnemosyne.schemas.topics.TopicNames;
import io.mnemosyne.schemas.topics.Topics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** Every event reaches a webhook that comes back, and one that does not holds nothing up for ever. */
@Timeout(60)
class WebhookTest {
    private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");
    private static final String SECRET = "a secret of the subscriber";
    private static final ThreadKey THREAD = new ThreadKey("acme", "build-17");
    private static final CompactEvent EVENT = new CompactEvent("d0", THREAD, Compaction.of(3, 181_000, 200_000),
            Optional.of(NOW), 0, 7);
    private static final String TOPIC = "turns";
    private final TopicSerdes serdes = new TopicSerdes(new LocalSchemaIds(), TopicNames.plain());

    @Test
    void shouldSignWhatItPosts() throws Exception {
        try (Receiver receiver = new Receiver(); WebhookCalls calls = calls(receiver.url(), 1)) {
            // when
            calls.deliver(EVENT);
            // then
            Receiver.Request request = receiver.requests.getFirst();
            assertThat(request.body()).isEqualTo("{\"event\":\"session_compact\",\"tenant\":\"acme\","
                    + "\"thread\":\"build-17\",\"epoch\":3,\"tokens\":181000,\"window\":200000,\"share\":0.905,"
                    + "\"at\":\"2026-11-21T12:00:00Z\"}");
            assertThat(request.header("X-mnemosyne-timestamp")).isEqualTo(Long.toString(NOW.getEpochSecond()));
            assertThat(request.header("X-mnemosyne-event")).isEqualTo("session_compact");
            assertThat(request.header("X-mnemosyne-delivery")).isEqualTo("d0");
            assertThat(request.header("X-mnemosyne-signature")).isEqualTo("sha256=" + HexFormat.of().formatHex(
                    hmac(SECRET, NOW.getEpochSecond() + "." + request.body())));
        }
    }

    @Test
    void shouldTryAgainUntilItIsTaken() throws Exception {
        try (Receiver receiver = new Receiver(Receiver.Failing.status(500), Receiver.Failing.silent(),
                Receiver.Failing.endless(), Receiver.Failing.hangUp(), Receiver.Failing.status(429));
                WebhookCalls calls = calls(receiver.url(), 9)) {
            // when
            boolean done = calls.deliver(EVENT);
            // then
            assertThat(done).isTrue();
            assertThat(List.of(calls.delivered(), calls.givenUp())).containsExactly(1L, 0L);
            assertThat(calls.failed()).isEqualTo(receiver.requests.size() - 1).isGreaterThanOrEqualTo(5);
            assertThat(receiver.requests).extracting(request -> request.header("X-mnemosyne-delivery"))
                    .containsOnly("d0");
            assertThat(receiver.requests).extracting(Receiver.Request::body).containsOnly(EVENT.json());
        }
    }

    @Test
    void shouldNotFollowARedirect() throws Exception {
        try (Receiver elsewhere = new Receiver();
                Receiver receiver = new Receiver(Receiver.Failing.redirect(elsewhere.url()));
                WebhookCalls calls = calls(receiver.url(), 1)) {
            // when
            calls.deliver(EVENT);
            // then
            assertThat(calls.givenUp()).isEqualTo(1);
            assertThat(elsewhere.requests).isEmpty();
        }
    }

    @Test
    void shouldGiveUpOnOneEventAndGoOnWithTheNext() throws Exception {
        // given a subscriber that never takes what is of one thread
        ThreadKey refused = thread(0);
        ThreadKey taken = thread(1);
        MockConsumer<String, byte[]> consumer = consumer(List.of(record(0, refused, "c0", Command.Kind.COMPACT),
                record(1, taken, "c1", Command.Kind.COMPACT), record(2, taken, "c2", Command.Kind.USAGE),
                record(3, taken, "c3", Command.Kind.COMPACT)));
        try (Receiver receiver = new Receiver()) {
            receiver.refused = Optional.of(refused.thread());
            WebhookCalls calls = calls(receiver.url(), 3);
            try (Webhook webhook = new Webhook(() -> consumer, TOPIC, serdes, calls)) {
                // when
                webhook.start();
                await().until(() -> calls.delivered() == 2);
                // then
                assertThat(calls.givenUp()).isEqualTo(1);
                assertThat(receiver.requests).extracting(request -> request.header("X-mnemosyne-delivery"))
                        .containsExactly("c0", "c0", "c0", "c1", "c3");
                await().until(() -> committed(consumer) == 4);
            }
        }
    }

    @Test
    void shouldCommitNothingThatWasNeitherTakenNorGivenUp() throws Exception {
        // given
        ThreadKey thread = thread(0);
        MockConsumer<String, byte[]> consumer = consumer(List.of(record(0, thread, "c0", Command.Kind.COMPACT),
                record(1, thread, "c1", Command.Kind.COMPACT)));
        try (Receiver receiver = new Receiver()) {
            receiver.refused = Optional.of("\"epoch\":1");
            WebhookCalls calls = new WebhookCalls(new WebhookSettings(receiver.url(), SECRET, Duration.ofSeconds(5),
                    9, Duration.ofMinutes(1)), Clock.systemUTC());
            try (Webhook webhook = new Webhook(() -> consumer, TOPIC, serdes, calls)) {
                webhook.start();
                // when it is stopped while it waits to try again
                await().until(() -> receiver.requests.size() == 2);
            }
            // then
            await().until(consumer::closed);
            assertThat(calls.delivered()).isEqualTo(1);
            assertThat(calls.givenUp()).isZero();
            assertThat(last).isEqualTo(1);
        }
    }

    private volatile long last;

    private long committed(MockConsumer<String, byte[]> consumer) {
        TopicPartition partition = new TopicPartition(TOPIC, 0);
        OffsetAndMetadata found = consumer.committed(Set.of(partition)).get(partition);
        return found == null ? -1 : found.offset();
    }

    private MockConsumer<String, byte[]> consumer(List<ConsumerRecord<String, byte[]>> records) {
        TopicPartition partition = new TopicPartition(TOPIC, 0);
        MockConsumer<String, byte[]> consumer = new MockConsumer<>("latest") {
            @Override
            public synchronized void commitSync(Map<TopicPartition, OffsetAndMetadata> offsets) {
                super.commitSync(offsets);
                offsets.values().forEach(offset -> last = offset.offset());
            }
        };
        consumer.updateEndOffsets(Map.of(partition, 0L));
        consumer.schedulePollTask(() -> consumer.rebalance(List.of(partition)));
        for (ConsumerRecord<String, byte[]> record : records) {
            consumer.schedulePollTask(() -> consumer.addRecord(record));
        }
        return consumer;
    }

    /** Each of a partition of its own name, all of partition 0. */
    private static ThreadKey thread(int number) {
        int found = 0;
        for (int i = 0;; i++) {
            ThreadKey thread = new ThreadKey("acme", "thread-" + i + "-");
            if (ThreadPartitioner.partitionOf(thread.toString(), Topics.PARTITIONS) == 0 && found++ == number) {
                return thread;
            }
        }
    }

    private ConsumerRecord<String, byte[]> record(long offset, ThreadKey thread, String id, Command.Kind kind) {
        Command command = new Command(id, kind, Optional.of(NOW), kind == Command.Kind.COMPACT
                ? Map.of("epoch", Long.toString(offset))
                : Map.of("inputTokens", "1"));
        TurnsRecord record = new TurnsRecord(thread, 0, new Position("commands", 0, offset),
                new TurnEvent.Controlled(command));
        return new ConsumerRecord<>(TOPIC, 0, offset, thread.row("0.c0-" + offset),
                serdes.turns().serializer().serialize(TOPIC, record));
    }

    private static WebhookCalls calls(URI url, int attempts) {
        return new WebhookCalls(
                new WebhookSettings(url, SECRET, Duration.ofMillis(500), attempts, Duration.ofMillis(1)),
                Clock.fixed(NOW, ZoneOffset.UTC));
    }

    /** As RFC 2104 has it, without the platform's own. */
    private static byte[] hmac(String secret, String text) throws Exception {
        byte[] key = new byte[64];
        byte[] bytes = secret.getBytes(StandardCharsets.UTF_8);
        System.arraycopy(bytes, 0, key, 0, bytes.length);
        return sha256(padded(key, 0x5c), sha256(padded(key, 0x36), text.getBytes(StandardCharsets.UTF_8)));
    }

    private static byte[] padded(byte[] key, int pad) {
        byte[] padded = new byte[key.length];
        for (int i = 0; i < key.length; i++) {
            padded[i] = (byte) (key[i] ^ pad);
        }
        return padded;
    }

    private static byte[] sha256(byte[] first, byte[] second) throws Exception {
        var all = new ByteArrayOutputStream();
        try {
            all.write(first);
            all.write(second);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        return MessageDigest.getInstance("SHA-256").digest(all.toByteArray());
    }
}
