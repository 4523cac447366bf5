package io.mnemosyne.launcher.up;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.MemberDescription;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

import io.mnemosyne.core.Content;
import io.mnemosyne.core.Part;
import io.mnemosyne.core.Rendition;
import io.mnemosyne.core.Role;
import io.mnemosyne.core.SeqRange;
import io.mnemosyne.core.ThreadKey;
import io.mnemosyne.core.WorkerRequest;
import io.mnemosyne.core.observe.ObservationRequest;
import io.mnemosyne.core.observe.ObservationRequest.Priority;
import io.mnemosyne.launcher.Main;
import io.mnemosyne.launcher.pipeline.Answers;
import io.mnemosyne.launcher.stack.RunLayout;
import io.mnemosyne.launcher.stack.SharedServices;
import io.mnemosyne.schemas.serde.RegistrySchemaIds;
import io.mnemosyne.schemas.serde.RegistrySettings;
import io.mnemosyne.schemas.serde.TopicSerdes;
import io.mnemosyne.schemas.topics.ThreadPartitioner;
import io.mnemosyne.schemas.topics.TopicNames;
import io.mnemosyne.schemas.topics.Topics;
import io.mnemosyne.scripted.ScriptedBrain;
import io.mnemosyne.scripted.ScriptedModels;
import io.mnemosyne.scripted.ScriptedRequest;
import io.mnemosyne.scripted.Wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** {@code mnemosyne worker} as a process. */
@ExtendWith(SharedServices.Extension.class)
class WorkerIT {
    private static final String PREFIX = "worker-it.";
    private static final String KILLED = "worker-killed.";
    private static final int REQUESTS = 30;
    private static final int IN_FLIGHT = 4;
    private static final Duration CALL = Duration.ofMillis(250);
    /** What the system says of a process that SIGTERM has ended. */
    private static final int TERMINATED = 143;

    @TempDir
    Path directory;

    @Test
    void shouldLeaveItsRequestsToOthersAtOnceWhenItIsToldToStop(SharedServices services) throws Exception {
        // given a worker that has joined
        Path log = directory.resolve("worker.log");
        Process worker = start(services, PREFIX, log, Map.of());
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", services.addresses().kafka()))) {
            awaitPartitions(admin, PREFIX, log);
            // when
            worker.destroy();
            boolean ended = worker.waitFor(30, TimeUnit.SECONDS);
            // then it has said goodbye, for which the group of a killed one waits until its session is over
            assertThat(ended).isTrue();
            assertThat(members(admin, PREFIX)).isEmpty();
            assertThat(worker.exitValue()).isEqualTo(TERMINATED);
            assertThat(Files.readString(log)).contains("worker runs").doesNotContain("ERROR", "Exception");
        } finally {
            worker.destroyForcibly();
        }
    }

    @Test
    void shouldNotPayAgainForWhatIsRecordedWhenItIsKilled(SharedServices services) throws Exception {
        // given a worker that calls a model for many requests
        Map<Integer, AtomicInteger> calls = new ConcurrentHashMap<>();
        try (ScriptedModels provider = ScriptedModels.start(request -> {
            calls.computeIfAbsent(number(request), _ -> new AtomicInteger()).incrementAndGet();
            return ScriptedBrain.behave(request).slowly(CALL, Duration.ZERO);
        }); Admin admin = Admin.create(Map.of("bootstrap.servers", services.addresses().kafka()))) {
            Map<String, String> models = Map.of("MNEMOSYNE_MODELS_OBSERVER", "anthropic:scripted",
                    "MNEMOSYNE_ANTHROPIC_BASE_URL", provider.url(Wire.ANTHROPIC).toString(),
                    "MNEMOSYNE_ANTHROPIC_API_KEY", "k", "MNEMOSYNE_ANTHROPIC_MAX_IN_FLIGHT",
                    Integer.toString(IN_FLIGHT));
            Process killed = start(services, KILLED, directory.resolve("killed.log"), models);
            Process successor = null;
            try {
                awaitPartitions(admin, KILLED, directory.resolve("killed.log"));
                ask(services);
                await("calls").atMost(Duration.ofSeconds(60)).until(() -> calls.size() > REQUESTS / 3);
                // when
                killed.destroyForcibly().waitFor();
                Set<Integer> answered = answered(services);
                successor = start(services, KILLED, directory.resolve("successor.log"), models);
                // then everything is answered, nothing that had an answer was called again, and only calls under way were
                await("all answers").atMost(Duration.ofSeconds(90))
                        .until(() -> answered(services).size() == REQUESTS);
                assertThat(answered).isNotEmpty().allMatch(number -> calls.get(number).get() == 1);
                int made = calls.values().stream().mapToInt(AtomicInteger::get).sum();
                assertThat(made).isBetween(REQUESTS, REQUESTS + IN_FLIGHT);
                System.out.printf("%d requests, %d answered before the kill, %d calls%n", REQUESTS, answered.size(),
                        made);
            } finally {
                killed.destroyForcibly();
                if (successor != null) {
                    successor.destroyForcibly();
                }
            }
        }
    }

    private static Process start(SharedServices services, String prefix, Path log, Map<String, String> settings)
            throws IOException {
        ProcessBuilder builder = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx384m", "-XX:+UseSerialGC",
                "--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow", "-cp",
                RunLayout.find().agent().resolveSibling("*").toString(), Main.class.getName(), "worker", "--kafka",
                services.addresses().kafka(), "--registry", services.addresses().registry())
                .redirectErrorStream(true).redirectOutput(log.toFile());
        builder.environment().put("MNEMOSYNE_KAFKA_TOPIC_PREFIX", prefix);
        builder.environment().putAll(settings);
        return builder.start();
    }

    private static void ask(SharedServices services) throws Exception {
        TopicNames names = new TopicNames(KILLED);
        String topic = names.of(Topics.OBSERVER_REQUESTS);
        try (RegistrySchemaIds ids = new RegistrySchemaIds(
                RegistrySettings.of(services.addresses().registry()));
                var producer = new KafkaProducer<>(Map.of("bootstrap.servers", services.addresses().kafka(),
                        "partitioner.class", ThreadPartitioner.class.getName()), new StringSerializer(),
                        new ByteArraySerializer())) {
            var serializer = new TopicSerdes(ids, names).observationRequests().serializer();
            for (int i = 0; i < REQUESTS; i++) {
                ObservationRequest request = request(i);
                producer.send(new ProducerRecord<>(topic, request.thread().toString(),
                        serializer.serialize(topic, new WorkerRequest.Ask<>(request))));
            }
        }
    }

    private static ObservationRequest request(int number) {
        return new ObservationRequest("%032x".formatted(number), new ThreadKey("default", "t" + number), 0,
                new SeqRange(0, 0), 1, Instant.now().plusSeconds(600), Priority.NORMAL, "",
                List.of(new Rendition(0, Role.USER, Optional.empty(), 20,
                        List.of(new Part.Text(Content.of("This is request %d.".formatted(number)))))));
    }

    private static int number(ScriptedRequest request) {
        Matcher number = Pattern.compile("This is request (\\d+)\\.").matcher(request.lastText());
        assertThat(number.find()).isTrue();
        return Integer.parseInt(number.group(1));
    }

    private static Set<Integer> answered(SharedServices services) throws Exception {
        return Answers.read(services.addresses(), KILLED).stream()
                .map(result -> Integer.parseInt(result.thread().thread().substring(1))).collect(Collectors.toSet());
    }

    private static void awaitPartitions(Admin admin, String prefix, Path log) {
        await("a worker with partitions, see " + log).atMost(Duration.ofSeconds(60)).ignoreExceptions()
                .until(() -> members(admin, prefix).stream()
                        .anyMatch(member -> !member.assignment().topicPartitions().isEmpty()));
    }

    private static Collection<MemberDescription> members(Admin admin, String prefix) throws Exception {
        String group = prefix + "worker";
        return admin.describeConsumerGroups(List.of(group)).all().get().get(group).members();
    }
}
