package io.mnemosyne.core.recall;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class RankFusionTest {

    @Test
    void shouldPutWhatStandsInSeveralListsFirst() {
        // given
        RankFusion fusion = new RankFusion(60);
        fusion.add("first of one", 1, 0, 1);
        fusion.add("third of both", 1, 2, 1);
        fusion.add("third of both", 1, 2, 1);
        // then
        assertThat(fusion.best()).extracting(RankFusion.Candidate::id).containsExactly("third of both", "first of one");
    }

    @Test
    void shouldPutTheNewerOfEquallyGoodOnesFirst() {
        // given
        RankFusion fusion = new RankFusion(60);
        fusion.add("old", 3, 0, 1);
        fusion.add("new", 9, 0, 1);
        // then
        assertThat(fusion.best()).extracting(RankFusion.Candidate::id).containsExactly("new", "old");
    }
}
