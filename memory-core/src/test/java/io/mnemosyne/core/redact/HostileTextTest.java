package io.mnemosyne.core.redact;

import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

/** Redaction runs on the thread that takes turns in, so no text may cost more than a constant times its length. */
class HostileTextTest {
    private static final int LENGTH = 512 << 10;
    /** Long enough that anything quadratic exceeds the limit many times. */
    private static final int SHORT_LENGTH = 16 << 10;
    private static final int SHORTEST_LENGTH = 2 << 10;
    private static final long MOST_READ_PER_CHARACTER = 40;
    private static final int MOST_ROUNDS = 4;
    private final CredentialRedactor redactor = new CredentialRedactor("a tenant's key".getBytes(UTF_8));

    @ParameterizedTest(name = "{0}")
    @MethodSource("links")
    void shouldLookAtEachCharacterAFewTimesWhenMegabytesRepeatALink(String link) {
        // then, the short text first, because with the long one a failure would take hours
        assertBounded(link, SHORT_LENGTH);
        assertBounded(link, LENGTH);
    }

    @Test
    void shouldLookAtEachCharacterAFewTimesWhenAnyKeywordIsRepeatedInAnyWay() {
        // given every keyword of every rule, behind which a value seems to start but turns out to be a placeholder
        List<String> behind = List.of("", " ", ".", "=", "/", "-", "=\"", "=EXAMPLE", "EXAMPLEEXAMPLEEXAMPLE/",
                "=" + "\\".repeat(50), "_".repeat(41), "x=" + " ".repeat(20));

        // then
        keywords().forEach(keyword -> behind.forEach(it -> assertBounded(keyword + it, SHORTEST_LENGTH)));
    }

    private void assertBounded(String link, int length) {
        // given
        String text = link.repeat(length / link.length());
        Work work = new Work();
        // when
        redactor.redact(text, work);
        // then
        assertThat(work.charactersRead()).as("characters read of %,d of '%s'", text.length(), link)
                .isLessThan(MOST_READ_PER_CHARACTER * text.length());
        assertThat(work.rounds()).as("rounds over '%s'", link).isLessThanOrEqualTo(MOST_ROUNDS);
    }

    static Stream<String> links() {
        return Stream.of("password=", "pwd=", "pwd_", "token: ", "pwd=passwd:secret=", "pwd=\"", "pwd='pwd=\"pwd=`",
                "secret=\\\\\\\"", "-----BEGIN ", "-----BEGIN PRIVATE" + " KEY-----\n", "://", "://a:", "eyJ",
                "eyJ" + "A".repeat(13) + ".", "glpat-" + "EXAMPLE.", "ya29." + "EXAMPLE.",
                "sharedaccesskey=" + "EXAMPLE",
                "[REDACTED:", "\\", "password=" + "\\".repeat(1_000), "pwd=a1b2c3d4e5f6 ",
                "_gitlab_session=0123456789abcdef0123456789abcdef");
    }

    private static Stream<String> keywords() {
        return RuleSet.builtIn().finders().stream().flatMap(finder -> finder.keywords().stream()).distinct();
    }
}
