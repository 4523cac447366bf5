package io.mnemosyne.core.segment;

import java.util.Locale;

/** What a tool call does, as far as its name and arguments tell. */
public enum ToolAction {
    /** Shows a file or a stretch of one. */
    READ,
    /** Changes or creates a file. */
    EDIT,
    /** Lists names or states what is there. */
    LIST,
    /** Looks for something in many places. */
    SEARCH,
    /** Runs tests. */
    TEST,
    /** Compiles, packages or installs. */
    BUILD,
    /** Writes down what is to be done. */
    PLAN,
    OTHER;

    /** The word by which its results are found. */
    String tag() {
        return this == OTHER ? "run" : name().toLowerCase(Locale.ROOT);
    }
}
