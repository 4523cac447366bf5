package io.mnemosyne.core.view;

/**
 * A version of the project state and the size of its text.
 *
 * @param version 0 if there is none
 * @param budget of the policy when it was written, tokens; it bounds the text
 */
public record StateFacts(long version, long tokens, long budget) {
    public static final StateFacts NONE = new StateFacts(0, 0, 0);
}
