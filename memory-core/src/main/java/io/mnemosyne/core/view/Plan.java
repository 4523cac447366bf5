package io.mnemosyne.core.view;

import java.util.List;

import io.mnemosyne.core.fidelity.HeldObjects;
import io.mnemosyne.core.view.ViewEvent.Change;

/**
 * What an epoch would show.
 *
 * @param shown in front of the raw tail
 * @param turns with the sizes that they would be shown in
 * @param held with how much of each object would be shown
 * @param changes of the objects
 * @param rewritten tokens behind the first difference from what is shown now
 */
record Plan(Shown shown, ReadTurns turns, HeldObjects held, List<Change> changes, long rewritten) {
    Plan {
        changes = List.copyOf(changes);
    }

    /** Tokens of the prompt. */
    long tokens() {
        return shown.tokens(turns);
    }
}
