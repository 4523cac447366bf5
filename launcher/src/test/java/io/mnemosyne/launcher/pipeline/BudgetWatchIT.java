package io.mnemosyne.launcher.pipeline;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
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
import io.mnemosyne.launcher.Readme;
import io.mnemosyne.launcher.client.ServiceClient;
import io.mnemosyne.launcher.stack.LocalStack;
import io.mnemosyne.launcher.stack.SharedServices;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** A session whose window is nearly full is compacted, and whoever has subscribed is told once. */
@ExtendWith(SharedServices.Extension.class)
class BudgetWatchIT {
    private static final String SECRET = "of-the-hook";
    private static final Path PAGE = Path.of("..", "docs", "budget-watch.md");
    /** What the page's commands are about. */
    private static final ThreadKey THREAD = new ThreadKey("default", "my-thread");
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    @TempDir
    static Path data;
    private static final List<Posted> POSTED = new CopyOnWriteArrayList<>();
    private static HttpServer hook;
    private static LocalStack stack;
    private static ServiceClient service;

    /** What the webhook was sent. */
    private record Posted(String body, String timestamp, String signature, String delivery) {
    }

    @BeforeAll
    static void start(SharedServices services) throws IOException {
        hook = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        hook.createContext("/", BudgetWatchIT::take);
        hook.start();
        stack = LocalStack.start(services.pipeline(data, "watch-it.", Map.of(
                "MNEMOSYNE_WATCH_WEBHOOK_URL", "http://127.0.0.1:" + hook.getAddress().getPort() + "/hook",
                "MNEMOSYNE_WATCH_WEBHOOK_SECRET", SECRET)));
        service = new ServiceClient(URI.create(stack.addresses().service()));
    }

    @AfterAll
    static void stop() {
        stack.close();
        hook.stop(0);
    }

    /** Fails the first time. */
    private static void take(HttpExchange exchange) throws IOException {
        var headers = exchange.getRequestHeaders();
        POSTED.add(new Posted(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8),
                headers.getFirst("X-Mnemosyne-Timestamp"), headers.getFirst("X-Mnemosyne-Signature"),
                headers.getFirst("X-Mnemosyne-Delivery")));
        exchange.sendResponseHeaders(POSTED.size() == 1 ? 500 : 204, -1);
        exchange.close();
    }

    @Test
    void shouldTellOnceAndCompactWhenAProviderCountedNineTenthsOfTheWindow() throws Exception {
        // given a session, and somebody who listens
        var served = new ServedThread(service, THREAD);
        long before = served.contextAfter(served.post(session())).path("tokens").asLong();
        List<JsonNode> heard = new CopyOnWriteArrayList<>();
        HttpClient listener = HttpClient.newHttpClient();
        try (Stream<String> lines = listen(listener)) {
            Thread.ofVirtual().start(() -> read(lines, heard));

            // when the same large prompt is told of three times, and one that fits later
            run("usage");
            run("usage");
            String last = position(run("usage"));
            served.contextAfter(last);
            await().atMost(PATIENCE).until(() -> !heard.isEmpty());
            service.contextAfter(THREAD, position(
                    service.tell(THREAD, "/usage", "{\"inputTokens\": 120000}").body()));
            JsonNode context = await().atMost(PATIENCE).until(() -> service.get(THREAD, "/context").json(),
                    now -> now.path("tokens").asLong() < before);
            // and somebody asks for another compaction, so that it shows what was told until then
            run("compact");

            // then
            await().atMost(PATIENCE).until(() -> heard.size() >= 2 && POSTED.size() >= 3);
            System.out.printf("context of %d tokens came to %d%n", before, context.path("tokens").asLong());
            assertThat(heard).hasSize(2);
            JsonNode event = heard.getFirst();
            assertThat(event.path("thread").asText()).isEqualTo(THREAD.thread());
            assertThat(event.path("epoch").asLong(-1)).isZero();
            assertThat(event.path("tokens").asLong()).isEqualTo(184_000);
            assertThat(event.path("window").asLong()).isEqualTo(200_000);
            assertThat(event.path("share").asDouble()).isEqualTo(0.92);
            assertThat(heard.getLast().has("epoch")).isFalse();
            assertThat(served.stats().path("violations").asLong(-1)).isZero();

            // and the webhook has the same, the first one once more after its failure, signed as the page says
            assertThat(POSTED.stream().map(posted -> json(posted.body()))).containsExactly(event, event,
                    heard.getLast());
            assertThat(POSTED.get(1).delivery()).isEqualTo(POSTED.getFirst().delivery());
            for (Posted posted : POSTED) {
                assertThat(run("verify", "timestamp", posted.timestamp(), "body", posted.body(), "secret", SECRET))
                        .contains(posted.signature().substring("sha256=".length()));
            }
        } finally {
            listener.shutdownNow();
        }
    }

    private static Stream<String> listen(HttpClient client) throws Exception {
        var answer = await().atMost(PATIENCE).until(() -> client.send(HttpRequest.newBuilder(
                URI.create(stack.addresses().service()).resolve("/v1/tenants/default/events"))
                .header("Accept", "text/event-stream").build(), BodyHandlers.ofLines()),
                found -> found.statusCode() == 200);
        return answer.body();
    }

    private static void read(Stream<String> lines, List<JsonNode> heard) {
        lines.filter(line -> line.startsWith("data: ")).map(line -> json(line.substring("data: ".length())))
                .forEach(heard::add);
    }

    private static JsonNode json(String text) {
        try {
            return new ObjectMapper().readTree(text);
        } catch (IOException e) {
            throw new AssertionError(text, e);
        }
    }

    private static String position(String receipt) {
        return json(receipt).path("position").asText();
    }

    /** An agent that reads files of a thousand tokens each, and then talks. */
    private static List<RawTurn> session() {
        List<RawTurn> turns = new ArrayList<>(List.of(turn(0, Role.USER, new Part.Text(Content.of("Fix the build.")))));
        IntStream.range(0, 20).forEach(i -> {
            turns.add(turn(turns.size(), Role.ASSISTANT,
                    new Part.ToolCall("c" + i, "read", Content.of("{\"path\":\"src/Part" + i + ".java\"}"))));
            turns.add(turn(turns.size(), Role.TOOL, new Part.ToolResult("c" + i, "read", Content.of(file(i)), false)));
        });
        return turns;
    }

    private static String file(int number) {
        StringBuilder file = new StringBuilder();
        for (int line = 0; line < 60; line++) {
            file.append("final int part").append(number).append("Field").append(line).append(" = compute(")
                    .append(number * line).append(");\n");
        }
        return file.toString();
    }

    private static RawTurn turn(int number, Role role, Part part) {
        return new RawTurn("w-" + number, role, List.of(part), Origin.UNKNOWN);
    }

    /** Runs a command of the page against this stack. */
    private static String run(String block, String... variables) throws Exception {
        ProcessBuilder shell = new ProcessBuilder("bash", "-c", Readme.block(PAGE, block)
                .replace("http://127.0.0.1:8080", stack.addresses().service()));
        for (int i = 0; i < variables.length; i += 2) {
            shell.environment().put(variables[i], variables[i + 1]);
        }
        Process process = shell.redirectErrorStream(true).start();
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
        return output;
    }
}
