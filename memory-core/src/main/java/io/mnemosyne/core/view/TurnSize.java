package io.mnemosyne.core.view;

/**
 * A turn and the size of its text in a prompt.
 *
 * @param tokens 0 if the turn was out of sight when it was named
 */
public record TurnSize(long seq, long tokens) {
}
