package io.mnemosyne.core.view;

import java.util.Optional;

import io.mnemosyne.core.SemanticObject;

/** Finds what the view does not keep. */
@FunctionalInterface
public interface Texts {
    /** Where nothing can be found. */
    Texts NONE = (object, seq) -> Optional.empty();

    /**
     * An object with all its text; empty if it cannot be had.
     *
     * @param object its id
     * @param seq of its turn
     */
    Optional<Original> of(String object, long seq);

    /** An object as it was cut. */
    record Original(SemanticObject object, String text) {
    }
}
