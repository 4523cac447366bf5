package io.mnemosyne.launcher;

/** A failure that a user can act on: the message says what was wrong, where, and what to do. Printed without a trace. */
public final class CommandFailure extends RuntimeException {
    private final ExitCode code;

    public CommandFailure(ExitCode code, String message) {
        super(message);
        this.code = code;
    }

    public CommandFailure(ExitCode code, String message, Throwable cause) {
        super(message, cause);
        this.code = code;
    }

    public ExitCode code() {
        return code;
    }
}
