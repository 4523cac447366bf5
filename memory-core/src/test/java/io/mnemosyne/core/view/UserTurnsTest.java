package io.mnemosyne.core.view;

import java.util.List;

import org.junit.jupiter.api.Test;

import io.mnemosyne.core.Role;
import io.mnemosyne.core.assemble.Conversations;

import static org.assertj.core.api.Assertions.assertThat;

class UserTurnsTest {
    private static final long TOKENS = 10;

    @Test
    void shouldKeepInstructionsThenTheFirstThenTheNewestWhenThereIsLittleRoom() {
        // given ten turns, the fourth of which says what to do from now on
        UserTurns users = users(10, 3);
        // then
        assertThat(seqs(users, 9, 5 * TOKENS)).containsExactlyInAnyOrder(3L, 0L, 8L, 7L, 6L);
        assertThat(seqs(users, 9, 3 * TOKENS)).containsExactlyInAnyOrder(3L, 0L, 8L);
        assertThat(seqs(users, 9, 100 * TOKENS)).hasSize(9).doesNotContain(9L);
    }

    @Test
    void shouldKeepOnlyWhatASegmentHasPassed() {
        assertThat(seqs(users(10, 3), 2, 100 * TOKENS)).containsExactlyInAnyOrder(0L, 1L, 2L);
    }

    @Test
    void shouldNotLetOnePastedLogTakeAllTheRoom() {
        // given
        UserTurns users = users(2, 5).and(Conversations.said(2, Role.USER, "a long log"), 90)
                .and(Conversations.said(3, Role.USER, "go on"), TOKENS);
        // then
        assertThat(seqs(users, 3, 100)).containsExactlyInAnyOrder(0L, 1L);
    }

    @Test
    void shouldStaySmallHoweverLongTheUserSpeaks() {
        // given
        UserTurns users = users(5_000, 17);
        // then
        assertThat(users.turns()).hasSizeLessThan(150);
        assertThat(users.newest()).contains(new TurnSize(4_999, TOKENS));
        assertThat(seqs(users, 4_999, 3 * TOKENS)).contains(0L, 17L);
    }

    private static UserTurns users(int count, int instruction) {
        UserTurns users = UserTurns.NONE;
        for (int seq = 0; seq < count; seq++) {
            String text = seq == instruction ? "Never touch the lexer." : "Look at file " + seq + ".";
            users = users.and(Conversations.said(seq, Role.USER, text), TOKENS);
        }
        return users;
    }

    private static List<Long> seqs(UserTurns users, long watermark, long room) {
        return users.fitting(watermark, room).stream().map(TurnSize::seq).toList();
    }
}
