package io.mnemosyne.schemas.produce;

import java.util.List;

/** A turn or a command was not sent, because ingest would reject it. Says everything that is wrong with it. */
public final class InvalidEventException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    InvalidEventException(List<String> problems) {
        super(String.join("; ", problems));
    }
}
