package io.mnemosyne.core.redact;

/** Knows where the secrets of one format may be. */
@FunctionalInterface
interface Finder {

    /** Offers what may be a secret, from the start of the text to its end. */
    void find(Folded text, Work work, Candidates candidates);

    /** Judges what a finder found. */
    @FunctionalInterface
    interface Candidates {

        /**
         * Takes the characters from {@code start} to before {@code end} if they are a secret.
         *
         * @return whether they are; then the finder goes on behind them
         */
        boolean take(int start, int end);
    }
}
