package io.mnemosyne.launcher.scan;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.mnemosyne.launcher.ExitCode;
import io.mnemosyne.launcher.Main;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

final class ScanCommandTest {
    /** Put together at run time, so that no scanner takes this file for a leak. */
    private static final String TOKEN = "gh" + "p_" + "Zq3vB8nM5kT1xR7wY2cL9dF4gH6jP0sA8uEi";
    private static final String MARK = "\\[REDACTED:github:[0-9a-f]{8}\\]";
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @TempDir
    Path directory = Path.of("");

    @BeforeEach
    void writeFiles() throws IOException {
        Files.writeString(Files.createDirectory(directory.resolve("src")).resolve("app.env"),
                "PORT=80\n\nFIRST=%s SECOND=%s\n\u001b[31mNAME=x\n".formatted(TOKEN, TOKEN));
        Files.writeString(directory.resolve("clean.txt"), "nothing to see\n");
        Files.writeString(directory.resolve("binary"), "\0" + TOKEN);
        Files.writeString(Files.createDirectory(directory.resolve(".git")).resolve("config"), TOKEN);
    }

    @Test
    void shouldShowWhereSecretsAreWithoutShowingThem() {
        // when
        int code = scan(directory.toString());
        // then
        String file = directory.resolve("src/app.env").toString();
        assertThat(code).isEqualTo(ExitCode.SECRETS_FOUND.number());
        assertThat(out.toString().lines()).satisfiesExactly(line -> assertThat(line).isEqualTo(file + ":3:7 github"),
                line -> assertThat(line).matches(" {4}FIRST=" + MARK + " SECOND=\\[REDACTED:github:.*"),
                line -> assertThat(line).isEqualTo(file + ":3:55 github"),
                line -> assertThat(line).matches(" {4}.*SECOND=" + MARK),
                line -> assertThat(line).isEqualTo("2 found in 1 of 2 files"),
                line -> assertThat(line).isEqualTo("      2  github"));
        assertThat(out + "" + err).doesNotContain(TOKEN).doesNotContain(TOKEN.substring(10));
    }

    @Test
    void shouldSayThatNothingWasFound() {
        assertThat(scan(directory.resolve("clean.txt").toString())).isEqualTo(ExitCode.OK.number());
        assertThat(out).hasToString("0 found in 0 of 1 files%n".formatted());
    }

    @Test
    void shouldNameWhatWasNotLookedAt() {
        assertThat(scan(directory.resolve("none").toString())).isEqualTo(ExitCode.INCOMPLETE.number());
        assertThat(err.toString()).contains("none was skipped: cannot be read");
    }

    @Test
    void shouldPrintJsonOfStandardInput() throws IOException {
        // given
        InputStream before = System.in;
        System.setIn(new ByteArrayInputStream(("token " + TOKEN).getBytes(UTF_8)));
        try {
            // when
            scan("--json", "-");
        } finally {
            System.setIn(before);
        }
        // then
        JsonNode printed = new ObjectMapper().readTree(out.toString());
        assertThat(printed.at("/findings/0/line").intValue()).isEqualTo(1);
        assertThat(printed.at("/findings/0/column").intValue()).isEqualTo(7);
        assertThat(printed.at("/findings/0/context").textValue()).matches("token " + MARK);
        assertThat(printed.at("/rules/github").intValue()).isEqualTo(1);
        assertThat(printed.at("/files").intValue()).isEqualTo(1);
    }

    @Test
    void shouldUseRulesOfOnesOwnAndTellWhatIsWrongWithThem() throws IOException {
        // given
        Path rules = Files.writeString(directory.resolve("rules.toml"), "[[rules]]\nid = 'seen'\nregex = 'nothing'\n");
        Path wrong = Files.writeString(directory.resolve("wrong.toml"), "[[rules]]\nid = 'seen'\nregex = '('\n");
        // when, then
        assertThat(scan("--rules", rules.toString(), directory.resolve("clean.txt").toString()))
                .isEqualTo(ExitCode.SECRETS_FOUND.number());
        assertThat(out.toString()).contains("clean.txt:1:1 seen").contains("] to see");
        assertThat(scan("--rules", wrong.toString(), "-")).isEqualTo(ExitCode.CONFIGURATION.number());
        assertThat(err.toString()).contains("rule 'seen': regex cannot be compiled");
    }

    private int scan(String... arguments) {
        List<String> all = new ArrayList<>(List.of("scan"));
        all.addAll(List.of(arguments));
        return Main.commandLine().setOut(new PrintWriter(out)).setErr(new PrintWriter(err, true))
                .execute(all.toArray(String[]::new));
    }
}
