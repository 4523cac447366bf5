package io.mnemosyne.core.view;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import io.mnemosyne.core.Turn;
import io.mnemosyne.core.observe.StandingInstruction;

/**
 * The turns in which the user speaks. What they ask for is short beside what is done about it, and no summary is as good as
 * their words, so as many as there is room for stay in view when a segment has passed them.
 *
 * @param turns the first one, those with a standing instruction and the newest, oldest first
 */
public record UserTurns(List<UserTurn> turns) {
    static final UserTurns NONE = new UserTurns(List.of());
    /** Turns of each sort that are remembered, so that the head of a thread stays small. */
    private static final int MOST = 64;
    /** One turn may take this part of the room, so that a pasted log does not displace everything else. */
    private static final long PART_OF_ROOM = 3;

    /**
     * One turn.
     *
     * @param standing whether it says what is to be done from now on
     */
    public record UserTurn(long seq, long tokens, boolean standing) {
        TurnSize size() {
            return new TurnSize(seq, tokens);
        }
    }

    public UserTurns {
        turns = List.copyOf(turns);
    }

    UserTurns and(Turn turn, long tokens) {
        List<UserTurn> next = new ArrayList<>(turns);
        next.add(new UserTurn(turn.seq(), tokens, StandingInstruction.isIn(turn)));
        if (next.size() > MOST) {
            forget(next, false);
            forget(next, true);
        }
        return new UserTurns(next);
    }

    /** Forgets the oldest but the first if there are too many of a sort. */
    private static void forget(List<UserTurn> turns, boolean standing) {
        List<UserTurn> sort = turns.stream().skip(1).filter(turn -> turn.standing() == standing).toList();
        turns.removeAll(sort.subList(0, Math.max(0, sort.size() - MOST)));
    }

    /** The newest one; empty if the user has not spoken yet. */
    Optional<TurnSize> newest() {
        return turns.isEmpty() ? Optional.empty() : Optional.of(turns.getLast().size());
    }

    /**
     * The turns up to a watermark that fit, besides the newest of all: first those with a standing instruction, then the
     * very first, then the newest.
     *
     * @param room tokens for all of them together
     */
    List<TurnSize> fitting(long watermark, long room) {
        Optional<UserTurn> first = turns.stream().findFirst();
        Comparator<UserTurn> byWorth = Comparator.comparing((UserTurn turn) -> !turn.standing())
                .thenComparing(turn -> !first.equals(Optional.of(turn)))
                .thenComparing(UserTurn::seq, Comparator.reverseOrder());
        Stream<UserTurn> candidates = turns.stream().limit(Math.max(0, turns.size() - 1))
                .filter(turn -> turn.seq() <= watermark && turn.tokens() <= room / PART_OF_ROOM).sorted(byWorth);
        List<TurnSize> fitting = new ArrayList<>();
        long left = room;
        for (UserTurn turn : candidates.toList()) {
            if (turn.tokens() <= left) {
                fitting.add(turn.size());
                left -= turn.tokens();
            }
        }
        return fitting;
    }
}
