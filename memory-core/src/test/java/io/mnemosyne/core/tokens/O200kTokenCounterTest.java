package io.mnemosyne.core.tokens;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import com.knuddels.jtokkit.Encodings;
import com.knuddels.jtokkit.api.Encoding;
import com.knuddels.jtokkit.api.EncodingType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.mnemosyne.core.assemble.Conversations;

import static org.assertj.core.api.Assertions.assertThat;

class O200kTokenCounterTest {
    private static final TokenCounter COUNTER = Conversations.COUNTER;
    private static final int LENGTH = 5 * O200kTokenCounter.SLICE;

    @ParameterizedTest
    @ValueSource(strings = {"README.md", "src/main/java/io/mnemosyne/core/ingest/Sequencer.java"})
    void shouldCountOrdinaryTextExactlyWhenItIsLongerThanASlice(String file) throws IOException {
        // given
        String text = repeated(Files.readString(Path.of(file)));
        // when
        long tokens = COUNTER.count(text);
        // then
        assertThat(tokens).isEqualTo(exact(text));
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"a\":[1,22,\"x_y\"],\"b\":{\"c\":null}},", "每次压缩之后仍然可以读回全部内容，", "x\ud83d\ude00", "a",
            " ", "\n",
            "QUJDREVGR0hJSktMTU5PUFFSU1RVVldYWVo9"})
    void shouldDifferByOneTokenPerCutAtMostWhenNoWordBegins(String unbroken) {
        // given
        String text = repeated(unbroken);
        // when
        long tokens = COUNTER.count(text);
        // then
        assertThat(tokens).isBetween(exact(text), exact(text) + LENGTH / O200kTokenCounter.SLICE);
    }

    @Test
    void shouldCountTheLongestTextThatATurnMayHaveWhenItIsOneWord() {
        // given
        String run = "A".repeat(15 * 1024 * 1024);
        // when
        long tokens = COUNTER.count(run);
        // then
        assertThat(tokens).isEqualTo(run.length() / 8);
    }

    private static String repeated(String text) {
        return text.repeat(LENGTH / text.length() + 1).substring(0, LENGTH + 1);
    }

    private static long exact(String text) {
        return Exact.ENCODING.countTokensOrdinary(text);
    }

    private static final class Exact {
        static final Encoding ENCODING = Encodings.newLazyEncodingRegistry().getEncoding(EncodingType.O200K_BASE);
    }
}
