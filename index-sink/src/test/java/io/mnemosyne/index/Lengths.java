package io.mnemosyne.index;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

import io.mnemosyne.inference.embeddings.Embedder;
import io.mnemosyne.inference.embeddings.EmbedderAwayException;
import io.mnemosyne.inference.embeddings.Embedding;
import io.mnemosyne.inference.embeddings.EmbeddingException;

/** Embeds a text by its length, and cannot embed one that holds the word poison. May be away. */
final class Lengths implements Embedder {
    /** How many more calls nobody answers. */
    final AtomicInteger away = new AtomicInteger();

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
        if (texts.getFirst().contains("text") && away.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
            throw new EmbedderAwayException("ordered by the test", new IllegalStateException());
        }
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
