package io.mnemosyne.launcher.pipeline;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.Deque;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

import com.fasterxml.jackson.databind.JsonNode;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

import io.mnemosyne.core.Content;
import io.mnemosyne.core.Origin;
import io.mnemosyne.core.Part;
import io.mnemosyne.core.RawTurn;
import io.mnemosyne.core.Role;
import io.mnemosyne.core.ThreadKey;
import io.mnemosyne.launcher.CommandFailure;
import io.mnemosyne.launcher.client.ServiceClient;
import io.mnemosyne.launcher.stack.LocalStack;
import io.mnemosyne.launcher.stack.SharedServices;
import io.mnemosyne.schemas.serde.RegistrySchemaIds;
import io.mnemosyne.schemas.serde.RegistrySettings;
import io.mnemosyne.schemas.serde.TopicSerdes;
import io.mnemosyne.schemas.topics.TopicNames;
import io.mnemosyne.schemas.topics.TopicPurge;
import io.mnemosyne.scripted.langfuse.LangfuseStandIn;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Invariant 9 on a running stack: of a thousand credentials in turns of recorded sessions, half of them sent by REST and half
 * by a Kafka client that redacts nothing, not one is anywhere once everything is read and purged. A harmless word beside each
 * of them is found wherever content is kept, so that the search is known to find, and not where none is: in logs, metrics and
 * rejections.
 */
@ExtendWith(SharedServices.Extension.class)
class PlantedSecretsIT {
    private static final String PREFIX = "planted.";
    private static final String RAW = PREFIX + "turns.raw";
    private static final int SECRETS = 1_000;
    /** Beside those: in headers, and in records that are rejected. */
    private static final int OUTSIDE = 60;
    private static final int LARGE = 12;
    private static final String WORD = "quokkaberry7531";
    private static final Duration PATIENCE = Duration.ofMinutes(8);
    private static final TopicNames NAMES = new TopicNames(PREFIX);

    private final HttpClient http = HttpClient.newHttpClient();

    @TempDir
    Path data;

    @Test
    void shouldLeaveNoPlantedSecretAnywhere(SharedServices services) throws Exception {
        long seed = System.nanoTime();
        List<PlantedSecret> secrets = PlantedSecret.distinct(SECRETS + OUTSIDE, new Random(seed));
        Needles needles = new Needles(secrets.stream().flatMap(secret -> secret.needles().stream()).toList());
        var haystack = new Haystack(needles, new Needles(List.of(WORD)));
        List<RecordedSessions.Session> sessions = planted(RecordedSessions.medium(SECRETS),
                secrets.subList(0, SECRETS));
        LangfuseStandIn langfuse = LangfuseStandIn.start();
        LocalStack stack = LocalStack.start(services.pipeline(data, PREFIX,
                Map.of("MNEMOSYNE_POLICY_BUDGET", "8000", "MNEMOSYNE_REDACTION_PURGE_SECONDS", "1",
                        "MNEMOSYNE_LOG_FORMAT", "json", "MNEMOSYNE_LOG_LEVEL", "DEBUG",
                        "MNEMOSYNE_TRACING_LANGFUSE_URL", langfuse.url().toString(),
                        "MNEMOSYNE_TRACING_LANGFUSE_PUBLIC_KEY", LangfuseStandIn.PUBLIC_KEY,
                        "MNEMOSYNE_TRACING_LANGFUSE_SECRET_KEY", LangfuseStandIn.SECRET_KEY,
                        "MNEMOSYNE_TRACING_SPAN_TIMEOUT_SECONDS", "5")));
        try (langfuse; stack; Admin admin = Admin.create(Map.of("bootstrap.servers", stack.addresses().kafka()))) {
            // given raw topics whose files are closed soon
            closeFilesAfterASecond(admin);
            // when
            var service = new ServiceClient(URI.create(stack.addresses().service()));
            send(stack, service, sessions, secrets.subList(SECRETS, SECRETS + OUTSIDE));
            assertThat(inRawFiles(services, needles)).as("secrets in files of turns.raw before they are purged")
                    .isPositive();
            sessions.forEach(session -> settle(new ServedThread(service, session.thread()), session.turns().size()));
            searchable(service, sessions);
            await().atMost(PATIENCE).untilAsserted(() -> assertThat(unpurged(admin)).isEmpty());
            long turns = sessions.stream().mapToLong(session -> session.turns().size()).sum();
            await().atMost(PATIENCE).until(() -> langfuse.spans().size() > turns / 2);
            // then
            langfuse.spans().forEach(span -> haystack.search("spans at the backend",
                    span.name() + span.attributes() + span.otlp().getEventsList()));
            haystack.searchTopics(stack.addresses().kafka(), PREFIX);
            sessions.forEach(session -> searchRest(haystack, service, session.thread()));
            haystack.search("REST metrics", get(stack.addresses().service() + "/metrics"));
            haystack.search("REST health", get(stack.addresses().service() + "/health/ready"));
            haystack.search("index documents", documents(stack.addresses().opensearch()));
            assertCounted(get(stack.addresses().service() + "/metrics"));
            awaitNoSecretInRawFiles(services, needles);
        }
        // and when the stores are on disk, as they are after a stop
        haystack.searchFiles("files of the stores", data.resolve("state"), _ -> true);
        haystack.searchFiles("logs of the pipeline", data.resolve("logs"), _ -> true);
        haystack.searchFiles("logs of the services", services.data().resolve("logs"), _ -> true);
        haystack.searchFiles("files of OpenSearch", services.data().resolve("opensearch"), _ -> true);
        haystack.searchFiles("files of the registry", services.data().resolve("registry"), _ -> true);
        haystack.searchFiles("files of the broker", services.data().resolve("kafka"), PlantedSecretsIT::isOurs);
        haystack.searchSegments("records in files of the broker", services.data().resolve("kafka"),
                PlantedSecretsIT::isOurs);
        System.out.printf("%d secrets in %d sessions, seed %d%n%s", secrets.size(), sessions.size(), seed,
                haystack.table());
        assertFoundNothingButTheWord(haystack, secrets, seed);
    }

    private static void assertFoundNothingButTheWord(Haystack haystack, List<PlantedSecret> secrets, long seed) {
        Map<String, String> kinds = new HashMap<>();
        secrets.forEach(secret -> secret.needles().forEach(needle -> kinds.put(needle, secret.kind())));
        List<String> leaks = new ArrayList<>();
        haystack.places().forEach((place, found) -> found.secrets()
                .forEach(secret -> leaks.add(place + ": " + kinds.get(secret) + " " + secret)));
        assertThat(leaks).as("seed %d", seed).isEmpty();
        for (String place : List.of("topic planted.turns", "topic planted.objects", "topic planted.blobs",
                "topic planted.memory", "topic planted.observer.requests", "topic planted.completions",
                "topic planted.spans", "topic planted.spans.finished", "spans at the backend",
                "topic planted.context-context-turns-changelog", "REST turns", "REST objects", "REST context",
                "REST query", "index documents", "files of the stores", "files of OpenSearch",
                "records in files of the broker")) {
            assertThat(haystack.at(place).words()).as("the harmless word in %s", place).isPositive();
        }
        for (String place : List.of("logs of the pipeline", "logs of the services", "topic planted.rejected",
                "REST metrics")) {
            assertThat(haystack.at(place).words()).as("content in %s", place).isZero();
        }
        assertThat(haystack.at("logs of the pipeline").bytes()).as("bytes of logs").isPositive();
        assertThat(haystack.at("topic planted.rejected").bytes()).as("bytes of rejections").isPositive();
        assertThat(haystack.places().keySet()).contains("topic planted.turns.raw", "topic planted.commands",
                "topic planted.view", "topic __consumer_offsets");
    }

    /** The sessions with every secret in them, each in a place that fits, all kinds of places in turn. */
    private static List<RecordedSessions.Session> planted(List<RecordedSessions.Session> sessions,
            List<PlantedSecret> secrets) {
        Deque<PlantedSecret> left = new ArrayDeque<>(secrets);
        Map<Hiding, Integer> used = new EnumMap<>(Hiding.class);
        List<RecordedSessions.Session> planted = new ArrayList<>();
        for (RecordedSessions.Session session : sessions) {
            List<RawTurn> turns = new ArrayList<>();
            for (RawTurn turn : session.turns()) {
                turns.add(left.isEmpty() ? turn : hide(turn, left, used));
            }
            planted.add(new RecordedSessions.Session(session.thread(), turns, session.chars()));
        }
        assertThat(left).as("secrets without a place").isEmpty();
        assertThat(used).as("places").hasSize(Hiding.values().length);
        return planted;
    }

    private static RawTurn hide(RawTurn turn, Deque<PlantedSecret> left, Map<Hiding, Integer> used) {
        PlantedSecret secret = left.getFirst();
        Optional<RawTurn> hidden = Arrays.stream(Hiding.values())
                .filter(place -> place != Hiding.LARGE_RESULT || used.getOrDefault(place, 0) < LARGE)
                .sorted(Comparator.comparing(place -> used.getOrDefault(place, 0)))
                .flatMap(place -> place.hide(turn, WORD, secret).stream().peek(_ -> used.merge(place, 1, Integer::sum)))
                .findFirst();
        hidden.ifPresent(_ -> left.removeFirst());
        return hidden.orElse(turn);
    }

    /** Every second session by REST, the others as a client writes them that knows nothing of redaction. */
    private static void send(LocalStack stack, ServiceClient service, List<RecordedSessions.Session> sessions,
            List<PlantedSecret> outside) throws Exception {
        try (var ids = new RegistrySchemaIds(RegistrySettings.of(stack.addresses().registry()));
                var producer = new KafkaProducer<>(Map.<String, Object>of("bootstrap.servers",
                        stack.addresses().kafka(), "max.request.size", 16 << 20), new StringSerializer(),
                        new ByteArraySerializer())) {
            var turns = new TopicSerdes(ids, NAMES).rawTurns().serializer();
            for (int i = 0; i < sessions.size(); i++) {
                RecordedSessions.Session session = sessions.get(i);
                if (i % 2 == 0) {
                    new ServedThread(service, session.thread()).post(session.turns());
                } else {
                    session.turns().forEach(turn -> producer.send(new ProducerRecord<>(RAW,
                            session.thread().toString(), turns.serialize(RAW, turn))));
                }
            }
            for (PlantedSecret secret : outside) {
                RawTurn turn = new RawTurn("", Role.USER, List.of(new Part.Text(Content.of(secret.written()))),
                        Origin.UNKNOWN);
                producer.send(withHeader(secret, "default/invalid", turns.serialize(RAW, turn)));
                producer.send(withHeader(secret, "default/unreadable", secret.written().getBytes(UTF_8)));
                producer.send(withHeader(secret, "no thread", secret.written().getBytes(UTF_8)));
            }
            producer.flush();
        }
    }

    private static ProducerRecord<String, byte[]> withHeader(PlantedSecret secret, String key, byte[] value) {
        var record = new ProducerRecord<>(RAW, key, value);
        record.headers().add("authorization", secret.written().getBytes(UTF_8));
        return record;
    }

    /** Waits until all turns of a thread are applied and its numbers stay the same for a while. */
    private static void settle(ServedThread served, int turns) {
        List<JsonNode> seen = new ArrayList<>();
        await().atMost(PATIENCE).pollInterval(Duration.ofMillis(150))
                .ignoreExceptionsInstanceOf(CommandFailure.class).until(() -> {
                    seen.add(served.stats());
                    int last = seen.size() - 1;
                    return seen.get(last).path("turns").asInt() == turns && last >= 2
                            && seen.subList(last - 2, last).stream().allMatch(seen.get(last)::equals);
                });
    }

    private static void searchable(ServiceClient service, List<RecordedSessions.Session> sessions) {
        sessions.forEach(session -> await().atMost(PATIENCE).until(() -> {
            String position = service.tell(session.thread(), "/pin", "{\"seq\": 0}").json().path("position").asText();
            return service.tell(session.thread(), "/query", "{\"question\": \"Where was " + WORD
                    + "?\", \"wait\": 30000, \"after\": \"" + position + "\"}").json();
        }, answer -> answer.path("indexed").asBoolean()));
    }

    private static void searchRest(Haystack haystack, ServiceClient service, ThreadKey thread) {
        for (String format : List.of("json", "markdown", "anthropic")) {
            haystack.search("REST context", service.get(thread, "/context?format=" + format).body());
        }
        for (String path : List.of("observations", "state", "stats")) {
            haystack.search("REST " + path, service.get(thread, "/" + path).body());
        }
        for (String format : List.of("json", "dot")) {
            haystack.search("REST graph", service.get(thread, "/graph?format=" + format).body());
        }
        haystack.search("REST turns", String.join("\n", new ServedThread(service, thread).turns()));
        haystack.search("REST turns", service.get(thread, "/turns?limit=1000").body());
        ServiceClient.Answer objects = service.get(thread, "/objects?limit=1000");
        haystack.search("REST objects", objects.body());
        objects.json().path("objects").forEach(object -> haystack.search("REST objects",
                service.get(thread, "/objects/" + object.path("id").asText()).body()));
        haystack.search("REST query", service.tell(thread, "/query",
                "{\"question\": \"Where was " + WORD + " with the token and password?\", \"k\": 50}").body());
    }

    private static void closeFilesAfterASecond(Admin admin) throws Exception {
        Map<ConfigResource, Collection<AlterConfigOp>> changes = new HashMap<>();
        TopicPurge.topics().forEach(topic -> changes.put(
                new ConfigResource(ConfigResource.Type.TOPIC, NAMES.of(topic)),
                List.of(new AlterConfigOp(new ConfigEntry(TopicConfig.SEGMENT_MS_CONFIG, "1000"),
                        AlterConfigOp.OpType.SET))));
        admin.incrementalAlterConfigs(changes).all().get();
    }

    /** Partitions of topics that ingest reads which still have records. */
    private static List<TopicPartition> unpurged(Admin admin) throws Exception {
        List<TopicPartition> unpurged = new ArrayList<>();
        for (String topic : List.of("turns.raw", "commands")) {
            for (int partition = 0; partition < 6; partition++) {
                TopicPartition one = new TopicPartition(PREFIX + topic, partition);
                long start = admin.listOffsets(Map.of(one, OffsetSpec.earliest())).partitionResult(one).get().offset();
                if (start < admin.listOffsets(Map.of(one, OffsetSpec.latest())).partitionResult(one).get().offset()) {
                    unpurged.add(one);
                }
            }
        }
        return unpurged;
    }

    private static void awaitNoSecretInRawFiles(SharedServices services, Needles needles) {
        long begin = System.nanoTime();
        await().atMost(PATIENCE).pollInterval(Duration.ofSeconds(1)).until(() -> inRawFiles(services, needles) == 0);
        System.out.printf("no secret in files of turns.raw %.0f s after all else was read%n",
                (System.nanoTime() - begin) / 1e9);
    }

    private static int inRawFiles(SharedServices services, Needles needles) throws IOException {
        var raw = new Haystack(needles, needles);
        raw.searchSegments("raw", services.data().resolve("kafka"),
                file -> isOurs(file) && file.toString().contains("turns.raw"));
        return raw.at("raw").secrets().size();
    }

    /** Indices hold offsets and times, and megabytes of nothing. */
    private static boolean isOurs(Path file) {
        String path = file.toString();
        return (path.contains("/" + PREFIX) || path.contains("/__")) && !path.endsWith("index");
    }

    private static void assertCounted(String metrics) {
        assertThat(metrics).containsPattern("mnemosyne_redacted_total\\{door=\"rest\",rule=\"github\",tenant=.* [1-9]")
                .containsPattern("mnemosyne_redacted_total\\{door=\"ingest\",rule=\"github\",tenant=.* [1-9]")
                .containsPattern("mnemosyne_purged_records_total\\{topic=\"turns.raw\"} [1-9]");
    }

    private String documents(String opensearch) throws IOException, InterruptedException {
        send(opensearch + "/" + PREFIX + "mnemosyne/_refresh", "");
        StringBuilder documents = new StringBuilder();
        JsonNode page = json(send(opensearch + "/" + PREFIX + "mnemosyne/_search?scroll=1m", "{\"size\": 1000}"));
        while (!page.at("/hits/hits").isEmpty()) {
            documents.append(page.at("/hits/hits"));
            page = json(send(opensearch + "/_search/scroll",
                    "{\"scroll\": \"1m\", \"scroll_id\": \"" + page.path("_scroll_id").asText() + "\"}"));
        }
        return documents.toString();
    }

    private static JsonNode json(String body) {
        return new ServiceClient.Answer(200, body, Optional.empty()).json();
    }

    private String send(String url, String body) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(url)).header("content-type", "application/json")
                .POST(BodyPublishers.ofString(body)).build();
        return http.send(request, BodyHandlers.ofString()).body();
    }

    private String get(String url) throws IOException, InterruptedException {
        return http.send(HttpRequest.newBuilder(URI.create(url)).build(), BodyHandlers.ofString()).body();
    }
}
