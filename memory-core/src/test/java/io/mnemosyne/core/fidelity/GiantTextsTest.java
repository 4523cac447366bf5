package io.mnemosyne.core.fidelity;

import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import io.mnemosyne.core.SemanticObject;
import io.mnemosyne.core.SemanticObject.Type;
import io.mnemosyne.core.tokens.TokenCounter;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

/** Forms are made on the thread that takes turns in: anything that grows with the square of a text would stop it for hours. */
class GiantTextsTest {
    private static final int LENGTH = 1 << 19;

    @ParameterizedTest(name = "{0}")
    @MethodSource("giants")
    void shouldMakeSmallFormsWhenATextIsGiant(String name, String text) {
        // given
        TokenCounter counter = it -> it.length() / 4;
        SemanticObject object = SomeObjects.of(Type.TOOL_RESULT, "bash: " + name, text, counter);
        // when
        Forms forms = new Shortening(counter).of(object, text);
        // then
        assertThat(forms.detailed().text().length()).isBetween(60, 20_000);
        assertThat(forms.compact().text().length()).isLessThanOrEqualTo(forms.detailed().text().length());
        assertThat(forms.stub().text().length()).isLessThan(1_000);
    }

    static Stream<Arguments> giants() {
        return Stream.of(
                Arguments.of("one word", "a".repeat(LENGTH)),
                Arguments.of("one line of code points of two characters", "😀".repeat(LENGTH / 2)),
                Arguments.of("one path", "a/".repeat(LENGTH / 2)),
                Arguments.of("one dotted name", "a.".repeat(LENGTH / 2)),
                Arguments.of("open quotes", "'\"`".repeat(LENGTH / 3)),
                Arguments.of("minified", IntStream.range(0, LENGTH / 32).mapToObj(
                        i -> "{\"id\":" + i + ",\"key_" + i + "\":[1,2]},").collect(joining())),
                Arguments.of("empty lines", "\n".repeat(LENGTH)),
                Arguments.of("a listing", IntStream.range(0, 40_000)
                        .mapToObj(i -> "src/d" + i % 1_000 + "/f" + i + ".py").collect(joining("\n"))),
                Arguments.of("names of the same words", IntStream.range(0, 40_000)
                        .mapToObj(i -> "w" + i % 317 + ".w" + i / 317 + ".x").collect(joining("\n"))));
    }
}
