package io.mnemosyne.inference.models;

import java.util.List;

import io.mnemosyne.inference.chat.ModelId;

/** Who is asked, first to last, until one answers. Neither is empty. */
public record Chains(List<ModelId> observer, List<ModelId> reflector) {
    /** For whom has no key. */
    public static final Chains OFFLINE = new Chains(List.of(ModelId.OFFLINE), List.of(ModelId.OFFLINE));

    public Chains {
        observer = List.copyOf(observer);
        reflector = List.copyOf(reflector);
        if (observer.isEmpty() || reflector.isEmpty()) {
            throw new IllegalArgumentException("a chain needs at least one model; write offline for the extractor");
        }
    }
}
