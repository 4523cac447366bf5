package io.mnemosyne.replay.entity;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.Chars;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.mnemosyne.replay.recording.CanonicalJson;

import static org.assertj.core.api.Assertions.assertThat;

class EscapesTest {

    @Property
    void shouldGiveBackWhatJsonEscaped(
            @ForAll @CharRange(from = ' ', to = '[') @Chars({'\n', '\t', '\r', 'ä', '€'}) String text) {
        // given
        String literal = CanonicalJson.quoteAscii(text);

        // when
        String plain = Escapes.undo(literal);

        // then
        assertThat(plain).isEqualTo('"' + text + '"');
    }

    @ParameterizedTest
    @CsvSource({"C:\\dir, C:\\dir", "\\, \\", "\\\\, \\\\", "\\u12, \\u12", "\\u00zz, \\u00zz", "\\\\\", \\\"",
            "a\\u0062c, abc"})
    void shouldLeaveOtherBackslashesAlone(String text, String plain) {
        // given
        String escaped = text;

        // when
        String undone = Escapes.undo(escaped);

        // then
        assertThat(undone).isEqualTo(plain);
    }
}
