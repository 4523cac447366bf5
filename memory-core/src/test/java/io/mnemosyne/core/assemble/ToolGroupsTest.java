package io.mnemosyne.core.assemble;

import java.util.List;

import org.junit.jupiter.api.Test;

import io.mnemosyne.core.Role;
import io.mnemosyne.core.Turn;

import static io.mnemosyne.core.assemble.Conversations.call;
import static io.mnemosyne.core.assemble.Conversations.result;
import static io.mnemosyne.core.assemble.Conversations.said;
import static org.assertj.core.api.Assertions.assertThat;

class ToolGroupsTest {

    @Test
    void shouldKeepParallelCallsAndTheirResultsTogether() {
        assertThat(groups(said(0, Role.USER, "Go."), call(1, "a", "{}"), call(2, "b", "{}"), result(3, "b", "x"),
                result(4, "a", "y"), said(5, Role.ASSISTANT, "Done."))).containsExactly(List.of(0L),
                        List.of(1L, 2L, 3L, 4L), List.of(5L));
    }

    @Test
    void shouldTakeTheNearestCallWhenAnIdRepeats() {
        assertThat(groups(call(0, "a", "{}"), result(1, "a", "x"), call(2, "a", "{}"), result(3, "a", "y")))
                .containsExactly(List.of(0L, 1L), List.of(2L, 3L));
    }

    @Test
    void shouldKeepWhatLiesBetweenACallAndALateResult() {
        assertThat(groups(call(0, "a", "{}"), said(1, Role.USER, "Wait."), result(2, "a", "x"),
                said(3, Role.USER, "Thanks."))).containsExactly(List.of(0L, 1L, 2L), List.of(3L));
    }

    @Test
    void shouldTakeAResultWithoutACallForAGroupOfItsOwn() {
        assertThat(groups(said(0, Role.USER, "Go."), result(1, "gone", "x"))).containsExactly(List.of(0L), List.of(1L));
    }

    @Test
    void shouldHoldAllCallsOfTheRowTogetherWhileOneWaits() {
        assertThat(groups(said(0, Role.USER, "Go."), call(1, "a", "{}"), call(2, "b", "{}"), result(3, "b", "x")))
                .containsExactly(List.of(0L), List.of(1L, 2L, 3L));
    }

    @Test
    void shouldBeOpenOnlyWhileACallWaitsAndNobodyHasSpokenSince() {
        assertThat(open(call(0, "a", "{}"))).isTrue();
        assertThat(open(call(0, "a", "{}"), call(1, "b", "{}"), result(2, "b", "x"))).isTrue();
        assertThat(open(call(0, "a", "{}"), result(1, "a", "x"))).isFalse();
        assertThat(open(call(0, "a", "{}"), said(1, Role.USER, "Stop."))).isFalse();
        assertThat(open(call(0, "a", "{}"), said(1, Role.ASSISTANT, "Never mind."))).isFalse();
        assertThat(open()).isFalse();
    }

    private static List<List<Long>> groups(Turn... turns) {
        return ToolGroups.of(Conversations.sized(List.of(turns))).stream()
                .map(group -> group.stream().map(SizedTurn::seq).toList()).toList();
    }

    private static boolean open(Turn... turns) {
        return ToolGroups.endsOpen(Conversations.sized(List.of(turns)));
    }
}
