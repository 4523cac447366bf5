package io.mnemosyne.inference.embeddings;

/** A model could not be loaded or run. Says which one and why. */
public final class EmbeddingException extends RuntimeException {
    public EmbeddingException(String message, Throwable cause) {
        super(message, cause);
    }
}
