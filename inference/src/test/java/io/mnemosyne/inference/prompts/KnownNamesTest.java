package io.mnemosyne.inference.prompts;

import java.util.List;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class KnownNamesTest {
    private static final KnownNames KNOWN = new KnownNames(
            """
            final class RegistryServer { // since v2.4.1 of 2026-01-05
                int MAX_SUBJECTS = 1_000_000; int port = 8081;
                void getSubjects() { read("/etc/mnemosyne/registry.toml"); }
            }
            1,204 of 77 tests in src/test and UTF-8, config and other txt
            """);

    @ParameterizedTest
    @ValueSource(strings = {"It listens on port 8081.", "MAX_SUBJECTS is 1000000, or 1,000,000.", "See RegistryServer.",
            "RegistryServer.getSubjects() reads mnemosyne/registry.toml, e.g. at its start",
            "Since v2.4.1, 2026-01-05!",
            "client/server and either/or, well-known, one more--or less", "1204 tests", "(77) in UTF-8", ""})
    void shouldKnowWhatStandsThere(String text) {
        assertThat(KNOWN.coverAllIn(text)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"It listens on port 808.", "81 tests", "RegistryServers", "getSubject", "MAX_SUBJECT",
            "v2.4",
            "/etc/mnemosyne/server.toml", "etc/registry.toml", "src/test/config", "config.txt", "2026-05-01",
            "RegistryServer.runAll", "1.204", "7 of them"})
    void shouldNotKnowWhatDoesNotStandThere(String text) {
        assertThat(KNOWN.coverAllIn(text)).isFalse();
    }

    @Property(tries = 100)
    void shouldKnowEveryLineOfTheText(
            @ForAll List<@StringLength(max = 12) @CharRange(from = ' ', to = '~') String> lines) {
        KnownNames known = new KnownNames(String.join("\n", lines));
        assertThat(lines).allMatch(known::coverAllIn);
    }
}
