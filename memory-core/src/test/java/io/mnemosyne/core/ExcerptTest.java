package io.mnemosyne.core;

import java.nio.charset.StandardCharsets;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class ExcerptTest {

    @Property(tries = 300)
    void shouldFitItsLimitAndKeepBothEnds(@ForAll("texts") String text,
            @ForAll @IntRange(min = 100, max = 1_000) int limit) {
        // when
        String excerpt = Excerpt.of(text, limit);
        // then
        assertThat(excerpt.getBytes(StandardCharsets.UTF_8)).hasSizeLessThanOrEqualTo(limit);
        int mark = excerpt.indexOf("\n[... ");
        if (Sha256.utf8Length(text) <= limit) {
            assertThat(excerpt).isEqualTo(text);
        } else {
            assertThat(text).startsWith(excerpt.substring(0, mark));
            assertThat(text).endsWith(excerpt.substring(excerpt.lastIndexOf("...]\n") + 5));
        }
    }

    @Test
    void shouldSayHowMuchIsLeftOut() {
        // given
        String text = "a".repeat(10_000) + "é".repeat(10_000);
        // when
        String excerpt = Excerpt.of(text, 148);
        // then
        assertThat(excerpt).isEqualTo("a".repeat(50) + "\n[... 29,900 bytes left out ...]\n" + "é".repeat(25));
    }

    @Provide
    Arbitrary<String> texts() {
        return Arbitraries.of("a", "\n", "é", "€", "😀").list().ofMaxSize(900)
                .map(characters -> String.join("", characters));
    }
}
