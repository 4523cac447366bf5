package io.mnemosyne.core.fidelity;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

import io.mnemosyne.core.SemanticObject;
import io.mnemosyne.core.SemanticObject.Type;
import io.mnemosyne.core.tokens.O200kTokenCounter;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

class ShorteningTest {
    private static final String CODE = IntStream.range(0, 40)
            .mapToObj(i -> """
                           def read_part_%d(self, source):
                               # plain words that say nothing to anybody who looks for a name
                               value = source.next()
                               if value is None:
                                   return None
                               return value
                           """.formatted(i)).collect(joining("\n"));
    private final Shortening shortening = new Shortening(O200kTokenCounter.shared());

    @Test
    void shouldKeepDefinitionsWhenAFileIsLong() {
        // when
        Forms forms = of(Type.FILE_CONTEXT, "read parts.py: 279 lines", CODE);
        // then
        assertThat(forms.detailed().text()).startsWith("[Summary of file_context: read parts.py: 279 lines]\n")
                .contains("def read_part_0(self", "def read_part_23(self", "def read_part_39(self", "lines left out");
    }

    @Test
    void shouldKeepTheErrorWhenItStandsInTheMiddleOfALog() {
        // given
        String log = log(0, 200) + "\njava.io.IOException: no space left\n" + log(200, 400);
        // when
        Forms forms = of(Type.ERROR_CONTEXT, "bash make: failed", log);
        // then
        assertThat(forms.detailed().text()).contains("\njava.io.IOException: no space left\n");
        assertThat(forms.compact().text()).contains("\njava.io.IOException: no space left\n");
    }

    @Test
    void shouldFoldLinesThatDifferInNumbersOnly() {
        // when
        Forms forms = of(Type.TOOL_RESULT, "bash make", log(0, 400));
        // then
        assertThat(forms.compact().text()).containsPattern("\n… \\d{3} lines like it left out\n");
    }

    @Test
    void shouldCutALongLineAtAMarkedPlace() {
        // given
        String json = IntStream.range(0, 500).mapToObj(i -> "{\"id\": " + i + ", \"name\": \"some name\"}")
                .collect(joining(", ", "[", "]"));
        // when
        Forms forms = of(Type.TOOL_RESULT, "fetch names", json);
        // then
        assertThat(forms.detailed().text()).contains("[{\"id\": 0,").containsPattern("\n… \\d+ characters left out\n");
    }

    @Test
    void shouldSayWhatIsLostAndHowToHaveItBackWhenNothingElseIsShown() {
        // when
        Forms forms = of(Type.FILE_CONTEXT, "read parts.py: 279 lines", CODE + "\nsrc/core/parts.py 4711");
        // then
        assertThat(forms.stub().text()).startsWith("[Paged out: read parts.py: 279 lines. Lost: source.next, ")
                .contains(", src/core/parts.py, read_part_* (", "4711")
                .endsWith(". Restore if you need: the text of the file]");
        assertThat(forms.stub().losses()).contains("source.next", "src/core/parts.py", "4711");
        assertThat(forms.tombstone().text()).matches("\\[Evicted: [0-9a-f]{8}]");
    }

    @Test
    void shouldShowATinyTextAsItIsAtEveryFidelity() {
        // when
        Forms forms = of(Type.TOOL_RESULT, "bash true", "ok");
        // then
        assertThat(List.of(forms.detailed(), forms.compact(), forms.stub(), forms.tombstone()))
                .containsOnly(new Form("ok", List.of(), 1));
    }

    @Test
    void shouldAddWhatAModelLeftOutToWhatIsFoundMissing() {
        // when
        Optional<Form> form = summary("read_part_0 and read_part_1 give None at the end.",
                List.of("why None is returned", "what read_file does", "read_part_7"));
        // then
        assertThat(form.orElseThrow().text()).startsWith("[Summary of file_context: read parts.py: 279 lines]\n"
                + "read_part_0 and read_part_1 give None at the end.\n[Cannot answer: why None is returned, ");
        assertThat(form.orElseThrow().losses()).contains("why None is returned", "source.next")
                .as("nothing like that was there to be lost").doesNotContain("what read_file does");
    }

    @Test
    void shouldRefuseAModelsTextWhenItNamesWhatTheObjectDoesNotHave() {
        assertThat(summary("It calls read_file once.", List.of())).isEmpty();
        assertThat(summary("It has 4711 parts.", List.of())).isEmpty();
        assertThat(summary("It is a copy of src/other.py.", List.of())).isEmpty();
    }

    @Test
    void shouldRefuseAModelsTextWhenItIsNotShorterThanItsTarget() {
        // given
        SemanticObject object = SomeObjects.of(Type.FILE_CONTEXT, "read parts.py", CODE);
        int words = (int) Shortening.target(object, Fidelity.COMPACT);
        // then
        assertThat(summary("word ".repeat(words), List.of())).isEmpty();
        assertThat(summary("word ".repeat(words / 2), List.of())).isPresent();
    }

    private Optional<Form> summary(String text, List<String> declared) {
        SemanticObject object = SomeObjects.of(Type.FILE_CONTEXT, "read parts.py: 279 lines", CODE);
        return shortening.summary(object, CODE, Fidelity.COMPACT, text, declared);
    }

    private Forms of(Type type, String stub, String text) {
        return shortening.of(SomeObjects.of(type, stub, text), text);
    }

    private static String log(int from, int to) {
        return IntStream.range(from, to).mapToObj(i -> "12:00:01 INFO request " + i + " took " + i % 97 + " ms")
                .collect(joining("\n"));
    }
}
