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

    /** With another text at a fidelity below the full one; where less is to be shown, nothing longer is. */
    public Forms with(Fidelity fidelity, Form form) {
        return switch (fidelity) {
            case FULL -> throw new IllegalArgumentException("the full text has no other form");
            case DETAILED -> falling(form, compact, stub, tombstone);
            case COMPACT -> falling(detailed, form, stub, tombstone);
            case STUB -> falling(detailed, compact, form, tombstone);
            case EVICTED -> falling(detailed, compact, stub, form);
        };
    }

    private static Forms falling(Form detailed, Form compact, Form stub, Form tombstone) {
        Form second = shorter(compact, detailed);
        Form third = shorter(stub, second);
        return new Forms(detailed, second, third, shorter(tombstone, third));
    }

    private static Form shorter(Form form, Form above) {
        return form.tokens() <= above.tokens() ? form : above;
    }
}
