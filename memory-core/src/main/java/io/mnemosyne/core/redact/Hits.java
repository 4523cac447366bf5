package io.mnemosyne.core.redact;

import java.util.Arrays;
import java.util.List;

/** Where any of several keywords stands in a text, in order. The text is searched once for each of them. */
final class Hits {
    private final String text;
    private final List<String> keywords;
    private final int[] next;

    Hits(String text, List<String> keywords) {
        this.text = text;
        this.keywords = keywords;
        this.next = new int[keywords.size()];
        Arrays.fill(next, -1);
    }

    /**
     * The first hit at a place or after it.
     *
     * @param from not before that of the last call
     */
    Hit from(int from) {
        int first = 0;
        for (int i = 0; i < next.length; i++) {
            if (next[i] < from) {
                int found = text.indexOf(keywords.get(i), from);
                next[i] = found < 0 ? Integer.MAX_VALUE : found;
            }
            first = next[i] < next[first] ? i : first;
        }
        return new Hit(next[first], keywords.get(first).length());
    }

    /** A keyword in the text; beyond every text if there is none. */
    record Hit(int start, int length) {
        boolean exists() {
            return start < Integer.MAX_VALUE;
        }

        int end() {
            return start + length;
        }
    }
}
