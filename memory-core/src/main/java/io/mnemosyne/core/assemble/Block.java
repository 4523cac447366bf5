package io.mnemosyne.core.assemble;

import java.time.ZoneId;
import java.util.Optional;

import io.mnemosyne.core.Segment;
import io.mnemosyne.core.SegmentText;
import io.mnemosyne.core.SeqRange;
import io.mnemosyne.core.Sha256;
import io.mnemosyne.core.Turn;
import io.mnemosyne.core.fidelity.Fidelity;

/**
 * One piece of a prompt. Blocks stand side by side unchanged from call to call, so that a provider's cache keeps them.
 *
 * @param seqs the turns that it stands for; empty for the project state and for times
 * @param text ends with a newline
 * @param tokens at least those of the text together with the newline that joins it to the next block
 * @param sha256 lower-case hex SHA-256 of the text
 * @param turn the turn that it shows, perhaps as an excerpt
 */
public record Block(Kind kind, Optional<SeqRange> seqs, String text, long tokens, String sha256, Optional<Turn> turn) {

    /** What a block holds. */
    public enum Kind {
        /** A system turn, in full. */
        SYSTEM,
        /** The project state. */
        STATE,
        /** A segment that replaced older segments. */
        REFLECTION,
        /** A segment in the place of its turns. */
        OBSERVATION,
        /** A copy of a turn that has its place elsewhere: the newest user turn, or a pinned one. */
        USER,
        /** A copy of an object that was brought back; it takes its place at the next rewrite. */
        RESTORED,
        /** A turn in its place of which something is shown in summary. */
        SUMMARY,
        /** Says what was left out and how to read it, or is a turn of which that is said. */
        STUB,
        /** Says when the turns behind it were said, and after which pause. */
        TIME,
        /** A turn in its place. */
        TURN
    }

    static Block ofTurn(SizedTurn sized) {
        Turn turn = sized.turn();
        Kind kind = switch (turn.role()) {
            case SYSTEM -> Kind.SYSTEM;
            case USER, ASSISTANT, TOOL -> sized.below().map(Block::kindBelow).orElse(Kind.TURN);
        };
        return of(kind, Optional.of(SeqRange.of(turn.seq())), TurnText.of(turn), sized.tokens(), Optional.of(turn));
    }

    private static Kind kindBelow(Fidelity fidelity) {
        return switch (fidelity) {
            case FULL -> Kind.TURN;
            case DETAILED, COMPACT -> Kind.SUMMARY;
            case STUB, EVICTED -> Kind.STUB;
        };
    }

    static Block copyOf(SizedTurn sized, ZoneId zone) {
        return copyOf(Kind.USER, sized, zone);
    }

    static Block restored(SizedTurn sized, ZoneId zone) {
        return copyOf(Kind.RESTORED, sized, zone);
    }

    private static Block copyOf(Kind kind, SizedTurn sized, ZoneId zone) {
        Turn turn = sized.turn();
        return of(kind, Optional.of(SeqRange.of(turn.seq())), TurnText.copyOf(turn, zone), sized.tokens(),
                Optional.of(turn));
    }

    static Block ofSegment(Segment segment) {
        Kind kind = switch (segment.kind()) {
            case OBSERVATION -> Kind.OBSERVATION;
            case REFLECTION -> Kind.REFLECTION;
        };
        return of(kind, Optional.of(segment.range()), SegmentText.of(segment), segment.tokens() + TurnText.JOINT,
                Optional.empty());
    }

    static Block ofState(String text, long tokens) {
        return of(Kind.STATE, Optional.empty(), text, tokens, Optional.empty());
    }

    static Block ofTime(String text, long tokens) {
        return of(Kind.TIME, Optional.empty(), text, tokens, Optional.empty());
    }

    static Block stub(SeqRange seqs, String text, long tokens) {
        return of(Kind.STUB, Optional.of(seqs), text, tokens, Optional.empty());
    }

    private static Block of(Kind kind, Optional<SeqRange> seqs, String text, long tokens, Optional<Turn> turn) {
        return new Block(kind, seqs, text, tokens, Sha256.hex(text), turn);
    }
}
