package io.mnemosyne.core.recall;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

import io.mnemosyne.core.text.Names;

/**
 * What a question asks for.
 *
 * @param words each once, in lower case, as {@link Terms} cuts them; those that stand in every text are left out, unless there
 *            are no others
 * @param names to be found to the letter: paths, identifiers, numbers, error codes, and what stands in quotation marks
 */
public record Asked(Set<String> words, Set<String> names) {
    /** Most of each that are looked for; a question of pages is cut. */
    private static final int MOST_WORDS = 120;
    private static final int MOST_NAMES = 24;
    private static final int LOOKED_AT = 16 * 1024;
    private static final Pattern QUOTED = Pattern.compile("(?<![\\p{L}\\p{N}])([`\"'])([^\n`\"']{3,80})\\1");
    /** A word of letters and digits such as E0308, or of capitals such as ENOENT. */
    private static final Pattern CODE = Pattern.compile(
            "(?<![\\p{L}\\p{N}_])(?:(?=[A-Za-z-]*\\d)(?=[\\d-]*[A-Za-z])[A-Za-z\\d]+(?:-[A-Za-z\\d]+)*|[A-Z]{4,40})(?![\\p{L}\\p{N}_])");
    private static final Set<String> COMMON = Set.of("a", "an", "and", "are", "as", "at", "be", "been", "but", "by",
            "can",
            "could", "did", "do", "does", "for", "from", "had", "has", "have", "how", "i", "if", "in", "into", "is",
            "it",
            "its", "let", "me", "my", "not", "now", "of", "on", "or", "our", "s", "should", "so", "that", "the",
            "their",
            "them", "then", "there", "these", "this", "those", "to", "us", "was", "we", "were", "what", "when", "where",
            "which", "who", "why", "will", "with", "would", "you", "your", "ll", "t", "ve");

    public Asked {
        words = Collections.unmodifiableSet(new LinkedHashSet<>(words));
        names = Collections.unmodifiableSet(new LinkedHashSet<>(names));
    }

    /** Reads a question. */
    public static Asked in(String question) {
        String text = question.substring(0, Math.min(question.length(), LOOKED_AT));
        Set<String> all = Terms.distinct(text);
        List<String> telling = all.stream().filter(word -> !COMMON.contains(word)).limit(MOST_WORDS).toList();
        return new Asked(new LinkedHashSet<>(telling.isEmpty() ? List.copyOf(all) : telling), names(text));
    }

    /** How many of the names a text holds, with no longer word around them, the case aside. */
    public int namesIn(String text) {
        if (names.isEmpty()) {
            return 0;
        }
        String lower = text.toLowerCase(Locale.ROOT);
        return (int) names.stream().filter(name -> holds(lower, name.toLowerCase(Locale.ROOT))).count();
    }

    private static boolean holds(String text, String name) {
        for (int at = text.indexOf(name); at >= 0; at = text.indexOf(name, at + 1)) {
            int end = at + name.length();
            boolean begins = at == 0 || !joins(text.charAt(at - 1), name.charAt(0));
            boolean ends = end == text.length() || !joins(name.charAt(name.length() - 1), text.charAt(end));
            if (begins && ends) {
                return true;
            }
        }
        return false;
    }

    private static boolean joins(char left, char right) {
        return Character.isLetterOrDigit(left) && Character.isLetterOrDigit(right);
    }

    private static Set<String> names(String text) {
        List<String> found = new ArrayList<>();
        Names.scan(text, (start, end, _) -> found.add(text.substring(start, end)));
        CODE.matcher(text).results().forEach(code -> found.add(code.group()));
        QUOTED.matcher(text).results().map(quoted -> quoted.group(2).strip()).filter(words -> words.length() >= 3)
                .forEach(found::add);
        Set<String> names = new LinkedHashSet<>();
        found.stream().limit(MOST_NAMES).forEach(names::add);
        return names;
    }
}
