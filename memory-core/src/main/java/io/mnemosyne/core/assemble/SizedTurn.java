package io.mnemosyne.core.assemble;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import io.mnemosyne.core.Content;
import io.mnemosyne.core.Part;
import io.mnemosyne.core.Turn;
import io.mnemosyne.core.TurnFacts;
import io.mnemosyne.core.fidelity.Fidelity;
import io.mnemosyne.core.fidelity.Form;
import io.mnemosyne.core.tokens.TokenCounter;

/**
 * A turn with the size of its text in a prompt, counted once when it is read.
 *
 * @param tokens at least those of {@link TurnText#of}, blobs included
 * @param below how little is shown of one of its objects; empty if all are shown in full
 */
public record SizedTurn(Turn turn, long tokens, Optional<Fidelity> below) {
    /** A turn in full. */
    public SizedTurn(Turn turn, long tokens) {
        this(turn, tokens, Optional.empty());
    }

    public static SizedTurn of(Turn turn, TokenCounter counter) {
        return new SizedTurn(turn, TurnText.tokens(turn, counter));
    }

    public long seq() {
        return turn.seq();
    }

    /** With the size of its text as a copy, whose heading says when it was said. */
    SizedTurn asCopy() {
        return new SizedTurn(turn, tokens + TurnText.tokensToSayWhen(turn), below);
    }

    TurnFacts facts() {
        return TurnFacts.of(turn);
    }

    /** The same size, with other contents: for example with its blobs put in. */
    public SizedTurn with(Turn resolved) {
        return new SizedTurn(resolved, tokens, below);
    }

    /**
     * The turn with an object of it shown shorter.
     *
     * @param part index of the object's part
     * @param saved tokens by which the form is shorter than the object's text
     */
    public SizedTurn with(int part, Fidelity fidelity, Form form, long saved) {
        List<Part> parts = new ArrayList<>(turn.parts());
        parts.set(part, parts.get(part).withContent(Content.of(form.text())));
        Turn shorter = new Turn(turn.thread(), turn.incarnation(), turn.seq(), turn.body().withParts(parts),
                turn.tokens(), turn.objects());
        return new SizedTurn(shorter, tokens - saved,
                below.filter(other -> other.isBelow(fidelity)).or(() -> Optional.of(fidelity)));
    }
}
