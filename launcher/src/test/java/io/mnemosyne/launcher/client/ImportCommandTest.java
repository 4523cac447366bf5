package io.mnemosyne.launcher.client;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.mnemosyne.launcher.Main;

import static org.assertj.core.api.Assertions.assertThat;

/** The command against a service of a few lines. */
class ImportCommandTest {
    private static final String STATS = "{\"turns\":1,\"tokensIn\":100}";

    @TempDir
    Path folder;
    private HttpServer service;
    private final StringWriter out = new StringWriter();

    @BeforeEach
    void start() throws IOException {
        service = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        service.start();
    }

    @AfterEach
    void stop() {
        service.stop(0);
    }

    @Test
    void shouldGoOnWithTheNextFileWhenOneCannotBeReadAndAnotherIsRefused() throws IOException {
        // given
        Path refused = session("refused", 1);
        Path taken = session("taken", 1);
        service.createContext("/", exchange -> {
            String path = exchange.getRequestURI().getPath();
            if (path.contains("/refused/")) {
                answer(exchange, 413, "{\"detail\":\"a turn is too large\"}");
            } else {
                answer(exchange, path.endsWith("/turns") ? 202 : 200, path.endsWith("/stats")
                        ? STATS
                        : "{\"accepted\":1,\"position\":\"p\",\"tokens\":40}");
            }
        });

        // when
        int exitCode = execute(folder.resolve("missing.jsonl"), refused, taken);

        // then
        assertThat(exitCode).isEqualTo(20);
        assertThat(out.toString()).contains("missing.jsonl", "a turn is too large")
                .containsPattern("taken +1 +100 +40");
    }

    @Test
    void shouldNameTheTurnThatTheServiceDidNotTake() throws IOException {
        // given a file of two batches, the sixth turn of each invalid
        Path session = session("some", 150);
        service.createContext("/", exchange -> answer(exchange, exchange.getRequestURI().getPath().endsWith("/turns")
                ? 202
                : 200, """
                       {"accepted": 99, "position": "p", "invalid": [{"index": 5, "reason": "too bad"}]}
                       """));

        // when
        int exitCode = execute(session);

        // then
        assertThat(exitCode).isEqualTo(20);
        assertThat(out.toString()).contains("turn 5: too bad", "turn 105: too bad");
    }

    private int execute(Path... files) {
        PrintWriter printed = new PrintWriter(out);
        String[] arguments = IntStream.range(0, files.length + 2).mapToObj(i -> switch (i) {
            case 0 -> "import";
            case 1 -> "--url=http://127.0.0.1:" + service.getAddress().getPort();
            default -> files[i - 2].toString();
        }).toArray(String[]::new);
        return Main.commandLine().setOut(printed).setErr(printed).execute(arguments);
    }

    private Path session(String name, int turns) throws IOException {
        return Files.writeString(folder.resolve(name + ".jsonl"), IntStream.range(0, turns)
                .mapToObj(i -> "{\"role\":\"user\",\"content\":\"turn " + i + "\"}\n").collect(Collectors.joining()));
    }

    private static void answer(HttpExchange exchange, int status, String body) throws IOException {
        exchange.getRequestBody().readAllBytes();
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length);
        try (OutputStream response = exchange.getResponseBody()) {
            response.write(bytes);
        }
    }
}
