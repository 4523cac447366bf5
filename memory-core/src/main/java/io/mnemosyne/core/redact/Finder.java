package io.mnemosyne.core.redact;

import java.util.List;

/** Knows where the secrets of some kinds may be. */
interface Finder {

    /** One of these stands in every text that has such a secret; none if every text is to be searched. */
    List<String> keywords();

    /** Whether keywords count in any case. */
    boolean anyCase();

    /**
     * Offers what may be a secret, from the start of the text to its end.
     *
     * @param hits where the keywords stand
     */
    void find(String text, Hits hits, Work work, Candidates candidates);

    /** Judges what a finder found. */
    @FunctionalInterface
    interface Candidates {

        /**
         * Takes the characters from {@code start} to before {@code end} as a secret of the first of the kinds that it is
         * plausible for.
         *
         * @return whether it is taken; then the finder goes on behind it
         */
        boolean take(List<Kind> kinds, int start, int end);
    }
}
