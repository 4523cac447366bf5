package io.mnemosyne.core.observe;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import org.junit.jupiter.api.Test;

import io.mnemosyne.core.Role;
import io.mnemosyne.core.TurnFacts;

import static org.assertj.core.api.Assertions.assertThat;

class CondensedTest {
    private final List<TurnFacts> turns = new ArrayList<>();

    @Test
    void shouldLeaveTurnsAloneWhenTheyAreFew() {
        // given
        toolUses(1_000);
        // then
        assertThat(Condensed.of(turns, Set.of())).isEqualTo(turns);
    }

    @Test
    void shouldPutNeighboursTogetherAndPartNoCallFromItsResultWhenThereAreVeryMany() {
        // given
        toolUses(10_000);
        // when
        List<TurnFacts> condensed = Condensed.of(turns, Set.of());
        // then
        assertThat(condensed).hasSizeBetween(500, 2_000);
        assertThat(condensed.stream().mapToLong(TurnFacts::tokens).sum()).isEqualTo(20_000 * 10);
        assertThat(condensed.subList(0, condensed.size() - 2)).allMatch(turn -> turn.seq() % 2 == 1)
                .allMatch(turn -> turn.tokens() < 1_000);
        assertThat(condensed.subList(condensed.size() - 2, condensed.size())).as("the agent has not gone on from it")
                .isEqualTo(turns.subList(turns.size() - 2, turns.size()));
    }

    @Test
    void shouldKeepTheEndOfARangeWhenItIsInTheMiddleOfManyTurns() {
        // given
        toolUses(10_000);
        // when
        List<TurnFacts> condensed = Condensed.of(turns, Set.of(7_777L));
        // then
        assertThat(condensed).extracting(TurnFacts::seq).contains(7_777L);
    }

    @Test
    void shouldNotGrowWithIdsThatNothingAnswers() {
        // given an open call, and results that belong to no call
        turn(Role.ASSISTANT, List.of("open"), List.of());
        for (int i = 0; i < 100; i++) {
            turn(Role.TOOL, List.of(), ids(1_000));
        }
        // when
        List<TurnFacts> condensed = Condensed.of(turns, Set.of());
        // then
        assertThat(condensed.stream().mapToInt(TurnFacts::weight).sum()).isLessThan(Condensed.MAX_WEIGHT);
        assertThat(condensed.getLast()).isEqualTo(turns.getLast());
    }

    private void toolUses(int count) {
        for (int i = 0; i < count; i++) {
            turn(Role.ASSISTANT, List.of("call-" + i), List.of());
            turn(Role.TOOL, List.of(), List.of("call-" + i));
        }
    }

    private static List<String> ids(int count) {
        List<String> ids = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            ids.add("unknown-" + i);
        }
        return ids;
    }

    private void turn(Role role, List<String> opens, List<String> closes) {
        turns.add(new TurnFacts(turns.size(), role, 10, Optional.empty(), opens, closes));
    }
}
