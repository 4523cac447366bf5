package io.mnemosyne.inference.prompts;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import io.mnemosyne.inference.Counts;

/**
 * What is wrong with an answer, in words for its author and in numbers for us. It quotes nothing but numbers: the rest of an
 * answer may come from anybody.
 */
final class Problems {
    private static final int TOLD = 20;

    private final List<String> told = new ArrayList<>();
    private final Map<String, Integer> counted = new TreeMap<>();

    void add(String problem) {
        told.add(problem);
    }

    /**
     * Something is left out or put right.
     *
     * @param counter in lower-case with dots
     */
    void add(String counter, String problem) {
        counted.merge(counter, 1, Integer::sum);
        told.add(problem);
    }

    boolean areNone() {
        return told.isEmpty();
    }

    void countInto(Counts counts) {
        counted.forEach((counter, times) -> {
            for (int i = 0; i < times; i++) {
                counts.raise(counter);
            }
        });
    }

    /** One line each, the first twenty. */
    String list() {
        StringBuilder list = new StringBuilder();
        told.stream().limit(TOLD).forEach(problem -> list.append("- ").append(problem).append('\n'));
        if (told.size() > TOLD) {
            list.append("- and ").append(told.size() - TOLD).append(" more\n");
        }
        return list.toString();
    }

    /** The first one. */
    String summary() {
        return told.isEmpty() ? "nothing usable in it" : told.getFirst();
    }
}
