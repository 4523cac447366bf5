package io.mnemosyne.core.recall;

import java.util.List;
import java.util.Optional;

/**
 * What a question found.
 *
 * @param found best first
 * @param time that the question was understood to be about
 */
public record Recollection(List<Recalled> found, Source source, Optional<TimeRange> time) {
    public Recollection {
        found = List.copyOf(found);
    }

    /** Where it was looked for. */
    public enum Source {
        /** The search index: by word and by meaning. */
        INDEX,
        /** The state store, since the index did not answer: by word only. */
        STORE
    }
}
