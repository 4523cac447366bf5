package io.mnemosyne.launcher.pipeline;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

import io.mnemosyne.core.Content;
import io.mnemosyne.core.Origin;
import io.mnemosyne.core.Part;
import io.mnemosyne.core.RawTurn;
import io.mnemosyne.core.Role;
import io.mnemosyne.core.ThreadKey;
import io.mnemosyne.core.transcript.TurnJson;
import io.mnemosyne.launcher.CommandFailure;
import io.mnemosyne.launcher.Main;
import io.mnemosyne.launcher.Readme;
import io.mnemosyne.launcher.client.ServiceClient;
import io.mnemosyne.launcher.stack.Component;
import io.mnemosyne.launcher.stack.LocalStack;
import io.mnemosyne.launcher.stack.SharedServices;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** The whole pipeline on a broker, a registry and an OpenSearch that run already, as {@code up --kafka ...} uses them. */
@ExtendWith(SharedServices.Extension.class)
class PipelineIT {
    private static final long BUDGET = 16_000;

    @TempDir
    static Path data;
    private static LocalStack stack;
    private static ServiceClient service;

    @BeforeAll
    static void start(SharedServices services) {
        stack = LocalStack
                .start(services.pipeline(data, "", Map.of("MNEMOSYNE_POLICY_BUDGET", Long.toString(BUDGET))));
        service = new ServiceClient(URI.create(stack.addresses().service()));
    }

    @AfterAll
    static void stop() {
        stack.close();
    }

    @Test
    void shouldSayThatEveryPartIsReady() throws Exception {
        assertThat(run("curl -s http://127.0.0.1:8080/health/ready")).contains("ingest", "observer", "reflector",
                "context", "worker");
    }

    @Test
    void shouldStartNothingButThePipelineWhereAllServicesExist(SharedServices services) {
        assertThat(Stream.of(Component.values()).filter(component -> stack.process(component).isPresent()))
                .containsExactly(Component.PIPELINE);
        assertThat(stack.addresses().kafka()).isEqualTo(services.addresses().kafka());
    }

    @Test
    void shouldServeEveryRecordedTurnByteForByteUnderTheCeiling() throws Exception {
        // given
        List<RecordedSessions.Session> sessions = RecordedSessions.large();
        System.out.printf("%-60s %6s %10s %10s %10s %6s %6s%n", "session", "turns", "tokens in", "in view", "reduction",
                "obs", "refl");
        // when all of them are sent before the first is looked at
        Map<ThreadKey, String> positions = new HashMap<>();
        for (RecordedSessions.Session session : sessions) {
            positions.put(session.thread(), new ServedThread(service, session.thread()).post(session.turns()));
        }
        for (RecordedSessions.Session session : sessions) {
            var served = new ServedThread(service, session.thread());
            served.contextAfter(positions.get(session.thread()));
            JsonNode stats = settled(served);
            JsonNode context = service.get(session.thread(), "/context").json();

            // then
            assertThat(served.turns()).isEqualTo(session.turns().stream().map(TurnJson::write).toList());
            assertThat(context.path("tokens").asLong()).isLessThanOrEqualTo(BUDGET);
            ServedThread.assertEverySeqHasOneBaseForm(context);
            long in = stats.path("tokensIn").asLong();
            long view = context.path("tokens").asLong();
            System.out.printf(Locale.ROOT, "%-60s %6d %10d %10d %9.1f%% %6d %6d%n", session.thread(),
                    session.turns().size(), in, view, 100.0 * (in - view) / in, stats.path("observations").asLong(),
                    stats.path("reflections").asLong());
            assertThat(stats.path("violations").asLong()).isZero();
        }
        System.out.printf("%d sessions checked%n", sessions.size());
    }

    @Test
    void shouldOrderTwoProducersOfOneThreadWithoutGapOrDouble() throws Exception {
        // given
        ThreadKey thread = new ThreadKey("default", "two-producers");
        var served = new ServedThread(service, thread);
        List<RawTurn> both = turns("both", 40);

        // when each of them sends its own turns, and all of the shared ones too
        try (ExecutorService producers = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<String>> positions = new ArrayList<>();
            for (String name : List.of("a", "b")) {
                List<RawTurn> own = new ArrayList<>(turns(name, 60));
                own.addAll(both);
                positions.add(producers.submit(() -> served.post(own)));
            }
            for (Future<String> position : positions) {
                served.contextAfter(position.get());
            }
        }

        // then
        List<String> ids = new ArrayList<>();
        service.get(thread, "/turns?limit=1000").json().path("turns").forEach(turn -> {
            assertThat(turn.path("seq").asInt()).isEqualTo(ids.size());
            ids.add(turn.path("id").asText());
        });
        assertThat(ids).doesNotHaveDuplicates().hasSize(160);
        assertThat(ids.stream().filter(id -> id.startsWith("a-"))).isSorted();
    }

    @Test
    void shouldShowAWriterEvenADuplicateOnceItIsApplied() {
        // given
        var served = new ServedThread(service, new ThreadKey("default", "own-writes"));
        served.contextAfter(served.post(turns("t", 3)));

        // when
        JsonNode context = served.contextAfter(served.post(turns("t", 3)));

        // then
        assertThat(context.path("turns").asInt()).isEqualTo(3);
    }

    @Test
    void shouldForgetADeletedThreadAndStartItAnew() {
        // given
        ThreadKey thread = new ThreadKey("default", "deleted");
        var served = new ServedThread(service, thread);
        served.contextAfter(served.post(turns("before", 5)));

        // when
        service.delete(thread);
        JsonNode again = served.contextAfter(served.post(turns("after", 2)));

        // then
        assertThat(again.path("turns").asInt()).isEqualTo(2);
        assertThat(again.path("incarnation").asInt()).isEqualTo(1);
        assertThat(served.turns()).allMatch(line -> line.contains("after-"));
    }

    @Test
    void shouldTakeATurnOfAnyKafkaClientAndNameWhatItCannotRead() throws Exception {
        // given a client that knows Kafka, Avro and the registry, but nothing of this project
        ThreadKey thread = new ThreadKey("default", "foreign");
        try (var client = new ForeignClient(stack.addresses())) {
            // when
            RecordMetadata home = client.send(thread.toString(),
                    client.turn("f-1", "USER", "on the partition of its thread"));
            client.send(thread.toString(), "no Avro at all".getBytes(StandardCharsets.UTF_8));
            client.send(thread.toString(),
                    ForeignClient.withSchemaId(987_654, client.turn("f-2", "USER", "unregistered")));
            client.sendToPartitionBehind(home, thread.toString(), client.turn("f-3", "USER", "on another partition"));

            // then
            await().atMost(Duration.ofSeconds(30)).ignoreExceptionsInstanceOf(CommandFailure.class)
                    .untilAsserted(() -> assertThat(
                            service.get(thread, "/context?format=markdown").body())
                            .contains("on the partition of its thread", "on another partition")
                            .doesNotContain("unregistered"));
            assertThat(client.rejections(2)).satisfiesExactlyInAnyOrder(
                    rejection -> assertThat(rejection).contains(thread.toString(), "0x6e instead of 0x00")
                            .doesNotContain("no Avro at all"),
                    rejection -> assertThat(rejection).contains(thread.toString(), "no schema with the id 987654")
                            .doesNotContain("unregistered"));
        }
    }

    @Test
    void shouldMeasureHowSoonATurnIsInItsContext() {
        // given
        StringWriter out = new StringWriter();

        // when
        int exitCode = Main.commandLine().setOut(new PrintWriter(out)).execute("load", "--rate", "20", "--seconds", "2",
                "--threads", "4", "--data", data.toString(), "--session",
                "../samples/mnemosyne-session.jsonl");

        // then
        assertThat(exitCode).isZero();
        assertThat(out.toString()).contains("40 turns in", "0 not in their context")
                .containsPattern("acknowledged, until in GET context +[0-9.]+ +[0-9.]+ +[0-9.]+")
                .containsPattern("pipeline +[1-9][0-9]+ +[1-9][0-9]+");
    }

    @Test
    void shouldDoWhatTheReadmePromises() throws Exception {
        // given
        assertThat(Readme.block("java")).isEqualTo(Readme.compiledExample());

        // when the README's commands run against this stack
        String receipt = run(Readme.block("produce"));
        ProduceFromJava.produce(stack.addresses().kafka(), stack.addresses().registry(),
                Files.readAllBytes(data.resolve("redaction.key")));

        // then
        assertThat(receipt).contains("\"accepted\":3");
        await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> assertThat(run(Readme.block("query")))
                .contains("Which port does the registry use?", "8081", "And OpenSearch?"));
        assertThat(run(Readme.block("pin"))).contains("\"position\":");
        await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> assertThat(run(Readme.block("recall")))
                .startsWith("[Memory Query Result]").contains("8081", "default/my-thread"));
    }

    @Test
    void shouldServeTheNumbersOfTheSinkAndOfTheWorker() {
        // given a thread that is long enough to be observed
        var served = new ServedThread(service, new ThreadKey("default", "measured"));
        // when
        served.contextAfter(served.post(turns("measured " + "and worth a few tokens ".repeat(60), 60)));
        // then
        await().atMost(Duration.ofMinutes(2))
                .untilAsserted(() -> assertThat(run("curl -s http://127.0.0.1:8080/metrics"))
                        .containsPattern("mnemosyne_index_indexed_changes_total [1-9]")
                        .containsPattern("mnemosyne_index_embedded_vectors_total [1-9]")
                        .containsPattern("mnemosyne_worker_events_total\\{event=\"call.answered\"} [1-9]"));
    }

    private static String run(String command) throws Exception {
        Process process = new ProcessBuilder("bash", "-c",
                command.replace("http://127.0.0.1:8080", stack.addresses().service())).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as("exit code of %s", command).isZero();
        return output;
    }

    /** The numbers of a thread once it has been observed and they stay the same for a while. */
    private static JsonNode settled(ServedThread served) {
        List<JsonNode> seen = new ArrayList<>();
        await().atMost(Duration.ofMinutes(2)).pollInterval(Duration.ofMillis(200)).until(() -> {
            JsonNode now = served.stats();
            seen.add(now);
            int last = seen.size() - 1;
            return now.path("observations").asLong() > 0 && last >= 2
                    && seen.subList(last - 2, last).stream().allMatch(now::equals);
        });
        return seen.getLast();
    }

    private static List<RawTurn> turns(String name, int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> new RawTurn("%s-%03d".formatted(name.split(" ", 2)[0], i),
                        i % 2 == 0 ? Role.USER : Role.ASSISTANT,
                        List.of(new Part.Text(Content.of("turn " + i + " of " + name))), Origin.UNKNOWN))
                .toList();
    }
}
