package io.mnemosyne.core.segment;

/** What a tool call does, as far as its name and arguments tell. */
public enum ToolAction {
    /** Shows a file or a stretch of one. */
    READ,
    /** Lists names or states what is there. */
    LIST,
    /** Writes down what is to be done. */
    PLAN,
    OTHER
}
