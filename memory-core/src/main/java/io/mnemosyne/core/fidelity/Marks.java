package io.mnemosyne.core.fidelity;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * By what an object is known when something names it. Hashes stand for the names, so that the head of a thread stays
 * small.
 *
 * @param names its path
 * @param lost what its full text tells and a stub does not
 * @param passages a sample of its runs of four words; a text with some of them repeats much of it
 */
public record Marks(List<Integer> names, List<Integer> lost, List<Integer> passages) {
    private static final int MOST_LOST = 16;
    private static final int SAMPLE = 8;
    /** Of eight sampled passages so many are not there by chance: the text repeats a fifth or more. */
    private static final int STRONG = 2;
    private static final int RUN = 4;
    private static final int SHORTEST_NAME = 4;
    /** No more of a text is looked at, characters. */
    private static final int LOOKED_AT = 64 * 1024;

    public Marks {
        names = List.copyOf(names);
        lost = List.copyOf(lost);
        passages = List.copyOf(passages);
    }

    /**
     * The marks of an object.
     *
     * @param path of the file that it shows
     * @param losses of its stub
     */
    static Marks of(String text, Optional<String> path, Collection<String> losses) {
        return new Marks(path.stream().map(String::hashCode).toList(),
                losses.stream().filter(name -> name.length() >= SHORTEST_NAME).limit(MOST_LOST).map(String::hashCode)
                        .distinct().toList(),
                new TreeSet<>(passagesOf(words(text))).stream().limit(SAMPLE).toList());
    }

    /** Whether a text names the object or something in it, or repeats much of it. */
    public boolean areIn(Said said) {
        return names.stream().anyMatch(said.names()::contains) || !missedIn(said).isEmpty() || isRepeatedIn(said);
    }

    /** What a text names of that which a stub does not tell. */
    public List<Integer> missedIn(Said said) {
        return lost.stream().filter(said.names()::contains).toList();
    }

    /** Whether a text repeats much of the object. */
    public boolean isRepeatedIn(Said said) {
        return passages.stream().filter(said.passages()::contains).count() >= STRONG;
    }

    /** Whether both are about the same file, or tell the same names. */
    public boolean share(Marks other) {
        return names.stream().anyMatch(other.names::contains) || lost.stream().anyMatch(other.lost::contains);
    }

    /** Names as one writes them: letters, digits and what joins them in paths and identifiers. */
    static List<String> words(String text) {
        List<String> words = new ArrayList<>();
        int end = Math.min(text.length(), LOOKED_AT);
        int from = -1;
        for (int i = 0; i <= end; i++) {
            boolean inside = i < end && isPartOfName(text, i);
            if (inside && from < 0) {
                from = i;
            } else if (!inside && from >= 0) {
                add(words, text.substring(from, i));
                from = -1;
            }
        }
        return words;
    }

    /** In arguments, which are JSON, the letter behind a backslash is no letter. */
    private static boolean isPartOfName(String text, int index) {
        char c = text.charAt(index);
        boolean escaped = index > 0 && text.charAt(index - 1) == '\\' && (c == 'n' || c == 't' || c == 'r');
        return !escaped && (Character.isLetterOrDigit(c) || "_-./:@#$".indexOf(c) >= 0);
    }

    private static void add(List<String> words, String run) {
        int end = run.length();
        while (end > 0 && ".:-/".indexOf(run.charAt(end - 1)) >= 0) {
            end--;
        }
        if (end > 0) {
            words.add(run.substring(0, end));
        }
    }

    static Set<Integer> passagesOf(List<String> words) {
        Set<Integer> passages = new HashSet<>();
        for (int i = 0; i + RUN <= words.size(); i++) {
            passages.add(words.subList(i, i + RUN).hashCode());
        }
        return passages;
    }
}
