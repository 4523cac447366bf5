package io.mnemosyne.core.recall;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * The words of a text in lower case, as the search index takes them: what stands between spaces as a whole, and, of a path or
 * an identifier, each of its parts. Nothing is stemmed.
 */
public final class Terms {
    private static final int LONGEST = 200;

    private Terms() {
    }

    /** Every word in its order, the whole before its parts. */
    public static List<String> of(String text) {
        List<String> terms = new ArrayList<>();
        int i = 0;
        while (i < text.length()) {
            int start = i;
            while (i < text.length() && !Character.isWhitespace(text.charAt(i))) {
                i++;
            }
            if (i > start) {
                add(text, start, i, terms);
            }
            i++;
        }
        return terms;
    }

    /** Each word once. */
    public static Set<String> distinct(String text) {
        return new LinkedHashSet<>(of(text));
    }

    private static void add(String text, int start, int end, List<String> terms) {
        int from = start;
        int to = end;
        while (from < to && !Character.isLetterOrDigit(text.charAt(from))) {
            from++;
        }
        while (to > from && !Character.isLetterOrDigit(text.charAt(to - 1))) {
            to--;
        }
        if (from == to) {
            return;
        }
        int known = terms.size();
        if (to - from <= LONGEST) {
            terms.add(text.substring(from, to).toLowerCase(Locale.ROOT));
        }
        int part = from;
        for (int i = from + 1; i <= to; i++) {
            if (i == to || isBoundary(text, i)) {
                addPart(text, part, i, terms);
                part = i;
            }
        }
        if (terms.size() == known + 2) {
            terms.removeLast(); // the whole is its only part
        }
    }

    private static void addPart(String text, int start, int end, List<String> terms) {
        int from = start;
        while (from < end && !Character.isLetterOrDigit(text.charAt(from))) {
            from++;
        }
        if (from < end && end - from <= LONGEST) {
            terms.add(text.substring(from, end).toLowerCase(Locale.ROOT));
        }
    }

    /** Where letters and digits end, and where the case rises. */
    private static boolean isBoundary(String text, int at) {
        char before = text.charAt(at - 1);
        char c = text.charAt(at);
        boolean rises = Character.isLowerCase(before) && Character.isUpperCase(c);
        boolean lastOfCapitals = at + 1 < text.length() && Character.isUpperCase(before) && Character.isUpperCase(c)
                && Character.isLowerCase(text.charAt(at + 1));
        return !Character.isLetterOrDigit(c) || rises || lastOfCapitals;
    }
}
