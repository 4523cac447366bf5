package io.mnemosyne.core.assemble;

import java.util.List;

import io.mnemosyne.core.Part;
import io.mnemosyne.core.SemanticObject;
import io.mnemosyne.core.Turn;
import io.mnemosyne.core.tokens.TokenCounter;

/**
 * An object that was brought back: all its text, repeated behind the turns that there were.
 *
 * @param turn that it was cut from, with nothing but the object
 * @param after seq of the newest turn then
 */
public record Restored(SizedTurn turn, long after) {

    /**
     * The object as it is repeated.
     *
     * @param turn that it was cut from, in full
     */
    public static Restored of(SemanticObject object, Turn turn, long after, TokenCounter counter) {
        List<Part> parts = object.part() < 0 ? turn.parts() : List.of(turn.parts().get(object.part()));
        Turn only = new Turn(turn.thread(), turn.incarnation(), turn.seq(), turn.body().withParts(parts),
                object.tokens(), List.of());
        return new Restored(SizedTurn.of(only, counter).asCopy(), after);
    }

    /** Of its block. */
    public long tokens() {
        return turn.tokens();
    }

    /** The same size, with other contents: for example with its blobs put in. */
    public Restored with(Turn resolved) {
        return new Restored(turn.with(resolved), after);
    }
}
