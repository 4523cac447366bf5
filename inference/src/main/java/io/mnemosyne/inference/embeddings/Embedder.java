package io.mnemosyne.inference.embeddings;

import java.util.List;

/** Turns texts into vectors of one model. Safe for use by several threads. */
public interface Embedder extends AutoCloseable {

    /** Names the model; vectors of different models must not be compared. */
    String model();

    /** How many values every vector of this model has. */
    int dimensions();

    /**
     * One vector per text, in the order of the texts. The same text always gives the same vector.
     *
     * @throws EmbeddingException if the model cannot be loaded or run
     */
    List<Embedding> embed(List<String> texts);

    /** One vector. See {@link #embed(List)}. */
    default Embedding embed(String text) {
        return embed(List.of(text)).getFirst();
    }

    @Override
    void close();
}
