package io.mnemosyne.core.assemble;

import io.mnemosyne.core.Turn;
import io.mnemosyne.core.TurnFacts;
import io.mnemosyne.core.tokens.TokenCounter;

/**
 * A turn with the size of its text in a prompt, counted once when it is read.
 *
 * @param tokens at least those of {@link TurnText#of}, blobs included
 */
public record SizedTurn(Turn turn, long tokens) {
    public static SizedTurn of(Turn turn, TokenCounter counter) {
        return new SizedTurn(turn, TurnText.tokens(turn, counter));
    }

    public long seq() {
        return turn.seq();
    }

    /** With the size of its text as a copy, whose heading says when it was said. */
    SizedTurn asCopy() {
        return new SizedTurn(turn, tokens + TurnText.tokensToSayWhen(turn));
    }

    TurnFacts facts() {
        return TurnFacts.of(turn);
    }

    /** The same size, with other contents: for example with its blobs put in. */
    public SizedTurn with(Turn resolved) {
        return new SizedTurn(resolved, tokens);
    }
}
