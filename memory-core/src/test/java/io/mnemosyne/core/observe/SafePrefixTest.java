package io.mnemosyne.core.observe;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import org.junit.jupiter.api.Test;

import io.mnemosyne.core.Role;
import io.mnemosyne.core.TurnFacts;

import static org.assertj.core.api.Assertions.assertThat;

class SafePrefixTest {
    private final List<TurnFacts> turns = new ArrayList<>();

    @Test
    void shouldKeepACallWithItsResult() {
        // given
        says(Role.USER).calls("a").answers("a").says(Role.ASSISTANT);
        // then
        assertThat(SafePrefix.lengths(turns)).containsExactly(1, 3, 4);
    }

    @Test
    void shouldKeepParallelCallsTogetherWhetherInOneTurnOrInSeveral() {
        // given
        calls("a", "b").answers("b").answers("a").calls("c").calls("d").answers("c").answers("d");
        // then
        assertThat(SafePrefix.lengths(turns)).containsExactly(3, 7);
    }

    @Test
    void shouldWaitForAResultThatIsStillToCome() {
        // given
        says(Role.USER).calls("a", "b").answers("a");
        // then
        assertThat(SafePrefix.lengths(turns)).containsExactly(1);
    }

    @Test
    void shouldStopWaitingWhenTheUserOrTheAssistantGoesOn() {
        // given
        calls("lost").says(Role.USER).calls("lost too").says(Role.ASSISTANT).calls("half", "lost").answers("half")
                .calls("next");
        // then
        assertThat(SafePrefix.lengths(turns)).containsExactly(1, 2, 3, 4, 6);
        assertThat(SafePrefix.lengths(answers("next").turns)).containsExactly(1, 2, 3, 4, 6, 8);
    }

    @Test
    void shouldGiveAResultToTheNearestCallWhenIdsRepeat() {
        // given
        calls("a").answers("a").calls("a").answers("a");
        // then
        assertThat(SafePrefix.lengths(turns)).containsExactly(2, 4);
    }

    @Test
    void shouldNotWaitForeverForASourceWithoutResults() {
        // given
        for (int i = 0; i < 200; i++) {
            calls("call-" + i);
        }
        // then
        assertThat(SafePrefix.lengths(turns)).containsExactly(64, 128, 192);
    }

    private SafePrefixTest says(Role role) {
        return turn(role, List.of(), List.of());
    }

    private SafePrefixTest calls(String... ids) {
        return turn(Role.ASSISTANT, List.of(ids), List.of());
    }

    private SafePrefixTest answers(String... ids) {
        return turn(Role.TOOL, List.of(), List.of(ids));
    }

    private SafePrefixTest turn(Role role, List<String> opens, List<String> closes) {
        turns.add(new TurnFacts(turns.size(), role, 100, Optional.empty(), opens, closes));
        return this;
    }
}
