package io.mnemosyne.service.watch;

import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.mnemosyne.schemas.serde.TopicSerdes;
import io.mnemosyne.schemas.topics.TopicNames;
import io.mnemosyne.schemas.topics.Topics;

/**
 * Posts compactions to a webhook, each at least once: instances share the work as a consumer group, and an offset is committed
 * when its event was taken or given up. Events of a thread keep their order. A new group begins with what comes.
 */
public final class Webhook implements AutoCloseable {
    private static final Logger LOGGER = LoggerFactory.getLogger(Webhook.class);
    private static final Duration POLL = Duration.ofMillis(500);
    private static final Duration PAUSE = Duration.ofSeconds(2);
    private static final Duration GRACE = Duration.ofSeconds(3);
    private static final long COMMIT_NANOS = Duration.ofSeconds(5).toNanos();

    private final Supplier<Consumer<String, byte[]>> consumers;
    private final CompactRecords records;
    private final String topic;
    private final WebhookCalls calls;
    private final CountDownLatch stopped = new CountDownLatch(1);
    private final Thread thread = Thread.ofPlatform().name("webhook").daemon().unstarted(this::run);

    Webhook(Supplier<Consumer<String, byte[]>> consumers, String topic, TopicSerdes serdes, WebhookCalls calls) {
        this.consumers = consumers;
        this.topic = topic;
        this.records = new CompactRecords(serdes);
        this.calls = calls;
    }

    /**
     * One that is not started.
     *
     * @param connection settings of every Kafka client
     */
    public static Webhook of(WebhookSettings settings, Map<String, ?> connection, TopicNames names,
            TopicSerdes serdes, MeterRegistry metrics) {
        Map<String, Object> consumer = new HashMap<>(connection);
        consumer.put(ConsumerConfig.GROUP_ID_CONFIG, names.applicationId("webhook"));
        consumer.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        consumer.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        consumer.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "latest");
        // One event at a time between two polls: it may take as long as all of its attempts.
        consumer.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, 1);
        consumer.put(ConsumerConfig.MAX_POLL_INTERVAL_MS_CONFIG,
                Math.toIntExact(settings.longest().plusMinutes(1).toMillis()));
        WebhookCalls calls = new WebhookCalls(settings, Clock.systemUTC());
        count(metrics, "delivered", calls, WebhookCalls::delivered);
        count(metrics, "failed", calls, WebhookCalls::failed);
        count(metrics, "given-up", calls, WebhookCalls::givenUp);
        return new Webhook(
                () -> new KafkaConsumer<>(consumer, new StringDeserializer(), new ByteArrayDeserializer()),
                names.of(Topics.TURNS), serdes, calls);
    }

    private static void count(MeterRegistry metrics, String outcome, WebhookCalls calls,
            ToDoubleFunction<WebhookCalls> value) {
        FunctionCounter.builder("mnemosyne.webhook", calls, value).tag("outcome", outcome)
                .description("Events posted to the webhook: delivered, attempts that failed, events given up")
                .register(metrics);
    }

    /** Begins to post. */
    public void start() {
        thread.start();
    }

    @Override
    public void close() {
        stopped.countDown();
        calls.close();
        try {
            thread.join(GRACE.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        while (stopped.getCount() > 0) {
            try (Consumer<String, byte[]> consumer = consumers.get()) {
                post(consumer);
            } catch (RuntimeException e) {
                LOGGER.atWarn().setCause(e).log("the webhook goes on from what is committed");
                pause();
            }
        }
    }

    /** Posts until it is stopped. */
    void post(Consumer<String, byte[]> consumer) {
        consumer.subscribe(Set.of(topic), new Anchor(consumer));
        Map<TopicPartition, OffsetAndMetadata> passed = new HashMap<>();
        long committed = System.nanoTime();
        while (stopped.getCount() > 0) {
            boolean told = false;
            for (ConsumerRecord<String, byte[]> record : consumer.poll(POLL)) {
                Optional<CompactEvent> event = records.of(record);
                if (event.isPresent() && !calls.deliver(event.get())) {
                    return; // stopped: whoever comes next posts it again
                }
                told |= event.isPresent();
                passed.put(new TopicPartition(record.topic(), record.partition()),
                        new OffsetAndMetadata(record.offset() + 1));
            }
            if (told || (!passed.isEmpty() && System.nanoTime() - committed > COMMIT_NANOS)) {
                passed.keySet().retainAll(consumer.assignment());
                consumer.commitSync(passed);
                passed.clear();
                committed = System.nanoTime();
            }
        }
    }

    /** Whoever begins with what comes must remember where that was, or a restart before the first commit would skip some. */
    private record Anchor(Consumer<String, byte[]> consumer) implements ConsumerRebalanceListener {
        @Override
        public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
            // what was posted is committed already
        }

        @Override
        public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
            Map<TopicPartition, OffsetAndMetadata> known = consumer.committed(new HashSet<>(partitions));
            Map<TopicPartition, OffsetAndMetadata> fresh = new HashMap<>();
            for (TopicPartition partition : partitions) {
                if (known.get(partition) == null) {
                    fresh.put(partition, new OffsetAndMetadata(consumer.position(partition)));
                }
            }
            consumer.commitSync(fresh);
        }
    }

    private void pause() {
        try {
            stopped.await(PAUSE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
