package io.mnemosyne.core.ingest;

import java.util.Optional;

/** What is remembered of a thread, one row per fact; gone when the thread is deleted. */
@FunctionalInterface
public interface Known {
    /** What was remembered under a name, if anything. */
    Optional<String> find(Kind kind, String name);

    /** What a row is about. */
    enum Kind {
        /** Id of a turn's event; value: its seq. */
        EVENT,
        /** Id of a command; value: empty. */
        COMMAND,
        /** Hash of an object's text; value: id of the object that shows it. */
        CONTENT,
        /** A file that was read; value: the objects that show it now, each with the lines that it shows. */
        FILE,
        /** A distinctive name; value: id of the newest object that defines it. */
        NAME
    }
}
