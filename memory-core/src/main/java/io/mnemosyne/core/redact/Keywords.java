package io.mnemosyne.core.redact;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

import com.hankcs.algorithm.AhoCorasickDoubleArrayTrie;

/**
 * The keywords of many finders, searched in one pass over a text, however many they are (Aho and Corasick 1975). The text
 * is searched in lower case, so that one pass is enough for those that count in any case and for those that do not.
 */
final class Keywords {
    private final AhoCorasickDoubleArrayTrie<List<Owner>> automaton = new AhoCorasickDoubleArrayTrie<>();

    private final boolean any;
    /** Finders without keywords. */
    private final List<Integer> everywhere = new ArrayList<>();

    Keywords(List<? extends Finder> finders) {
        Map<String, List<Owner>> owners = new TreeMap<>();
        for (int i = 0; i < finders.size(); i++) {
            if (finders.get(i).keywords().isEmpty()) {
                everywhere.add(i);
            }
            for (String keyword : finders.get(i).keywords()) {
                owners.computeIfAbsent(new String(folded(keyword)), absent -> new ArrayList<>())
                        .add(new Owner(i, finders.get(i).anyCase() ? Optional.empty() : Optional.of(keyword)));
            }
        }
        owners.replaceAll((keyword, of) -> of.stream().distinct().toList());
        any = !owners.isEmpty();
        if (any) {
            automaton.build(owners);
        }
    }

    /** By the places of the finders in their list, which keywords stand where. */
    Map<Integer, Hits> in(String text) {
        Map<Integer, Hits> hits = new TreeMap<>();
        everywhere.forEach(finder -> hits.put(finder, new Hits()));
        if (any) {
            search(text, hits);
        }
        return hits;
    }

    private void search(String text, Map<Integer, Hits> hits) {
        automaton.parseText(folded(text), (start, end, owners) -> {
            for (Owner owner : owners) {
                if (owner.counts(text, start)) {
                    hits.computeIfAbsent(owner.finder(), absent -> new Hits()).add(start, end);
                }
            }
        });
    }

    /**
     * ASCII letters in lower case. Other letters stay, because some of them grow when their case is folded, and positions
     * must be the same in both.
     */
    private static char[] folded(String text) {
        char[] folded = text.toCharArray();
        for (int i = 0; i < folded.length; i++) {
            if (folded[i] >= 'A' && folded[i] <= 'Z') {
                folded[i] = (char) (folded[i] + ('a' - 'A'));
            }
        }
        return folded;
    }

    /**
     * Whose keyword it is.
     *
     * @param finder its place in the list
     * @param exactly the keyword, if only its own case counts
     */
    private record Owner(int finder, Optional<String> exactly) {

        boolean counts(String text, int at) {
            return exactly.isEmpty() || text.startsWith(exactly.get(), at);
        }
    }
}
