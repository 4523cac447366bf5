package io.mnemosyne.replay.measure;

import java.nio.file.Path;

/** A run directory cannot be read; the message names the file and, if there is one, the line. */
public final class BrokenRunException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    BrokenRunException(String message, Throwable cause) {
        super(message, cause);
    }

    BrokenRunException(Path file, long line, String problem) {
        super(file + " line " + line + ": " + problem);
    }
}
