package io.mnemosyne.index;

import java.util.List;

import io.mnemosyne.inference.embeddings.Embedder;
import io.mnemosyne.inference.embeddings.Embedding;
import io.mnemosyne.inference.embeddings.EmbeddingException;

/** Embeds a text by its length, and cannot embed one that holds the word poison. */
final class Lengths implements Embedder {
    @Override
    public String model() {
        return "lengths";
    }

    @Override
    public int dimensions() {
        return 2;
    }

    @Override
    public List<Embedding> embed(List<String> texts) {
        if (texts.getFirst().contains("poison")) {
            throw new EmbeddingException("ordered by the test", new IllegalStateException());
        }
        return texts.stream().map(text -> Embedding.normalized(new float[]{text.length(), 1})).toList();
    }

    @Override
    public void close() {
        // holds nothing
    }
}
