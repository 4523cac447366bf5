package io.mnemosyne.core.view;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

import io.mnemosyne.core.Role;
import io.mnemosyne.core.Turn;

/**
 * What is known of the turns read so far, sizes only.
 *
 * @param nextSeq the seq that the next turn must have
 * @param system all system turns, oldest first
 * @param users turns in which the user speaks
 * @param pinned turns that are to stay in view, oldest first; one that a segment had passed before counts as
 *            0 tokens
 * @param tail sizes of the turns after the shown watermark as they are shown, in their order
 * @param lastAt when the newest turn with a known time was said
 */
public record ReadTurns(long nextSeq, List<TurnSize> system, UserTurns users, List<TurnSize> pinned,
        List<Long> tail, Optional<Instant> lastAt) {
    static final ReadTurns NONE = new ReadTurns(0, List.of(), UserTurns.NONE, List.of(), List.of(), Optional.empty());

    public ReadTurns {
        system = List.copyOf(system);
        pinned = List.copyOf(pinned);
        tail = List.copyOf(tail);
    }

    ReadTurns append(Turn turn, long tokens) {
        TurnSize size = new TurnSize(turn.seq(), tokens);
        return new ReadTurns(turn.seq() + 1, turn.role() == Role.SYSTEM ? with(system, size) : system,
                turn.isByUser() ? users.and(turn, tokens) : users, pinned, with(tail, tokens),
                turn.body().origin().at().or(() -> lastAt));
    }

    /**
     * With a turn pinned that was read.
     *
     * @param tokens of its text
     */
    ReadTurns pin(long seq, long tokens) {
        return new ReadTurns(nextSeq, system, users,
                with(pinned.stream().filter(pin -> pin.seq() != seq).toList(), new TurnSize(seq, tokens)).stream()
                        .sorted((a, b) -> Long.compare(a.seq(), b.seq())).toList(),
                tail, lastAt);
    }

    /** With a turn pinned; empty if there is no such turn. */
    Optional<ReadTurns> pin(long seq) {
        if (seq < 0 || seq >= nextSeq) {
            return Optional.empty();
        }
        long first = nextSeq - tail.size();
        long tokens = seq < first ? 0 : tail.get((int) (seq - first));
        return Optional.of(pin(seq, tokens));
    }

    boolean isPinned(long seq) {
        return pinned.stream().anyMatch(pin -> pin.seq() == seq);
    }

    /** With a turn pinned no more. */
    ReadTurns unpin(long seq) {
        return new ReadTurns(nextSeq, system, users, pinned.stream().filter(pin -> pin.seq() != seq).toList(), tail,
                lastAt);
    }

    /** With turns of the tail shown in another size, by seq. */
    ReadTurns resized(Map<Long, Long> sizes) {
        List<Long> next = new ArrayList<>(tail);
        long first = nextSeq - tail.size();
        sizes.forEach((seq, tokens) -> next.set((int) (seq - first), tokens));
        return new ReadTurns(nextSeq, system, users, pinned, next, lastAt);
    }

    /** Without the sizes of turns up to a watermark. */
    ReadTurns coveredThrough(long watermark) {
        return new ReadTurns(nextSeq, system, users, pinned, tail.subList(covered(watermark), tail.size()),
                lastAt);
    }

    /** Tokens of all turns after a watermark that is not before the shown one. */
    long tokensAfter(long watermark) {
        return tail.subList(covered(watermark), tail.size()).stream().mapToLong(Long::longValue).sum();
    }

    /** Tokens of the turns of the tail from one on. */
    long tokensFrom(long seq) {
        return tokensAfter(seq - 1);
    }

    /** Tokens of the system turns up to a watermark. */
    long systemTokensThrough(long watermark) {
        return system.stream().filter(turn -> turn.seq() <= watermark).mapToLong(TurnSize::tokens).sum();
    }

    /**
     * The turns up to a watermark that are carried as copies, oldest first: the newest one of the user, pinned ones, and of
     * what else the user said what fits.
     *
     * @param room tokens for what else the user said
     * @param more other turns to be carried
     */
    List<TurnSize> copiesThrough(long watermark, long room, List<TurnSize> more) {
        Map<Long, TurnSize> copies = new TreeMap<>();
        Stream.of(users.fitting(watermark, room), users.newest().stream().toList(), pinned, more).flatMap(List::stream)
                .filter(copy -> copy.seq() <= watermark)
                .forEach(copy -> copies.merge(copy.seq(), copy, ReadTurns::better));
        return List.copyOf(copies.values());
    }

    /** A turn that was out of sight when it was pinned has no size. */
    private static TurnSize better(TurnSize one, TurnSize other) {
        return one.tokens() >= other.tokens() ? one : other;
    }

    private int covered(long watermark) {
        return (int) (watermark - (nextSeq - tail.size()) + 1);
    }

    private static <T> List<T> with(List<T> list, T element) {
        List<T> next = new ArrayList<>(list);
        next.add(element);
        return next;
    }
}
