package io.mnemosyne.launcher.pipeline;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

import com.fasterxml.jackson.databind.JsonNode;
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
import io.mnemosyne.launcher.stack.StackPlan;
import io.mnemosyne.schemas.topics.Topic;
import io.mnemosyne.schemas.topics.Topics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

/** Invariant 12 across all stages: what a deleted thread left is nowhere, and nobody else loses anything. */
@ExtendWith(SharedServices.Extension.class)
class DeletionIT {
    private static final String PREFIX = "deletion.";
    private static final ThreadKey GONE = new ThreadKey("default", "gone");
    private static final ThreadKey KEPT = new ThreadKey("default", "kept");
    /** A word of each thread that no other text has. */
    private static final String OLD = "quokka";
    private static final String OTHER = "wombat";
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    @TempDir
    Path data;

    @Test
    void shouldLeaveNothingOfADeletedThreadAnywhere(SharedServices services) throws Exception {
        StackPlan plan = services.pipeline(data, PREFIX, Map.of("MNEMOSYNE_POLICY_BUDGET", "8000"));
        try (LocalStack stack = LocalStack.start(plan);
                var stored = new StoredRows(stack.addresses(), PREFIX)) {
            // given two threads with rows in every topic that keeps them
            var service = new ServiceClient(URI.create(stack.addresses().service()));
            var gone = new ServedThread(service, GONE);
            var kept = new ServedThread(service, KEPT);
            kept.post(turns(OTHER, 60));
            gone.post(turns(OLD, 160));
            await().atMost(PATIENCE).ignoreExceptionsInstanceOf(CommandFailure.class).untilAsserted(() -> {
                assertThat(gone.stats().path("reflections").asLong()).isPositive();
                assertThat(kept.stats().path("observations").asLong()).isPositive();
                for (Topic topic : keeping()) {
                    assertThat(stored.keys(topic, GONE)).as("rows of %s", topic).isNotEmpty();
                }
                assertThat(stored.documents(GONE)).isNotEmpty();
                assertThat(stored.documents(KEPT)).isNotEmpty();
            });
            assertThat(stored.topicsThatHold(OLD)).contains(PREFIX + "turns", PREFIX + "memory",
                    PREFIX + "completions", PREFIX + "context-context-turns-changelog",
                    PREFIX + "reflector-reflector-segments-changelog");
            List<String> keptTurns = kept.turns();
            List<String> keptRows = rows(stored, KEPT);

            // when one of them is deleted while calls for it are under way
            gone.post(turns(OLD, 200).subList(160, 200));
            JsonNode receipt = service.delete(GONE).json();

            // then
            assertThat(receipt.path("expires")).isNotEmpty();
            await().atMost(PATIENCE).untilAsserted(() -> assertUnknown(service));
            await().atMost(PATIENCE).untilAsserted(() -> {
                assertThat(rows(stored, GONE)).as("rows of the old life").allMatch(key -> key.contains("#1."));
                assertThat(stored.documents(GONE)).isEmpty();
                assertThat(stored.topicsThatHold(OLD)).as("topics and stores with text of the old life").isEmpty();
            });
            assertThat(kept.turns()).isEqualTo(keptTurns);
            assertThat(rows(stored, KEPT)).containsAll(keptRows);
            assertThat(stored.documents(KEPT)).isNotEmpty();

            // and a thread of the same name begins at its beginning
            gone.post(turns("numbat", 3));
            await().atMost(PATIENCE).ignoreExceptionsInstanceOf(CommandFailure.class)
                    .untilAsserted(() -> assertThat(gone.stats().path("turns").asInt()).isEqualTo(3));
            JsonNode context = service.get(GONE, "/context").json();
            assertThat(context.path("incarnation").asInt()).isEqualTo(1);
            assertThat(context.toString()).contains("numbat").doesNotContain(OLD);
            assertThat(service.get(GONE, "/turns").json().at("/turns/0/seq").asInt()).isZero();
        }
    }

    private static List<Topic> keeping() {
        return Topics.all().stream().filter(topic -> topic.cleanup() == Topic.Cleanup.COMPACT).toList();
    }

    /** Topic and key of each row that the thread has in the catalogue's topics. */
    private static List<String> rows(StoredRows stored, ThreadKey thread) {
        return keeping().stream().flatMap(topic -> stored.keys(topic, thread).stream().map(key -> topic + " " + key))
                .toList();
    }

    private static void assertUnknown(ServiceClient service) {
        for (String path : List.of("/context", "/turns", "/observations", "/state", "/stats")) {
            assertThatThrownBy(() -> service.get(GONE, path)).as(path).isInstanceOf(CommandFailure.class)
                    .hasMessageContaining("answered 404");
        }
    }

    /** Long enough to be observed and reflected on, with a tool result that becomes a blob. */
    private static List<RawTurn> turns(String word, int count) {
        List<RawTurn> turns = new ArrayList<>();
        turns.add(turn(word, 0, Role.USER, new Part.Text(Content.of("Tidy up the " + word + " sources."))));
        turns.add(turn(word, 1, Role.ASSISTANT,
                new Part.ToolCall("read", "read", Content.of("{\"path\":\"src/" + word + ".log\"}"))));
        turns.add(turn(word, 2, Role.TOOL, new Part.ToolResult("read", "read", Content.of(large(word)), false)));
        IntStream.range(turns.size(), count).forEach(i -> turns.add(turn(word, i,
                i % 2 == 0 ? Role.ASSISTANT : Role.USER,
                new Part.Text(Content.of("We decided that src/%s%d.java is %s number %d. ".formatted(word, i % 23, word,
                        i)
                        + "Some words that take a few tokens each, said of item %d. ".formatted(i).repeat(8))))));
        return turns.subList(0, count);
    }

    private static String large(String word) {
        String line = word + " was seen by the camera at the river\n";
        String text = line.repeat((70 << 10) / line.length());
        assertThat(text.getBytes(StandardCharsets.UTF_8)).hasSizeGreaterThan(64 << 10);
        return text;
    }

    private static RawTurn turn(String word, int i, Role role, Part part) {
        return new RawTurn(word + "-" + i, role, List.of(part), Origin.UNKNOWN);
    }
}
