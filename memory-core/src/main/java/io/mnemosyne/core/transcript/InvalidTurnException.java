package io.mnemosyne.core.transcript;

/** Says what is wrong with the JSON of a turn, and in which field. */
public final class InvalidTurnException extends Exception {
    private static final long serialVersionUID = 1L;

    public InvalidTurnException(String message) {
        super(message);
    }

    public InvalidTurnException(String message, Throwable cause) {
        super(message, cause);
    }
}
