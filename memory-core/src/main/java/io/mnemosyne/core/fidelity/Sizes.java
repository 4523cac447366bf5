package io.mnemosyne.core.fidelity;

/** Tokens of an object at each fidelity; none is larger than the one before. */
public record Sizes(long full, long detailed, long compact, long stub, long evicted) {

    /** The sizes of an object whose full text has so many tokens; a form that is longer is never shown. */
    public static Sizes of(long full, Forms forms) {
        long detailed = Math.min(full, forms.detailed().tokens());
        long compact = Math.min(detailed, forms.compact().tokens());
        long stub = Math.min(compact, forms.stub().tokens());
        return new Sizes(full, detailed, compact, stub, Math.min(stub, forms.tombstone().tokens()));
    }

    /** Tokens at a fidelity. */
    public long at(Fidelity fidelity) {
        return switch (fidelity) {
            case FULL -> full;
            case DETAILED -> detailed;
            case COMPACT -> compact;
            case STUB -> stub;
            case EVICTED -> evicted;
        };
    }
}
