package io.mnemosyne.replay.measure;

import java.util.ArrayList;
import java.util.List;

/** What is wrong with the prompts of a session. All are counted, the first are kept. */
final class Problems {
    private static final int KEPT = 10;

    private final List<String> first = new ArrayList<>();
    private long count;

    void add(String problem) {
        count++;
        if (first.size() < KEPT) {
            first.add(problem);
        }
    }

    long count() {
        return count;
    }

    List<String> first() {
        return List.copyOf(first);
    }
}
