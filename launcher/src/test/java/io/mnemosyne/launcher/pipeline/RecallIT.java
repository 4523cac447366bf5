package io.mnemosyne.launcher.pipeline;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
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
import io.mnemosyne.launcher.client.ServiceClient;
import io.mnemosyne.launcher.stack.Component;
import io.mnemosyne.launcher.stack.LocalStack;
import io.mnemosyne.launcher.stack.SharedServices;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** What was said can be asked, restored and let go, on a real broker and a real OpenSearch, and while that is away. */
@ExtendWith(SharedServices.Extension.class)
class RecallIT {
    private static final int RESULTS = 6;
    private static final int QUESTIONS = 20;

    @TempDir
    static Path data;
    private static Door door;
    private static LocalStack stack;
    private static ServiceClient service;

    @BeforeAll
    static void start(SharedServices services) {
        door = new Door(services.addresses().opensearch());
        stack = LocalStack.start(services.pipeline(data, "recall-it.", Map.of())
                .withExisting(Map.of(Component.KAFKA, services.addresses().kafka(), Component.REGISTRY,
                        services.addresses().registry(), Component.OPENSEARCH, door.url())));
        service = new ServiceClient(URI.create(stack.addresses().service()));
    }

    @AfterAll
    static void stop() throws IOException {
        stack.close();
        door.close();
    }

    @Test
    void shouldFindRestoreAndLetGoWhatWasSaid() {
        // given
        ThreadKey thread = new ThreadKey("default", "asked");
        String position = post(thread, "blue");

        // when its newest turn is asked for at once
        JsonNode found = query(thread, "What came of retry_blue_5?", position);

        // then
        assertThat(found.path("source").asText()).isEqualTo("index");
        JsonNode best = found.path("results").path(0);
        assertThat(best.path("passage").asText()).contains("retry_blue_5");
        assertThat(found.path("answer").asText()).startsWith("[Memory Query Result]")
                .contains("retry_blue_5", best.path("id").asText());
        assertThat(found.path("journalled").asBoolean()).isTrue();

        // when
        String id = best.path("id").asText();
        String released = tell(thread, "/release", "{\"objects\": [\"" + id + "\"]}").path("position").asText();
        JsonNode without = service.contextAfter(thread, released);
        JsonNode restored = tell(thread, "/restore", "{\"object\": \"" + id + "\", \"text\": true}");
        JsonNode with = service.contextAfter(thread, restored.path("position").asText());

        // then
        String text = restored.path("objects").path(0).path("text").asText();
        assertThat(text).isEqualTo(output("blue", 5));
        assertThat(without.toString()).doesNotContain("the last line of retry_blue_5");
        assertThat(with.toString()).contains("the last line of retry_blue_5");
        JsonNode object = service.get(thread, "/objects/" + id).json();
        assertThat(object.path("levels").path(0).path("text").asText()).isEqualTo(text);
        assertThat(object.path("history").findValuesAsText("what")).isNotEmpty();
        assertThat(ids(service.get(thread, "/objects?type=tool_result").json(), "objects")).hasSize(RESULTS);
        assertThat(ids(service.get(thread, "/graph").json(), "nodes")).contains(id);
        assertThat(service.get(thread, "/graph?format=dot").body()).startsWith("digraph memory {").contains(id);
    }

    @Test
    void shouldNeverFindWhatAnotherTenantSaid() {
        // given two tenants whose threads have the same name and say the same, but for their marks
        ThreadKey acme = new ThreadKey("acme", "twin");
        ThreadKey other = new ThreadKey("other", "twin");
        String acmes = post(acme, "red");
        String others = post(other, "green");
        query(acme, "Is it all there?", acmes);
        query(other, "Is it all there?", others);

        // when each asks at random, also for what the other one said
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int i = 0; i < QUESTIONS; i++) {
            String question = "retry_" + (random.nextBoolean() ? "red" : "green") + "_" + random.nextInt(RESULTS)
                    + " listening backlog";
            for (ThreadKey thread : List.of(acme, other)) {
                String mark = thread.equals(acme) ? "green" : "red";
                JsonNode answer = ask(thread, question, 1 + random.nextInt(20), random.nextBoolean());

                // then
                assertThat(answer.path("results").toString()).as("seed %d, %s", seed, question)
                        .doesNotContain("_" + mark + "_");
                assertThat(answer.path("results")).as("seed %d, %s", seed, question).isNotEmpty();
            }
        }
    }

    @Test
    void shouldAnswerOutOfTheStoreWhileOpenSearchIsAway() {
        // given
        ThreadKey thread = new ThreadKey("default", "away");
        String position = post(thread, "grey");
        service.contextAfter(thread, position);
        door.shut();
        try {
            // when
            JsonNode answer = ask(thread, "What came of retry_grey_3?", 3, false);

            // then
            assertThat(answer.path("source").asText()).isEqualTo("store");
            assertThat(answer.path("answer").asText()).contains("The search index does not answer", "retry_grey_3");
        } finally {
            door.open();
        }
        await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> assertThat(
                ask(thread, "What came of retry_grey_3?", 3, false).path("source").asText()).isEqualTo("index"));
    }

    /** What a thread remembers once all of it can be found. */
    private static JsonNode query(ThreadKey thread, String question, String position) {
        String body = JsonNodeFactory.instance.objectNode().put("question", question).put("after", position)
                .put("wait", 30_000).toString();
        return await().atMost(Duration.ofMinutes(5)).until(() -> tell(thread, "/query", body),
                answer -> answer.path("indexed").asBoolean() && answer.path("source").asText().equals("index"));
    }

    private static JsonNode ask(ThreadKey thread, String question, int k, boolean stale) {
        return tell(thread, "/query", JsonNodeFactory.instance.objectNode().put("question", question).put("k", k)
                .put("stale", stale).toString());
    }

    private static JsonNode tell(ThreadKey thread, String path, String body) {
        return service.tell(thread, path, body).json();
    }

    private static String post(ThreadKey thread, String mark) {
        List<RawTurn> turns = new ArrayList<>(List.of(turn(mark, 0, Role.USER,
                new Part.Text(Content.of("Find out why the " + mark + " server does not start.")))));
        IntStream.range(0, RESULTS).forEach(i -> {
            turns.add(turn(mark, 2 * i + 1, Role.ASSISTANT,
                    new Part.ToolCall("c" + i, "bash", Content.of("{\"command\":\"./start --try " + i + "\"}"))));
            turns.add(turn(mark, 2 * i + 2, Role.USER,
                    new Part.ToolResult("c" + i, "bash", Content.of(output(mark, i)), false)));
        });
        return new ServedThread(service, thread).post(turns);
    }

    private static RawTurn turn(String mark, int number, Role role, Part part) {
        return new RawTurn(mark + "-" + number, role, List.of(part),
                Origin.at(Instant.parse("2026-03-01T10:00:00Z").plusSeconds(number)));
    }

    private static String output(String mark, int number) {
        StringBuilder output = new StringBuilder("starting retry_" + mark + "_" + number + "\n");
        for (int line = 0; line < 60; line++) {
            output.append("listening on port ").append(9_000 + 100 * number + line).append(", backlog ").append(line)
                    .append(" of the ").append(mark).append(" server\n");
        }
        return output + "the last line of retry_" + mark + "_" + number + "\n";
    }

    private static List<String> ids(JsonNode page, String name) {
        return StreamSupport.stream(page.path(name).spliterator(), false).map(one -> one.path("id").asText()).toList();
    }
}
