package io.mnemosyne.inference.embeddings;

/** Nobody embeds right now: says nothing about the text, which can be embedded later. */
public final class EmbedderAwayException extends EmbeddingException {
    public EmbedderAwayException(String message, Throwable cause) {
        super(message, cause);
    }
}
