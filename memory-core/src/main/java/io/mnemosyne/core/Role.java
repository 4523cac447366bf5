package io.mnemosyne.core;

/** Who speaks in a turn. */
public enum Role {
    SYSTEM,
    USER,
    ASSISTANT,
    TOOL
}
