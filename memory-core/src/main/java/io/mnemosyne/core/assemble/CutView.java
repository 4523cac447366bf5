package io.mnemosyne.core.assemble;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import io.mnemosyne.core.Role;
import io.mnemosyne.core.Segment;
import io.mnemosyne.core.SeqRange;

/**
 * What is left of a view's content after a cut.
 *
 * @param state the block of the project state, or none
 * @param segments the newest of the content's segments
 * @param copies those of the content's copies that are kept
 * @param dropped turns of the tail that are left out, oldest first
 * @param copy the turn out of {@code dropped} that is carried verbatim
 * @param tail turns that stand in their place, perhaps as excerpts, and what was restored among them
 */
record CutView(ViewContent content, List<Block> state, List<Segment> segments, List<SizedTurn> copies,
        List<SizedTurn> dropped, Optional<SizedTurn> copy, Tail tail) {

    /** Keeps all memory, and the tail from an index on. */
    CutView(ViewContent content, List<Block> state, Optional<SizedTurn> copy, Tail whole, int start) {
        this(content, state, content.segments(), content.copies(), whole.turns().subList(0, start), copy,
                whole.from(start));
    }

    /** Keeps what fits of the memory: project state, copies and segments, the newest of each first. */
    static CutView fitting(ViewContent content, List<Block> state, long room, Optional<SizedTurn> newestUser,
            List<SizedTurn> dropped, List<SizedTurn> tail) {
        long left = room;
        List<Block> keptState = Assembler.tokens(state) <= left ? state : List.of();
        left -= Assembler.tokens(keptState);
        List<SizedTurn> copies = new ArrayList<>();
        for (SizedTurn copy : content.copies().reversed()) {
            boolean paidFor = newestUser.equals(Optional.of(copy));
            if (paidFor || copy.tokens() <= left) {
                copies.addFirst(copy);
                left -= paidFor ? 0 : copy.tokens();
            }
        }
        List<Segment> segments = new ArrayList<>();
        for (Segment segment : content.segments().reversed()) {
            left -= tokens(segment);
            if (left < 0) {
                break;
            }
            segments.addFirst(segment);
        }
        return new CutView(content, keptState, segments, copies, dropped,
                newestUser.filter(dropped::contains).map(SizedTurn::asCopy), Tail.bare(tail));
    }

    static long tokens(Segment segment) {
        return segment.tokens() + TurnText.JOINT;
    }

    /** Tokens of {@link #blocks} without making them. */
    long tokens(CutText cuts) {
        return tokens() + Stream.of(droppedSegments(), droppedTurns()).flatMap(Optional::stream).map(cuts::stub)
                .mapToLong(Block::tokens).sum() + TimeLines.tokens(content, tail.turns(), cuts.counter());
    }

    /** Tokens of all but the lines that say what was left out, and when the tail was said. */
    long tokens() {
        return Assembler.tokens(state) + segments.stream().mapToLong(CutView::tokens).sum()
                + Stream.of(content.system(), copies, droppedSystem(), copy.stream().toList(), tail.turns())
                        .flatMap(List::stream).mapToLong(SizedTurn::tokens).sum()
                + tail.restoredTokens();
    }

    List<Block> blocks(CutText cuts) {
        List<Block> blocks = new ArrayList<>();
        content.system().stream().map(Block::ofTurn).forEach(blocks::add);
        droppedSystem().stream().map(Block::ofTurn).forEach(blocks::add);
        blocks.addAll(state);
        droppedSegments().map(cuts::stub).ifPresent(blocks::add);
        segments.stream().map(Block::ofSegment).forEach(blocks::add);
        copies.stream().map(kept -> Block.copyOf(kept, content.zone())).forEach(blocks::add);
        droppedTurns().map(cuts::stub).ifPresent(blocks::add);
        copy.map(kept -> Block.copyOf(kept, content.zone())).ifPresent(blocks::add);
        blocks.addAll(TimeLines.with(content, tail, cuts.counter()));
        return blocks;
    }

    private Optional<SeqRange> droppedSegments() {
        return content.segments().stream().filter(segment -> !segments.contains(segment)).map(Segment::range)
                .reduce(SeqRange::span);
    }

    private Optional<SeqRange> droppedTurns() {
        return dropped.stream().filter(turn -> turn.turn().role() != Role.SYSTEM)
                .map(turn -> SeqRange.of(turn.seq())).reduce(SeqRange::span);
    }

    private List<SizedTurn> droppedSystem() {
        return dropped.stream().filter(turn -> turn.turn().role() == Role.SYSTEM).toList();
    }
}
