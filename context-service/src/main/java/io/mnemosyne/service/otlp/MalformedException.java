package io.mnemosyne.service.otlp;

/** A body that is no export of traces; its message says what is wrong and quotes nothing. */
public final class MalformedException extends Exception {
    private static final long serialVersionUID = 1L;

    MalformedException(String message) {
        super(message);
    }

    MalformedException(String message, Throwable cause) {
        super(message, cause);
    }
}
