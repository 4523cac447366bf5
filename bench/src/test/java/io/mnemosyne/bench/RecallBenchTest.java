package io.mnemosyne.bench;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;

import org.junit.jupiter.api.Test;
import picocli.CommandLine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

/** The measures of recall in short, against the real OpenSearch of the local stack. What they say is not looked at. */
class RecallBenchTest {
    private static final String SAMPLES = Path.of("..", "samples").toString();
    private static final Path NODE = Path.of("..", "launcher", "search-node", "target", "search");

    @Test
    void shouldAskWhatARecordedSessionNeeded() {
        // when
        String table = run("recall", SAMPLES, "--questions", "3", "--newest", "2");
        // then
        assertThat(table).startsWith("3 questions").contains("BM25, windows of three", "fused");
    }

    @Test
    void shouldMeasureSearchesAmongMadeUpObjects() {
        // when
        String table = run("search", SAMPLES, "--questions", "3", "--objects", "100");
        // then
        assertThat(table).startsWith("100 objects in 2 threads").contains("micro-fault, offline, in the large thread",
                "% fewer");
    }

    private static String run(String... arguments) {
        assumeThat(Files.isDirectory(NODE)).as("the search node is built only by mvn package and verify").isTrue();
        StringWriter out = new StringWriter();
        CommandLine command = new CommandLine(new Main()).setOut(new PrintWriter(out))
                .setErr(new PrintWriter(new StringWriter()));
        assertThat(command.execute(arguments)).isZero();
        return out.toString();
    }
}
