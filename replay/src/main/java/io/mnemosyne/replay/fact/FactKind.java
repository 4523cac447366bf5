package io.mnemosyne.replay.fact;

/** What a fact is. */
public enum FactKind {
    /** A line of a tool result that says what went wrong. */
    ERROR_LINE("error lines"),
    /** A sentence of the assistant that gives a reason or makes a choice. */
    DECISION("decisions"),
    /** A number that the user or the assistant wrote. */
    NUMBER("numbers"),
    /** A path with a slash that the user or the assistant wrote. */
    PATH("paths");

    private final String plural;

    FactKind(String plural) {
        this.plural = plural;
    }

    /** What several of them are called. */
    public String plural() {
        return plural;
    }
}
