package io.mnemosyne.core.fidelity;

import java.util.Optional;

/**
 * The shorter forms of one object, each shorter than the one before.
 *
 * @param detailed for {@link Fidelity#DETAILED}
 * @param compact for {@link Fidelity#COMPACT}
 * @param stub for {@link Fidelity#STUB}
 * @param tombstone for {@link Fidelity#EVICTED}
 */
public record Forms(Form detailed, Form compact, Form stub, Form tombstone) {

    /** The form at a fidelity; empty at full fidelity, which has the text itself. */
    public Optional<Form> at(Fidelity fidelity) {
        return switch (fidelity) {
            case FULL -> Optional.empty();
            case DETAILED -> Optional.of(detailed);
            case COMPACT -> Optional.of(compact);
            case STUB -> Optional.of(stub);
            case EVICTED -> Optional.of(tombstone);
        };
    }

    /** With another text at a fidelity below the full one. */
    public Forms with(Fidelity fidelity, Form form) {
        return switch (fidelity) {
            case FULL -> throw new IllegalArgumentException("the full text has no other form");
            case DETAILED -> new Forms(form, compact, stub, tombstone);
            case COMPACT -> new Forms(detailed, form, stub, tombstone);
            case STUB -> new Forms(detailed, compact, form, tombstone);
            case EVICTED -> new Forms(detailed, compact, stub, form);
        };
    }
}
