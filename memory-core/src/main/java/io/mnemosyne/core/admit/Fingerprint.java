package io.mnemosyne.core.admit;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;

/**
 * A text as the smallest hashes of its runs of five words. Two texts that say nearly the same have most of them in common,
 * wherever one of them was changed. Takes one pass over the text.
 */
public final class Fingerprint {
    private static final int SIZE = 16;
    private static final int RUN = 5;
    /** What follows is not looked at, characters. */
    private static final int LOOKED_AT = 32 * 1024;
    private static final int PRIME = 31;

    private final int[] words = new int[RUN];
    private final int[] smallest = new int[SIZE];
    private int count;
    private int kept;

    private Fingerprint() {
        Arrays.fill(smallest, Integer.MAX_VALUE);
    }

    /** At most {@value #SIZE} numbers, ascending; none for a text without words. */
    public static List<Integer> of(String text) {
        Fingerprint fingerprint = new Fingerprint();
        fingerprint.read(text);
        List<Integer> numbers = new ArrayList<>(fingerprint.kept);
        for (int i = 0; i < fingerprint.kept; i++) {
            numbers.add(fingerprint.smallest[i]);
        }
        return numbers;
    }

    /** Share of a fingerprint that others have not: 1 if it is empty. */
    public static double novelty(List<Integer> fingerprint, Collection<Integer> others) {
        if (fingerprint.isEmpty()) {
            return 1;
        }
        long known = fingerprint.stream().filter(others::contains).count();
        return 1 - (double) known / fingerprint.size();
    }

    private void read(String text) {
        int hash = 0;
        int end = Math.min(text.length(), LOOKED_AT);
        for (int i = 0; i < end; i++) {
            char c = text.charAt(i);
            if (Character.isLetterOrDigit(c)) {
                hash = PRIME * hash + Character.toLowerCase(c);
            } else if (hash != 0) {
                add(hash);
                hash = 0;
            }
        }
        if (hash != 0) {
            add(hash);
        }
        if (count > 0 && count < RUN) {
            keep(run(0, count));
        }
    }

    private void add(int word) {
        words[count % RUN] = word;
        count++;
        if (count >= RUN) {
            keep(run(count - RUN, RUN));
        }
    }

    private int run(int first, int length) {
        int hash = 0;
        for (int i = 0; i < length; i++) {
            hash = mixed(hash * PRIME + words[(first + i) % RUN]);
        }
        return hash;
    }

    /** Spreads similar numbers over all numbers. */
    private static int mixed(int number) {
        int mixed = number ^ number >>> 16;
        mixed *= 0x7feb352d;
        mixed ^= mixed >>> 15;
        mixed *= 0x846ca68b;
        return mixed ^ mixed >>> 16;
    }

    private void keep(int hash) {
        int place = Arrays.binarySearch(smallest, 0, kept, hash);
        if (place >= 0) {
            return;
        }
        int at = -place - 1;
        if (at < SIZE) {
            kept = Math.min(SIZE, kept + 1);
            System.arraycopy(smallest, at, smallest, at + 1, kept - at - 1);
            smallest[at] = hash;
        }
    }
}
