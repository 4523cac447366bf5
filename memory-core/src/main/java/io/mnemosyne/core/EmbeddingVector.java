package io.mnemosyne.core;

import java.util.List;

/**
 * The embedding of an object or segment.
 *
 * @param subject id of the object or segment
 * @param model that made it, for example {@code all-minilm-l6-v2-q}
 * @param contentHash of the embedded text
 * @param values as many as the model has dimensions
 */
public record EmbeddingVector(ThreadKey thread, long incarnation, String subject, String model, String contentHash,
        List<Float> values) {
    public EmbeddingVector {
        values = List.copyOf(values);
    }
}
