package io.mnemosyne.core.recall;

import java.util.List;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class LexicalRankingTest {

    @Test
    void shouldRankRareWordsBeforeCommonOnes() {
        // given
        LexicalRanking<String> ranking = ranking("the port of the broker");
        for (int i = 0; i < 20; i++) {
            add(ranking, "broker-" + i, "the broker was started again");
        }
        add(ranking, "port", "it listens on a port");
        // then
        assertThat(best(ranking, 1)).containsExactly("port");
    }

    @Test
    void shouldPutATextWithANameToTheLetterFirst() {
        // given
        LexicalRanking<String> ranking = ranking("Why did LedgerStore.append fail with E0308?");
        add(ranking, "words", "it was a fail to append, and then a fail to append again");
        for (int i = 0; i < 50; i++) {
            add(ranking, "other-" + i, "something else was done");
        }
        add(ranking, "name", "a long text about much else, and then at its end: error E0308 it said");
        // then
        assertThat(best(ranking, 2)).containsExactly("name", "words");
    }

    @Test
    void shouldFindPartsOfPathsAndIdentifiers() {
        // given
        LexicalRanking<String> ranking = ranking("ledger");
        add(ranking, "identifier", "class LedgerStore {}");
        add(ranking, "path", "see src/main/ledger.py, line 3");
        add(ranking, "other", "edgers");
        // then
        assertThat(best(ranking, 5)).containsExactlyInAnyOrder("identifier", "path");
    }

    @Test
    void shouldPutTheNewerOfEqualTextsFirstAndForgetWhatIsTakenBack() {
        // given
        LexicalRanking<String> ranking = ranking("port");
        add(ranking, "old", "port 1");
        add(ranking, "new", "port 2");
        add(ranking, "stale", "port 3");
        // when
        ranking.remove("stale");
        // then
        assertThat(best(ranking, 5)).containsExactly("new", "old");
    }

    @Test
    void shouldStillFindTheBestAmongMoreTextsThanItKeeps() {
        // given
        LexicalRanking<String> ranking = ranking("port of the registry 48213");
        add(ranking, "number", "48213");
        add(ranking, "both", "port of the registry");
        for (int i = 0; i < 20_000; i++) {
            add(ranking, "port-" + i, "port");
        }
        // then
        assertThat(best(ranking, 3)).containsExactly("number", "both", "port-19999");
    }

    private static LexicalRanking<String> ranking(String question) {
        return new LexicalRanking<>(Asked.in(question));
    }

    private static void add(LexicalRanking<String> ranking, String id, String text) {
        ranking.add(id, text, id);
    }

    private static List<String> best(LexicalRanking<String> ranking, int most) {
        return ranking.best(most).stream().map(LexicalRanking.Ranked::value).toList();
    }
}
