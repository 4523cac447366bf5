package io.mnemosyne.core.redact;

/**
 * What it cost to redact one text. Hostile texts must cost no more than a constant times their length; a count shows that
 * where a clock cannot.
 */
final class Work {
    private long charactersRead;
    private int rounds;

    /** Characters that matchers, scanners and judgements looked at, beside the searches for keywords. */
    long charactersRead() {
        return charactersRead;
    }

    /** How often all rules ran over the text. */
    int rounds() {
        return rounds;
    }

    void read(long characters) {
        charactersRead += characters;
    }

    void round() {
        rounds++;
    }

    /** The rest of a text from a place on; what is read of it is counted. */
    CharSequence rest(String text, int from) {
        return new Rest(text, from, text.length());
    }

    /** A text up to a place; what is read of it is counted. */
    CharSequence part(String text, int end) {
        return new Rest(text, 0, end);
    }

    private final class Rest implements CharSequence {
        private final String text;
        private final int from;
        private final int to;

        Rest(String text, int from, int to) {
            this.text = text;
            this.from = from;
            this.to = to;
        }

        @Override
        public int length() {
            return to - from;
        }

        @Override
        public char charAt(int index) {
            charactersRead++;
            return text.charAt(from + index);
        }

        @Override
        public CharSequence subSequence(int start, int end) {
            return new Rest(text, from + start, from + end);
        }

        @Override
        public String toString() {
            return text.substring(from, to);
        }
    }
}
