package io.mnemosyne.replay.recording;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.TextNode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class CanonicalJsonTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    @ParameterizedTest
    @CsvSource({"1, 1", "-0, 0", "123456789012345678901234567890, 123456789012345678901234567890", "0.0, 0.0",
            "-0.0, -0.0", "1.50, 1.5", "1e15, 1000000000000000.0", "1e16, 1e+16", "1.25E22, 1.25e+22", "0.0001, 0.0001",
            "0.00001, 1e-05", "-1.5e-7, -1.5e-07", "4.9e-324, 5e-324", "2e23, 2e+23", "1e400, Infinity",
            "0.1, 0.1", "100.0, 100.0"})
    void shouldPrintNumbersAsShortAsTheyAre(String number, String printed) throws JsonProcessingException {
        // given
        var value = JSON.readTree(number);

        // when
        String text = CanonicalJson.of(value);

        // then
        assertThat(text).isEqualTo(printed);
    }

    @Test
    void shouldEscapeOnlyWhatNeedsIt() {
        // given
        String text = "\"\\/\b\f\n\r\t\u0001\u007fä😀";

        // when
        String all = CanonicalJson.quote(text);
        String ascii = CanonicalJson.quoteAscii(text);

        // then
        assertThat(all).isEqualTo("\"\\\"\\\\/\\b\\f\\n\\r\\t\\u0001\u007fä😀\"");
        assertThat(ascii).isEqualTo("\"\\\"\\\\/\\b\\f\\n\\r\\t\\u0001\\u007f\\u00e4\\ud83d\\ude00\"");
    }

    @Property
    void shouldKeepEveryText(@ForAll String text) throws JsonProcessingException {
        // given
        String quoted = CanonicalJson.quote(text);
        String ascii = CanonicalJson.quoteAscii(text);

        // when
        var values = new Object[]{JSON.readTree(quoted), JSON.readTree(ascii)};

        // then
        assertThat(values).containsOnly(TextNode.valueOf(text));
    }

    @Property
    void shouldKeepEveryNumber(@ForAll double number) throws JsonProcessingException {
        // given
        String printed = CanonicalJson.of(JSON.getNodeFactory().numberNode(number));

        // when
        double read = JSON.readTree(printed).doubleValue();

        // then
        assertThat(read).isEqualTo(number);
    }
}
