package io.mnemosyne.core.view;

/**
 * A version of the project state and the size of its text.
 *
 * @param version 0 if there is none
 */
public record StateFacts(long version, long tokens) {
    public static final StateFacts NONE = new StateFacts(0, 0);
}
