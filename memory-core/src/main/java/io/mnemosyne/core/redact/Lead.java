package io.mnemosyne.core.redact;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

import com.google.re2j.Pattern;

/**
 * How an expression starts: with one of some keywords, before which there may be a bounded run of characters.
 *
 * @param keywords as the expression has them
 * @param anyCase true if they count in any case
 * @param before characters that the run before a keyword may have
 * @param longest most characters of that run
 */
record Lead(List<String> keywords, boolean anyCase, BitSet before, int longest) {
    private static final String FOLD = "(?i)";
    private static final Pattern RUN = Pattern.compile("(\\[[^\\]]+\\])\\{(?:[0-9]+,)?([0-9]+)\\}");
    private static final String SPECIAL = "[](){}.*+?|^$\\";
    private static final int SHORTEST_KEYWORD = 2;
    private static final int ASCII = 128;

    /**
     * Reads the start of an expression: characters, escaped ones, and groups {@code (?:a|b)} of them.
     *
     * @throws IllegalArgumentException if that gives no keyword of two characters or more
     */
    static Lead of(String expression) {
        boolean anyCase = expression.startsWith(FOLD);
        String rest = anyCase ? expression.substring(FOLD.length()) : expression;
        var run = RUN.matcher(rest);
        boolean isRun = run.lookingAt();
        List<String> keywords = keywords(isRun ? rest.substring(run.end()) : rest);
        if (keywords.stream().anyMatch(keyword -> keyword.length() < SHORTEST_KEYWORD)) {
            throw new IllegalArgumentException("the expression '" + expression
                    + "' starts with no keyword of two characters or more: let it start with one, with a group (?:a|b)"
                    + " of several, or with a run [...]{m,n} before them");
        }
        return new Lead(keywords, anyCase, isRun ? characters(run.group(1)) : new BitSet(),
                isRun ? Integer.parseInt(run.group(2)) : 0);
    }

    /** Where the run before a keyword starts. */
    int start(String text, int keyword, int from) {
        int start = keyword;
        while (start > from && keyword - start < longest && before.get(text.charAt(start - 1))) {
            start--;
        }
        return start;
    }

    private static List<String> keywords(String rest) {
        List<String> keywords = List.of("");
        int at = 0;
        while (at < rest.length()) {
            List<String> next;
            int end;
            if (rest.startsWith("(?:", at)) {
                end = rest.indexOf(')', at) + 1;
                next = List.of(rest.substring(at + "(?:".length(), end - 1).split("\\|", -1));
                if (next.stream().anyMatch(word -> word.chars().anyMatch(c -> SPECIAL.indexOf(c) >= 0))) {
                    return keywords;
                }
            } else if (rest.charAt(at) == '\\' && SPECIAL.indexOf(rest.charAt(at + 1)) >= 0) {
                end = at + 2;
                next = List.of(rest.substring(at + 1, end));
            } else if (SPECIAL.indexOf(rest.charAt(at)) < 0) {
                end = at + 1;
                next = List.of(rest.substring(at, end));
            } else {
                return keywords;
            }
            if (end < rest.length() && "?*+{".indexOf(rest.charAt(end)) >= 0) {
                return keywords;
            }
            keywords = combined(keywords, next);
            at = end;
        }
        return keywords;
    }

    private static List<String> combined(List<String> starts, List<String> ends) {
        List<String> combined = new ArrayList<>();
        starts.forEach(start -> ends.forEach(end -> combined.add(start + end)));
        return List.copyOf(combined);
    }

    private static BitSet characters(String characterClass) {
        Pattern one = Pattern.compile(characterClass);
        BitSet characters = new BitSet();
        for (int c = 0; c < ASCII; c++) {
            characters.set(c, one.matches(String.valueOf((char) c)));
        }
        return characters;
    }
}
