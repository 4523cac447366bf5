package io.mnemosyne.bench.recall;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import io.mnemosyne.core.Sha256;
import io.mnemosyne.inference.embeddings.Embedder;
import io.mnemosyne.inference.embeddings.Embedding;
import io.mnemosyne.inference.embeddings.MiniLmEmbedder;

/** Vectors of texts, kept in a file if one is given: to make them takes most of a run. */
final class Vectors implements AutoCloseable {
    private final Embedder embedder = new MiniLmEmbedder(2, 1);
    private final Map<String, Embedding> known = new HashMap<>();
    private final Optional<DataOutputStream> file;

    private Vectors(Optional<Path> cache) throws IOException {
        if (cache.isPresent() && Files.exists(cache.get())) {
            read(cache.get());
        }
        file = cache.isPresent()
                ? Optional.of(new DataOutputStream(Files.newOutputStream(cache.get(), StandardOpenOption.CREATE,
                        StandardOpenOption.APPEND)))
                : Optional.empty();
    }

    /** @param cache that is read and added to */
    static Vectors in(Optional<Path> cache) throws IOException {
        return new Vectors(cache);
    }

    /** For questions, whose vectors are never kept. */
    Embedder embedder() {
        return embedder;
    }

    List<Float> of(String text) throws IOException {
        String hash = Sha256.hex(text);
        Embedding vector = known.get(hash);
        if (vector == null) {
            vector = embedder.embed(text);
            known.put(hash, vector);
            if (file.isPresent()) {
                file.get().writeUTF(hash);
                for (float value : vector.values()) {
                    file.get().writeFloat(value);
                }
                file.get().flush();
            }
        }
        return vector.values();
    }

    private void read(Path cache) throws IOException {
        try (DataInputStream in = new DataInputStream(new BufferedInputStream(Files.newInputStream(cache)))) {
            while (in.available() > 0) {
                String hash = in.readUTF();
                float[] values = new float[MiniLmEmbedder.DIMENSIONS];
                for (int i = 0; i < values.length; i++) {
                    values[i] = in.readFloat();
                }
                known.put(hash, Embedding.normalized(values));
            }
        }
    }

    @Override
    public void close() throws IOException {
        embedder.close();
        if (file.isPresent()) {
            file.get().close();
        }
    }
}
