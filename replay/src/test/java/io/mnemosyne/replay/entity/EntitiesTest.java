package io.mnemosyne.replay.entity;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class EntitiesTest {

    @ParameterizedTest
    @CsvSource(delimiter = '!', textBlock = """
                                            look at src/main/App.java. Then ! src/main/App.java
                                            look at src/main/App.java. Then ! App.java
                                            import os.path.join now ! os.path.join
                                            a SomeThing here ! SomeThing
                                            an HTTPServer here ! HTTPServer
                                            a file2Read here ! file2Read
                                            the some_name here ! some_name
                                            line 471, fine ! 471
                                            he said "hello there" loudly ! hello there
                                            he said `a b c` loudly ! a b c
                                            straße_eins ! straße_eins
                                            """)
    void shouldFindNamesThatMustBeKnownLiterally(String text, String entity) {
        // given
        String longer = "well: " + text;

        // when
        var found = Entities.ofText(longer);

        // then
        assertThat(found).contains(entity);
    }

    @ParameterizedTest
    @ValueSource(strings = {"plain words only", "a.b", "1.25", "v12", "12a3456", "a/b", "__init", "'four'", "_____",
            "'two\nlines'", "//////", "3.141592"})
    void shouldFindNothingInOtherWords(String text) {
        // given
        String longer = "x " + text + " y";

        // when
        var found = Entities.ofText(longer);

        // then
        assertThat(found).isEmpty();
    }

    @Test
    void shouldTakeTheLongestDottedNameAndNoneInsideOfIt() {
        // given
        String text = "call alpha.beta.gamma(1)";

        // when
        var found = Entities.ofText(text);

        // then
        assertThat(found).containsExactly("alpha.beta.gamma");
    }

    @Test
    void shouldUndoEscapesBeforeItLooks() {
        // given
        String text = "say \\\"quoted words\\\"\\nsnake_case";

        // when
        var found = Entities.ofText(text);

        // then
        assertThat(found).containsExactlyInAnyOrder("quoted words", "snake_case");
    }

    @Test
    void shouldTakeShortArgumentsAsAWholeButNoPrograms() throws JsonProcessingException {
        // given
        var arguments = new ObjectMapper()
                .readTree("""
                          {"query": "two words", "command": "rm all", "list": [{"id": 12345}, "ab cd"], "n": 7,
                           "long": "%s", "broken": "one\\ntwo three"}""".formatted("x ".repeat(40)));

        // when
        var found = Entities.ofArguments(arguments);

        // then
        assertThat(found).containsExactlyInAnyOrder("two words", "12345", "ab cd");
    }
}
