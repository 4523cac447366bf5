package io.mnemosyne.inference.providers.offline;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class DecisionsTest {

    @Test
    void shouldKeepTheTellingSentencesOnly() {
        // given
        String text = """
                      Sure, happy to help. The root cause is that `parse_width` drops the sign. Let me have a look.
                      ```
                      because code is not prose
                      ```
                      """;
        // when / then
        assertThat(Decisions.in(new Conversation().assistant(text).transcript())).singleElement().satisfies(
                only -> assertThat(only.entry().text())
                        .isEqualTo("The root cause is that `parse_width` drops the sign."));
    }

    @Test
    void shouldKeepNothingOfSmallTalk() {
        assertThat(Decisions.in(new Conversation().assistant("Great! What a nice day.").transcript())).isEmpty();
    }
}
