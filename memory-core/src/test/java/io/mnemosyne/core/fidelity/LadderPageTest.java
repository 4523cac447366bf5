package io.mnemosyne.core.fidelity;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

import io.mnemosyne.core.SemanticObject.Type;
import io.mnemosyne.core.tokens.O200kTokenCounter;

import static org.assertj.core.api.Assertions.assertThat;

/** The examples of {@code docs/fidelity.md} are what the code makes. */
class LadderPageTest {
    private static final Path PAGE = Path.of("..", "docs", "fidelity.md");
    private static final String OUTPUT = "$ make test\n" + IntStream.rangeClosed(1, 60)
            .mapToObj(number -> "ok %d test/%s_test.c in %d ms\n".formatted(number,
                    List.of("broker", "registry", "index", "worker", "view").get(number % 5), number * 37 % 101))
            .collect(Collectors.joining()) + "60 tests passed, slowest: test/broker_test.c:411 with 100 ms\n";

    @Test
    void shouldShowEachFormAsItIsMade() {
        // when
        Forms forms = new Shortening(O200kTokenCounter.shared()).of(SomeObjects.of(Type.TOOL_RESULT, "bash make test",
                OUTPUT), OUTPUT);
        // then
        assertThat(PAGE).content().contains(fenced(forms.detailed()), fenced(forms.compact()), fenced(forms.stub()));
    }

    private static String fenced(Form form) {
        return "```\n" + form.text().strip() + "\n```";
    }
}
