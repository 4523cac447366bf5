package io.mnemosyne.schemas.mapping;

import io.mnemosyne.core.fidelity.Fidelity;

/** Levels of fidelity: a number in the schemas. */
final class Levels {
    private Levels() {
    }

    /** @throws UnknownKindException if there is no such level in this version */
    static Fidelity toCore(int level) {
        try {
            return Fidelity.of(level);
        } catch (IllegalArgumentException e) {
            throw new UnknownKindException("level of fidelity", Integer.toString(level));
        }
    }
}
