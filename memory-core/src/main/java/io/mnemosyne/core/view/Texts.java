package io.mnemosyne.core.view;

import java.util.Optional;
import java.util.OptionalLong;

import io.mnemosyne.core.SemanticObject;
import io.mnemosyne.core.assemble.SizedTurn;

/** Finds what the view does not keep. */
public interface Texts {
    /** Where nothing can be found. */
    Texts NONE = new Texts() {
        @Override
        public Optional<Original> of(String object, long seq) {
            return Optional.empty();
        }

        @Override
        public OptionalLong seqOf(String object) {
            return OptionalLong.empty();
        }

        @Override
        public Optional<SizedTurn> turn(long seq) {
            return Optional.empty();
        }
    };

    /**
     * An object with all its text; empty if it cannot be had.
     *
     * @param object its id
     * @param seq of its turn
     */
    Optional<Original> of(String object, long seq);

    /** The turn that an object was cut from; empty if the thread has none with this id. */
    OptionalLong seqOf(String object);

    /** A turn as it was read; empty if there is none with this seq. */
    Optional<SizedTurn> turn(long seq);

    /** An object as it was cut. */
    record Original(SemanticObject object, String text) {
    }
}
