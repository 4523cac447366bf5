package io.mnemosyne.launcher.client;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import com.sun.net.httpserver.HttpServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

import io.mnemosyne.launcher.Main;

import static org.assertj.core.api.Assertions.assertThat;

/** The commands about what a thread remembers, against a service of a few lines. */
class MemoryCommandsTest {
    private static final String GRAPH = "digraph memory {\n  \"→\" [shape=box];\n}\n";

    @TempDir
    Path folder;
    private HttpServer service;
    private final StringWriter out = new StringWriter();
    private final List<String> asked = new ArrayList<>();
    private String body = "{}";

    @BeforeEach
    void start() throws IOException {
        service = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        service.createContext("/", exchange -> {
            asked.add(exchange.getRequestURI() + " "
                    + new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, bytes.length);
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
    void shouldPrintTheAnswerWithItsSources() {
        // given
        body = """
               {"answer": "[Memory Query Result]\\nIt is 8081 [1].\\n\\nSources in acme/t:\\n[1] plan ab\\n",
                "by": "passages", "reason": "no model is named", "source": "store", "results": [{}, {}], "tokens": 42,
                "time": {"from": "2026-03-01T00:00:00Z"}}""";

        // when
        int exitCode = execute("recall", "t", "Which port?", "--tenant", "acme", "--k", "3", "--type", "plan", "--tag",
                "a", "--tag", "b", "--from", "2026-03-01", "--stale", "--answer", "model");

        // then
        assertThat(exitCode).isZero();
        assertThat(asked).containsExactly("/v1/tenants/acme/threads/t/query {\"question\":\"Which port?\","
                + "\"types\":[\"plan\"],\"tags\":[\"a\",\"b\"],\"from\":\"2026-03-01\",\"answer\":\"model\",\"k\":3,"
                + "\"stale\":true}");
        assertThat(out.toString()).isEqualTo(
                """
                [Memory Query Result]
                It is 8081 [1].

                Sources in acme/t:
                [1] plan ab

                2 found in the store; by passages (no model is named); 42 tokens; said from 2026-03-01T00:00:00Z to the end
                """);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                                            restore t ab01                | /restore {"object":"ab01","text":true}
                                            restore t 12                  | /restore {"seq":12,"text":true}
                                            restore t 01234567890123456789012345678901 | /restore {"object":"01234567890123456789012345678901","text":true}
                                            release t ab01 cd02           | /release {"objects":["ab01","cd02"]}
                                            release t ab01 --level stub   | /release {"objects":["ab01"],"level":"stub"}
                                            pin t 7                       | /pin {"seq":7}
                                            """)
    void shouldSayWhatIsWanted(String command, String request) {
        // given
        body = "{\"position\": \"p-1\", \"objects\": [{\"text\": \"all\\nof it\"}]}";

        // when
        int exitCode = execute(command.split(" "));

        // then
        assertThat(exitCode).isZero();
        assertThat(asked).containsExactly("/v1/tenants/default/threads/t" + request);
        assertThat(out.toString()).isEqualTo(command.startsWith("restore") ? "all\nof it\n" : "position p-1\n");
    }

    @Test
    void shouldWriteTheGraphAndSayThatNothingDrawsItWhereThereIsNoGraphviz() throws IOException {
        // given
        body = GRAPH;

        // when
        int exitCode = graph("", "--session", "a:b", "--out", folder.toString(), "--from", "3");

        // then
        assertThat(exitCode).isZero();
        assertThat(folder.resolve("a_b.dot")).hasContent(GRAPH);
        assertThat(asked).containsExactly("/v1/tenants/default/threads/a:b/graph?format=dot&from=3 ");
        assertThat(out.toString()).contains("not on the PATH");
    }

    @ParameterizedTest
    @CsvSource({"made/x.dot, made/x.dot, made/x.svg", "made/x.svg, made/x.dot, made/x.svg",
            "made, made/t.dot, made/t.svg"})
    void shouldDrawTheGraphWhereGraphvizIs(String named, String dot, String svg) throws IOException {
        // given a Graphviz that says what it was asked to do
        body = GRAPH;
        Path graphviz = Files.writeString(Files.createDirectories(folder.resolve("bin")).resolve("dot"),
                "#!/bin/sh\necho \"$1 $4\" > \"$3\"\n");
        Files.setPosixFilePermissions(graphviz, PosixFilePermissions.fromString("rwx------"));

        // when
        int exitCode = graph("/nowhere:" + graphviz.getParent(), "--session", "t", "--out",
                folder + "/" + named);

        // then
        assertThat(exitCode).isZero();
        assertThat(folder.resolve(dot)).hasContent(GRAPH);
        assertThat(folder.resolve(svg)).hasContent("-Tsvg " + folder.resolve(dot));
    }

    private int graph(String path, String... arguments) {
        PrintWriter printed = new PrintWriter(out);
        return new CommandLine(new GraphCommand(path)).setOut(printed).setErr(printed)
                .execute(Stream.concat(Stream.of(url()), Stream.of(arguments)).toArray(String[]::new));
    }

    private int execute(String... command) {
        PrintWriter printed = new PrintWriter(out);
        return Main.commandLine().setOut(printed).setErr(printed)
                .execute(Stream.concat(Stream.of(command), Stream.of(url())).toArray(String[]::new));
    }

    private String url() {
        return "--url=http://127.0.0.1:" + service.getAddress().getPort();
    }
}
