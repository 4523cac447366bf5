package io.mnemosyne.scripted.langfuse;

/** What the server does with media. */
public enum MediaMode {
    /** Stores them. */
    STORES,
    /** Is too old to know them: 404. */
    UNKNOWN,
    /** Has no bucket for them: 500. */
    NO_BUCKET,
    /** Sends clients to a host that they cannot reach. */
    UNREACHABLE
}
