package io.mnemosyne.inference.embeddings;

import java.util.List;
import java.util.Optional;

import io.mnemosyne.core.Sha256;

/**
 * all-MiniLM-L6-v2, quantized: 384 dimensions, the first 256 tokens of a text, no network, weights on the class path.
 * The model is loaded with the first text (about a second) and takes about 100 MB outside of the heap.
 */
public final class MiniLmEmbedder implements Embedder {
    public static final String MODEL = "all-minilm-l6-v2-q";
    public static final int DIMENSIONS = 384;
    /** Tokens of a text that the model was trained to read; what follows is not embedded. */
    public static final int MAX_TOKENS = 256;

    /** 256 tokens of text are hardly ever longer; saves cleaning the rest of a large one. */
    private static final int MAX_CHARACTERS = 16_384;
    private static final int CACHED = 2_048;

    private final int threads;
    private final EmbeddingCache cache;
    private Optional<MiniLm> loaded = Optional.empty();

    /** One thread of computation, so that embedding does not take the cores from what users wait for. */
    public MiniLmEmbedder() {
        this(1, CACHED);
    }

    /**
     * @param threads that compute one vector together, at least 1
     * @param cached vectors kept by the hash of their text, 2 KB each
     */
    public MiniLmEmbedder(int threads, int cached) {
        this.threads = threads;
        this.cache = new EmbeddingCache(cached);
    }

    @Override
    public String model() {
        return MODEL;
    }

    @Override
    public int dimensions() {
        return DIMENSIONS;
    }

    @Override
    public List<Embedding> embed(List<String> texts) {
        return texts.stream().map(MiniLmEmbedder::start)
                .map(text -> cache.get(Sha256.hex(text), () -> weights().embed(text))).toList();
    }

    private static String start(String text) {
        return text.length() > MAX_CHARACTERS ? text.substring(0, MAX_CHARACTERS) : text;
    }

    private synchronized MiniLm weights() {
        MiniLm model = loaded.orElseGet(() -> MiniLm.load(threads));
        loaded = Optional.of(model);
        return model;
    }

    @Override
    public synchronized void close() {
        loaded.ifPresent(MiniLm::close);
        loaded = Optional.empty();
    }
}
