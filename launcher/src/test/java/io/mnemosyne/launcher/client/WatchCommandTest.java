package io.mnemosyne.launcher.client;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

import com.sun.net.httpserver.HttpServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

import io.mnemosyne.launcher.Main;

import static org.assertj.core.api.Assertions.assertThat;

class WatchCommandTest {
    private final StringWriter out = new StringWriter();
    private final List<String> asked = new ArrayList<>();
    private final Deque<String> answers = new ArrayDeque<>();
    private HttpServer service;

    @BeforeEach
    void start() throws IOException {
        service = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        service.createContext("/", exchange -> {
            asked.add(exchange.getRequestURI() + " after "
                    + Optional.ofNullable(exchange.getRequestHeaders().getFirst("Last-Event-ID")).orElse("nothing"));
            String answer = Optional.ofNullable(answers.poll()).orElse("");
            byte[] bytes = answer.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(answer.isEmpty() ? 503 : 200, bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        });
        service.start();
    }

    @AfterEach
    void stop() {
        service.stop(0);
    }

    @Test
    void shouldPrintEventsAndComeBackAfterTheNewestWhenTheConnectionEnds() {
        // given a service that ends the connection, is away, and is there again
        answers.add(
                "retry: 2000\nid: 0-1\n\n: still here\n\n" + event("0-2", "{\"tenant\":\"default\",\"thread\":\"t\","
                        + "\"epoch\":3,\"tokens\":181000,\"window\":200000,\"share\":0.905,\"at\":\"2026-11-21T12:00:00Z\"}"));
        answers.add("");
        answers.add("event: gap\ndata: {\"reason\":\"not kept\"}\n\n"
                + event("0-9", "{\"tenant\":\"default\",\"thread\":\"t\"}"));

        // when
        int exitCode = execute("watch", "t", "--count", "3");

        // then
        assertThat(exitCode).isZero();
        assertThat(out.toString().lines()).containsExactly(
                "2026-11-21T12:00:00Z  session_compact  default/t  epoch 3  181,000 of 200,000 tokens (90.5 %)",
                "gap: not kept", "-  session_compact  default/t");
        assertThat(asked).containsExactly("/v1/tenants/default/threads/t/events after nothing",
                "/v1/tenants/default/threads/t/events after 0-2", "/v1/tenants/default/threads/t/events after 0-2");
    }

    @Test
    void shouldPrintWhatTheServiceSendsOfATenant() {
        // given
        answers.add(event("0-2", "{\"tenant\":\"acme\",\"thread\":\"t\"}"));

        // when
        int exitCode = execute("watch", "--tenant", "acme", "--json", "--count", "1");

        // then
        assertThat(exitCode).isZero();
        assertThat(out).hasToString("{\"tenant\":\"acme\",\"thread\":\"t\"}" + System.lineSeparator());
        assertThat(asked).containsExactly("/v1/tenants/acme/events after nothing");
    }

    private static String event(String id, String data) {
        return "id: " + id + "\nevent: session_compact\ndata: " + data + "\n\n";
    }

    private int execute(String... arguments) {
        List<String> all = new ArrayList<>(List.of(arguments));
        all.addAll(List.of("--url", "http://127.0.0.1:" + service.getAddress().getPort()));
        CommandLine commands = Main.commandLine();
        commands.setOut(new PrintWriter(out, true));
        return commands.execute(all.toArray(String[]::new));
    }
}
