package io.mnemosyne.replay.entity;

import java.util.BitSet;
import java.util.List;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class EntityIndexTest {

    @ParameterizedTest
    @CsvSource({"src/a.py, see src/a.py., true", "src/a.py, see src/a.pyc, false", "src/a.py, see xsrc/a.py, false",
            "/usr/bin, x/usr/bin/y, true", "1234, no 12345, false", "name, a name here, true", "name, names, false",
            "a-b, a-bc a-b, true", "ab cd, ab  cd, false"})
    void shouldFindAnEntityOnlyWhereNoLongerWordGoesOn(String entity, String text, boolean found) {
        // given
        Vocabulary vocabulary = new Vocabulary();
        Entity wanted = Entity.of(entity, vocabulary);
        EntityIndex index = EntityIndex.of(vocabulary, List.of(text));

        // when
        BitSet texts = index.texts(wanted, all(1));

        // then
        assertThat(texts.get(0)).isEqualTo(found);
    }

    @Property
    void shouldFindWhatASearchThroughAllTextsFinds(@ForAll("texts") List<String> texts,
            @ForAll("texts") List<String> names) {
        // given
        Vocabulary vocabulary = new Vocabulary();
        List<Entity> entities = names.stream().filter(name -> !Words.of(name).isEmpty())
                .map(name -> Entity.of(name, vocabulary)).toList();
        EntityIndex index = EntityIndex.of(vocabulary, texts);
        BitSet even = all(texts.size());
        for (int i = 1; i < texts.size(); i += 2) {
            even.clear(i);
        }

        // when
        var found = entities.stream()
                .map(entity -> List.of(index.texts(entity, even), index.texts(entity, all(texts.size())))).toList();

        // then
        assertThat(found).isEqualTo(entities.stream().map(entity -> List.of(searched(entity, texts, even),
                searched(entity, texts, all(texts.size())))).toList());
    }

    @Test
    void shouldGiveThePlainWordsAroundAnEntity() {
        // given
        Vocabulary vocabulary = new Vocabulary();
        Entity entity = Entity.of("src/app.py", vocabulary);
        String text = "far".repeat(60) + " we opened the file src/app.py because other_name failed " + "x".repeat(200);
        EntityIndex index = EntityIndex.of(vocabulary, List.of(text));

        // when
        var surroundings = index.surroundings(entity, 0);

        // then what is further away is cut
        assertThat(surroundings).singleElement().satisfies(words -> assertThat(words)
                .contains("opened", "file", "because", "failed").doesNotContain("other_name", "the", "src", "app"));
    }

    @Provide
    Arbitrary<List<String>> texts() {
        return Arbitraries.strings().withChars("ab. _-/😀").ofMinLength(1).ofMaxLength(8).list().ofMaxSize(8);
    }

    private static BitSet searched(Entity entity, List<String> texts, BitSet among) {
        BitSet found = new BitSet();
        among.stream().filter(text -> entity.occursIn(texts.get(text))).forEach(found::set);
        return found;
    }

    private static BitSet all(int size) {
        BitSet all = new BitSet();
        all.set(0, size);
        return all;
    }
}
