package io.mnemosyne.replay.fact;

/**
 * Something that a session tells.
 *
 * @param text word for word, its JSON escapes undone
 * @param event index of the first event that tells it
 */
public record Fact(FactKind kind, String text, int event) {
}
