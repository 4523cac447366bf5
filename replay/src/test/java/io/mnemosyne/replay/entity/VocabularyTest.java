package io.mnemosyne.replay.entity;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class VocabularyTest {

    @Property
    void shouldFindItsWordsInATextAndNoOthers(
            @ForAll @Size(max = 50) List<@StringLength(min = 1, max = 3) String> known, @ForAll String text) {
        // given
        Vocabulary vocabulary = new Vocabulary();
        Map<String, Integer> numbers = new HashMap<>();
        known.stream().flatMap(each -> Words.of(each).stream())
                .forEach(word -> numbers.put(word, vocabulary.add(word)));

        // when
        var found = vocabulary.in(text + " " + String.join(" ", known));

        // then
        var expected = Words.of(text + " " + String.join(" ", known)).stream().filter(numbers::containsKey)
                .map(numbers::get).collect(Collectors.toSet());
        assertThat(found.stream().boxed().collect(Collectors.toSet())).isEqualTo(expected);
    }

    @Test
    void shouldKeepTheNumbersOfItsWordsWhenItGrows() {
        // given
        Vocabulary vocabulary = new Vocabulary();

        // when
        for (int i = 0; i < 5_000; i++) {
            vocabulary.add("w" + i);
        }

        // then
        assertThat(vocabulary.size()).isEqualTo(5_000);
        assertThat(vocabulary.add("w4321")).isEqualTo(4_321);
        assertThat(vocabulary.in("w17, then w5000.").stream()).containsExactly(17);
    }
}
