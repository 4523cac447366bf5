package io.mnemosyne.inference.embeddings;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class WordPieceTest {
    private static final List<String> TOKENS = List.of("[UNK]", "[CLS]", "[SEP]", "un", "##aff", "##able", "cafe", ".",
            "java", "[", "]", "sep", "中", "$");
    private final WordPiece tokenizer = new WordPiece(vocabulary());

    @Test
    void shouldCutWordsIntoTheLongestPieces() {
        assertThat(encode("Unaffable", 256)).containsExactly("[CLS]", "un", "##aff", "##able", "[SEP]");
    }

    @Test
    void shouldDropCaseAccentsAndControlCharacters() {
        assertThat(encode("CAF\u00C9\u0000\u200B", 256)).containsExactly("[CLS]", "cafe", "[SEP]");
    }

    @Test
    void shouldSetPunctuationAndIdeographsApart() {
        assertThat(encode("cafe.java\u00A0中$", 256)).containsExactly("[CLS]", "cafe", ".", "java", "中", "$", "[SEP]");
    }

    @Test
    void shouldTakeMarksOfTheModelAsTextWhenTheyStandInAText() {
        assertThat(encode("[SEP]", 256)).containsExactly("[CLS]", "[", "sep", "]", "[SEP]");
    }

    @Test
    void shouldMarkWhatCannotBePiecedTogether() {
        assertThat(encode("unx " + "java".repeat(26), 256)).containsExactly("[CLS]", "[UNK]", "[UNK]", "[SEP]");
    }

    @Test
    void shouldStopInTheMiddleOfAWordWhenThereIsNoMoreRoom() {
        assertThat(encode("java unaffable java", 5)).containsExactly("[CLS]", "java", "un", "##aff", "[SEP]");
    }

    @Test
    void shouldRefuseAVocabularyWithoutTheMarks() {
        assertThatThrownBy(() -> new WordPiece(Map.of("[CLS]", 1L))).hasMessageContaining("lacks [SEP]");
    }

    private List<String> encode(String text, int max) {
        return Arrays.stream(tokenizer.encode(text, max)).mapToObj(id -> TOKENS.get((int) id)).toList();
    }

    private static Map<String, Long> vocabulary() {
        Map<String, Long> vocabulary = new HashMap<>();
        TOKENS.forEach(token -> vocabulary.put(token, (long) vocabulary.size()));
        return vocabulary;
    }
}
