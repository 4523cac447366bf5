package io.mnemosyne.core.redact;

import java.util.Arrays;

/** Where the keywords of one finder stand in a text: by start, and the longest first of those that start together. */
final class Hits {
    private static final int LENGTH_BITS = 16;
    private static final long LENGTH = (1L << LENGTH_BITS) - 1;
    private long[] packed = new long[8];
    private int size;
    private boolean sorted = true;

    void add(int start, int end) {
        if (size == packed.length) {
            packed = Arrays.copyOf(packed, size * 2);
        }
        packed[size] = (long) start << LENGTH_BITS | (LENGTH - (end - start));
        sorted &= size == 0 || packed[size - 1] <= packed[size];
        size++;
    }

    int size() {
        return size;
    }

    int start(int hit) {
        return (int) (sorted()[hit] >> LENGTH_BITS);
    }

    int end(int hit) {
        return start(hit) + (int) (LENGTH - (packed[hit] & LENGTH));
    }

    /** The automaton tells hits by their ends. */
    private long[] sorted() {
        if (!sorted) {
            Arrays.sort(packed, 0, size);
            sorted = true;
        }
        return packed;
    }
}
