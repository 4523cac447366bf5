package io.mnemosyne.inference.providers;

/** Nobody answered usably. The message says why, and a chain puts names before it; it never quotes a prompt, an
 * answer or a key. */
public final class ModelException extends Exception {
    private static final long serialVersionUID = 1;

    private final boolean retryable;

    /** @param retryable whether the same request may well be answered later */
    public ModelException(String message, boolean retryable) {
        super(message);
        this.retryable = retryable;
    }

    public boolean isRetryable() {
        return retryable;
    }
}
