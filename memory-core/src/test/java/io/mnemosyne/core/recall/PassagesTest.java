package io.mnemosyne.core.recall;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;

import io.mnemosyne.core.tokens.O200kTokenCounter;

import static org.assertj.core.api.Assertions.assertThat;

class PassagesTest {
    private static final Passages PASSAGES = new Passages(O200kTokenCounter.shared());

    @Test
    void shouldGiveTheLinesThatAnswerWithTheOmissionsMarked() {
        // given
        String text = filler(0, 200) + "The registry listens on port 8081.\n" + filler(200, 400)
                + "Its database is kept in /var/lib/registry.\n" + filler(400, 600);
        // when
        String passage = PASSAGES.of(text,
                Asked.in("Which port does the registry listen on, and where is its database?"),
                60);
        // then
        assertThat(passage.lines().filter(line -> !line.startsWith("filler"))).containsExactly("[...]",
                "The registry listens on port 8081.", "[...]", "Its database is kept in /var/lib/registry.", "[...]");
    }

    @Test
    void shouldPreferALineWithANameToLinesWithCommonWords() {
        // given
        String text = "the test failed\n".repeat(100) + "E0308: mismatched types\n" + "the test passed\n".repeat(100);
        // when
        String passage = PASSAGES.of(text, Asked.in("Why did the test fail with E0308?"), 30);
        // then
        assertThat(passage).contains("E0308: mismatched types");
    }

    @Test
    void shouldGiveAShortTextAsItIs() {
        assertThat(PASSAGES.of("  one\n\n two ", Asked.in("three"), 300)).isEqualTo("one\n\n two");
    }

    @Test
    void shouldGiveTheBeginningOfATextThatHasNoneOfTheWords() {
        assertThat(PASSAGES.of(filler(0, 500), Asked.in("quinoa"), 50)).startsWith("filler line 0\nfiller line 1\n")
                .endsWith("\n[...]");
    }

    @Test
    void shouldCutALineThatIsTooLong() {
        // given
        String text = "x ".repeat(2_000) + "the secret ingredient is cardamom " + "y ".repeat(2_000);
        // when
        String passage = PASSAGES.of(text, Asked.in("secret ingredient"), 300);
        // then
        assertThat(passage).contains("the secret ingredient is cardamom").startsWith("[...]\n").endsWith("\n[...]");
    }

    @Property(tries = 200)
    void shouldStayWithinItsRoomAndQuoteToTheLetter(@ForAll List<@StringLength(max = 900) String> lines,
            @ForAll String question, @ForAll @IntRange(min = 1, max = 60) int room) {
        // given
        String text = String.join("\n", lines);
        // when
        String passage = PASSAGES.of(text, Asked.in(question + " word"), room);
        // then
        assertThat(O200kTokenCounter.shared().count(passage)).isLessThanOrEqualTo(room);
        assertThat(passage.lines().filter(line -> !line.equals(Passages.OMISSION))).allSatisfy(
                line -> assertThat(text.replaceAll("\r\n?", "\n")).contains(line));
    }

    private static String filler(int from, int to) {
        return IntStream.range(from, to).mapToObj(line -> "filler line " + line)
                .collect(Collectors.joining("\n", "", "\n"));
    }
}
