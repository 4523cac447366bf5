package io.mnemosyne.context;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

import io.mnemosyne.core.SemanticObject;
import io.mnemosyne.core.fidelity.Forms;
import io.mnemosyne.core.fidelity.HeldObject;

/**
 * An object as it is stored.
 *
 * @param at when its turn was said, as far as that is known
 * @param held what the view knows of it; empty if it was never to be shown shorter, or stands in a segment by now
 * @param text all of it, to the byte
 * @param forms its shorter ones
 * @param history what became of it, oldest first
 */
public record StoredObject(SemanticObject object, Optional<Instant> at, Optional<HeldObject> held, String text,
        Forms forms,
        List<ObjectRow.Entry> history) {
    public StoredObject {
        history = List.copyOf(history);
    }
}
