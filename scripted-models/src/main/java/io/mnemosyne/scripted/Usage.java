package io.mnemosyne.scripted;

/**
 * Tokens as the server counts them: one for every four characters.
 *
 * @param input of the whole prompt
 * @param cacheRead of those, that were in the cache
 * @param cacheWrite of those, that are in the cache now
 */
record Usage(int input, int cacheRead, int cacheWrite, int output) {
    private static final int CHARACTERS = 4;

    static int tokens(String text) {
        return (text.length() + CHARACTERS - 1) / CHARACTERS;
    }

    /** The start of a text that has no more than so many tokens. */
    static String first(int tokens, String text) {
        return text.length() <= (long) tokens * CHARACTERS ? text : text.substring(0, tokens * CHARACTERS);
    }
}
