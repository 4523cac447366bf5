package io.mnemosyne.launcher.pipeline;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import io.mnemosyne.launcher.stack.SharedServices;
import io.mnemosyne.schemas.topics.TopicAdmin;
import io.mnemosyne.schemas.topics.TopicNames;
import io.mnemosyne.schemas.topics.TopicPurge;
import io.mnemosyne.schemas.topics.Topics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** What the janitor takes out of the topics of a real broker, and what it leaves. */
@ExtendWith(SharedServices.Extension.class)
class JanitorIT {
    private static final Duration INTERVAL = Duration.ofMillis(50);
    private static final AtomicInteger TESTS = new AtomicInteger();

    private final MeterRegistry metrics = new SimpleMeterRegistry();
    private final TopicNames names = new TopicNames("janitor" + TESTS.incrementAndGet() + ".");
    private Map<String, Object> connection;
    private Admin admin;

    @BeforeEach
    void connect(SharedServices services) {
        connection = Map.of("bootstrap.servers", services.addresses().kafka());
        admin = Admin.create(connection);
        TopicAdmin.ensure(admin, names);
    }

    @AfterEach
    void close() {
        admin.close();
    }

    @Test
    void shouldDeleteWhatIngestHasCommittedAndNothingElse() throws Exception {
        // given three partitions of which one is read in part, one to its end and one not at all
        TopicPartition part = produce("turns.raw", 0, 10);
        TopicPartition whole = produce("turns.raw", 1, 10);
        TopicPartition unread = produce("turns.raw", 2, 10);
        TopicPartition commands = produce("commands", 0, 10);
        TopicPartition turns = produce("turns", 0, 10);
        commit("ingest", Map.of(part, 4L, whole, 10L, commands, 3L));
        commit("observer", Map.of(unread, 9L, turns, 10L));
        // when
        try (Janitor _ = janitor(TopicPurge.connect(connection, names))) {
            await().untilAsserted(() -> assertThat(start(commands)).isEqualTo(3));
            // then
            assertThat(start(part)).isEqualTo(4);
            assertThat(start(whole)).isEqualTo(10);
            await().untilAsserted(() -> assertThat(purged("turns.raw")).isEqualTo(14));
            // and when ingest goes on
            commit("ingest", Map.of(part, 9L));
            await().untilAsserted(() -> assertThat(purged("turns.raw")).isEqualTo(19));
            assertThat(start(part)).isEqualTo(9);
        }
        assertThat(start(unread)).isZero();
        assertThat(start(turns)).isZero();
    }

    @Test
    void shouldDeleteNothingThatAnEarlierTopicOfTheSameNameHadBeenReadUpTo() throws Exception {
        // given a reader that is known to be further than the topic reaches
        TopicPartition again = produce("turns.raw", 0, 10);
        TopicPartition other = produce("commands", 0, 10);
        commit("ingest", Map.of(again, 5_000L, other, 10L));
        // when
        try (Janitor _ = janitor(TopicPurge.connect(connection, names))) {
            await().untilAsserted(() -> assertThat(start(other)).isEqualTo(10));
        }
        // then
        assertThat(start(again)).isZero();
    }

    @Test
    void shouldGoOnWhenTheBrokerIsBack() throws Exception {
        // given a broker that does not answer for two rounds, in which each topic is asked for
        AtomicInteger calls = new AtomicInteger();
        TopicPartition partition = produce("turns.raw", 0, 10);
        commit("ingest", Map.of(partition, 7L));
        // when
        try (Janitor _ = janitor(new TopicPurge(away(Admin.create(connection), calls, 4), MockProducer::new, names))) {
            // then
            await().untilAsserted(() -> assertThat(start(partition)).isEqualTo(7));
        }
        assertThat(metrics.get("mnemosyne.purge.failures").counter().count()).isEqualTo(2);
    }

    @Test
    void shouldLetTheBytesOfDeletedRecordsLeaveTheDiskAlsoWhereNothingIsWrittenAnyMore(SharedServices services)
            throws Exception {
        // given files that may be open for a moment, of a partition that is read and of one that is not
        admin.incrementalAlterConfigs(Map.of(new ConfigResource(ConfigResource.Type.TOPIC, names.of(Topics.TURNS_RAW)),
                List.of(new AlterConfigOp(new ConfigEntry(TopicConfig.SEGMENT_MS_CONFIG, "200"),
                        AlterConfigOp.OpType.SET))))
                .all().get();
        TopicPartition read = produce("turns.raw", 0, 10);
        TopicPartition unread = produce("turns.raw", 1, 10);
        commit("ingest", Map.of(read, 10L));
        assertThat(onDisk(services, read)).isTrue();
        // when
        try (Janitor _ = janitor(TopicPurge.connect(connection, names))) {
            // then
            await().atMost(Duration.ofMinutes(2)).until(() -> !onDisk(services, read));
            assertThat(onDisk(services, unread)).isTrue();
            // and a reader of committed records has seen nothing of it
            commit("ingest", Map.of(read, 12L));
            await().untilAsserted(() -> assertThat(start(read)).isEqualTo(12));
            assertThat(admin.listOffsets(Map.of(read, OffsetSpec.latest())).partitionResult(read).get().offset())
                    .isEqualTo(12);
        }
    }

    /** Whether a record is in a file of a partition. */
    private static boolean onDisk(SharedServices services, TopicPartition partition) throws IOException {
        Needles needles = new Needles(List.of("the value of record 7"));
        Haystack haystack = new Haystack(needles, needles);
        haystack.searchFiles("files", services.data().resolve("kafka"),
                file -> file.toString().contains("/" + partition) && !file.toString().endsWith("index"));
        return haystack.at("files").words() > 0;
    }

    private Janitor janitor(TopicPurge purge) {
        return Janitor.start(purge, INTERVAL, metrics);
    }

    private TopicPartition produce(String topic, int partition, int count) throws Exception {
        try (var producer = new KafkaProducer<>(connection, new StringSerializer(), new StringSerializer())) {
            for (int i = 0; i < count; i++) {
                producer.send(
                        new ProducerRecord<>(names.prefix() + topic, partition, "key", "the value of record " + i))
                        .get();
            }
        }
        return new TopicPartition(names.prefix() + topic, partition);
    }

    private void commit(String stage, Map<TopicPartition, Long> offsets) throws Exception {
        for (Map.Entry<TopicPartition, Long> offset : offsets.entrySet()) {
            admin.alterConsumerGroupOffsets(names.prefix() + stage,
                    Map.of(offset.getKey(), new OffsetAndMetadata(offset.getValue()))).all().get();
        }
    }

    private long start(TopicPartition partition) throws Exception {
        return admin.listOffsets(Map.of(partition, OffsetSpec.earliest())).partitionResult(partition).get().offset();
    }

    private double purged(String topic) {
        return metrics.find("mnemosyne.purged.records").tag("topic", topic).counters().stream()
                .mapToDouble(Counter::count).sum();
    }

    /** A client whose first requests find nobody. */
    private static Admin away(Admin admin, AtomicInteger calls, int times) {
        return (Admin) Proxy.newProxyInstance(JanitorIT.class.getClassLoader(), new Class<?>[]{Admin.class},
                (_, method, arguments) -> {
                    if (method.getName().equals("listConsumerGroupOffsets") && calls.incrementAndGet() <= times) {
                        throw new TimeoutException("nobody answers");
                    }
                    try {
                        return method.invoke(admin, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }
}
