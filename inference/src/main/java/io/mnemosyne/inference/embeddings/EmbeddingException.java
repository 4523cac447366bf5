package io.mnemosyne.inference.embeddings;

/** A model could not be loaded or run, or a text could not be embedded. Says which model and why. */
public class EmbeddingException extends RuntimeException {
    public EmbeddingException(String message, Throwable cause) {
        super(message, cause);
    }
}
