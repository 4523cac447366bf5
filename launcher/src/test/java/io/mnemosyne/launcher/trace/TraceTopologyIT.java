package io.mnemosyne.launcher.trace;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Random;
import java.util.Set;

import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.KafkaStreams;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

import io.mnemosyne.core.ThreadKey;
import io.mnemosyne.core.redact.TenantRedactors;
import io.mnemosyne.core.trace.JoinTimes;
import io.mnemosyne.core.trace.Outcome;
import io.mnemosyne.core.trace.Place;
import io.mnemosyne.core.trace.PlacedSpan;
import io.mnemosyne.core.trace.Span;
import io.mnemosyne.core.trace.SpanEvent;
import io.mnemosyne.core.trace.SpanEvent.Target;
import io.mnemosyne.core.trace.SpanFacts;
import io.mnemosyne.core.trace.SpanId;
import io.mnemosyne.core.trace.SpanRecord;
import io.mnemosyne.core.trace.SpanType;
import io.mnemosyne.core.trace.TraceIds;
import io.mnemosyne.launcher.stack.SharedServices;
import io.mnemosyne.schemas.serde.RegistrySchemaIds;
import io.mnemosyne.schemas.serde.RegistrySettings;
import io.mnemosyne.schemas.serde.TopicSerdes;
import io.mnemosyne.schemas.streams.StreamsSettings;
import io.mnemosyne.schemas.topics.ThreadPartitioner;
import io.mnemosyne.schemas.topics.Topic;
import io.mnemosyne.schemas.topics.TopicAdmin;
import io.mnemosyne.schemas.topics.TopicNames;
import io.mnemosyne.schemas.topics.Topics;
import io.mnemosyne.trace.TraceTopology;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** The topology of the trace sink on a real broker, over all of its partitions. */
@ExtendWith(SharedServices.Extension.class)
class TraceTopologyIT {
    private static final TopicNames NAMES = new TopicNames("traces.");
    private static final ThreadKey ROOT = new ThreadKey("acme", "root");
    private static final Instant AT = Instant.parse("2026-01-01T08:00:00Z");
    private static final int BRANCHES = 60;
    private static final int STEPS = 20;

    @TempDir
    private Path dir;

    @Test
    void shouldPlaceASwarmWhoseRootComesLastThoughItsDiskWasLostInTheMiddle(SharedServices services) throws Exception {
        // given
        Map<String, Object> kafka = Map.of("bootstrap.servers", services.addresses().kafka());
        try (var ids = new RegistrySchemaIds(RegistrySettings.of(services.addresses().registry()));
                Admin admin = Admin.create(kafka);
                var consumer = new KafkaConsumer<>(reader(kafka), new StringDeserializer(),
                        serdes(ids).finishedSpans().deserializer());
                var own = writer(kafka, serdes(ids).spans().serializer());
                var agents = writer(kafka, serdes(ids).rawSpans().serializer())) {
            ids.registerAll(NAMES);
            TopicAdmin.ensure(admin, NAMES);
            consumer.subscribe(List.of(NAMES.of(Topics.SPANS_FINISHED)));
            List<SpanEvent> links = new ArrayList<>();
            List<SpanEvent> steps = new ArrayList<>();
            Map<SpanId, Optional<SpanId>> parents = new HashMap<>();
            grow(links, steps, parents);
            Collections.shuffle(links, new Random(1));
            Collections.shuffle(steps, new Random(2));
            // when
            try (KafkaStreams first = start(services, serdes(ids), "first")) {
                tell(own, Topics.SPANS, links);
                tell(own, Topics.SPANS, steps.subList(0, steps.size() / 3));
                tell(agents, Topics.SPANS_RAW, steps.subList(steps.size() / 3, steps.size()));
                await().atMost(Duration.ofMinutes(1)).until(() -> hasRead(admin, Topics.SPANS_RAW));
                assertThat(first.state()).isEqualTo(KafkaStreams.State.RUNNING);
            }
            try (KafkaStreams second = start(services, serdes(ids), "second")) {
                SpanId run = TraceIds.runSpan(ROOT, 0, 0);
                parents.put(run, Optional.empty());
                tell(own, Topics.SPANS, List.of(
                        new SpanEvent.Linked("root", 0, 0,
                                new Target.ToTrace(TraceIds.run(ROOT, 0, 0), Optional.empty())),
                        step("root", run)));
                // then
                Map<SpanId, Optional<SpanId>> found = new HashMap<>();
                Set<String> traces = new HashSet<>();
                await().atMost(Duration.ofMinutes(2)).until(() -> {
                    for (ConsumerRecord<String, PlacedSpan> record : consumer.poll(Duration.ofMillis(200))) {
                        traces.add(record.key() + " " + record.value().span().facts().session().orElse("none"));
                        assertThat(found.put(record.value().span().id(), record.value().parent())).isNull();
                    }
                    return found.size() >= parents.size();
                });
                assertThat(found).isEqualTo(parents);
                assertThat(traces).containsExactly("acme/" + TraceIds.run(ROOT, 0, 0) + " root");
                assertThat(second.state()).isEqualTo(KafkaStreams.State.RUNNING);
            }
        }
    }

    private static void grow(List<SpanEvent> links, List<SpanEvent> steps, Map<SpanId, Optional<SpanId>> parents) {
        for (int branch = 0; branch < BRANCHES; branch++) {
            ThreadKey thread = new ThreadKey("acme", "agent-" + branch);
            ThreadKey above = branch < 6 ? ROOT : new ThreadKey("acme", "agent-" + branch / 6);
            String call = "call-" + branch;
            links.add(new SpanEvent.Linked(thread.thread(), 0, 0,
                    new Target.ToTurn(above.thread(), 0, Optional.of(call))));
            SpanId run = TraceIds.runSpan(thread, 0, 0);
            steps.add(step(thread.thread(), run));
            parents.put(run, Optional.of(TraceIds.tool(above, 0, 0, call)));
            for (int i = 0; i < STEPS; i++) {
                SpanId id = TraceIds.step("test", thread, 0, "step-" + i);
                steps.add(step(thread.thread(), id));
                parents.put(id, Optional.of(run));
            }
        }
    }

    private static SpanEvent step(String thread, SpanId id) {
        return new SpanEvent.Finished(new Place.AtTurn(thread, 0, 0, Optional.empty()),
                new Span(id, SpanType.SPAN, "step", AT, AT.plusSeconds(1), Outcome.SUCCESS, SpanFacts.NONE));
    }

    private KafkaStreams start(SharedServices services, TopicSerdes serdes, String state) {
        Properties settings = new StreamsSettings(TraceTopology.STAGE, NAMES, services.addresses().kafka(),
                dir.resolve(state)).properties();
        KafkaStreams streams = new KafkaStreams(new TraceTopology(serdes, NAMES,
                new TenantRedactors("key".getBytes(UTF_8)), JoinTimes.STANDARD).get(), settings);
        streams.start();
        await().atMost(Duration.ofMinutes(2)).until(() -> streams.state() == KafkaStreams.State.RUNNING);
        return streams;
    }

    private static boolean hasRead(Admin admin, Topic topic) throws Exception {
        return admin.listConsumerGroupOffsets(NAMES.applicationId(TraceTopology.STAGE))
                .partitionsToOffsetAndMetadata().get().entrySet().stream()
                .filter(partition -> partition.getKey().topic().equals(NAMES.of(topic)))
                .mapToLong(partition -> partition.getValue().offset()).sum() >= STEPS * BRANCHES * 2 / 3;
    }

    private static void tell(KafkaProducer<String, SpanRecord> producer, Topic topic, List<SpanEvent> events) {
        events.forEach(event -> {
            SpanRecord told = new SpanRecord("acme", event);
            producer.send(new ProducerRecord<>(NAMES.of(topic), told.key(), told));
        });
        producer.flush();
    }

    private static KafkaProducer<String, SpanRecord> writer(Map<String, Object> kafka,
            Serializer<SpanRecord> values) {
        Map<String, Object> settings = new HashMap<>(kafka);
        settings.put("partitioner.class", ThreadPartitioner.class);
        return new KafkaProducer<>(settings, new StringSerializer(), values);
    }

    private static Map<String, Object> reader(Map<String, Object> kafka) {
        Map<String, Object> settings = new HashMap<>(kafka);
        settings.put("group.id", "traces-test");
        settings.put("auto.offset.reset", "earliest");
        settings.put("isolation.level", "read_committed");
        return settings;
    }

    private static TopicSerdes serdes(RegistrySchemaIds ids) {
        return new TopicSerdes(ids, NAMES);
    }
}
