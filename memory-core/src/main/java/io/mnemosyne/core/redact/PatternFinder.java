package io.mnemosyne.core.redact;

import java.util.List;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;

/**
 * Finds what an expression matches. Keywords are searched first, which is cheap; only where one stands, the expression is
 * matched from there on. RE2J matches in linear time. That the sum over all keywords is linear as well is up to the
 * expression: what it repeats without limit must not go past another place where it could start.
 *
 * @param keywords what every such credential starts with; lower-case if {@code foldCase}
 * @param foldCase true if keywords are found in any case
 * @param wholeWord true if a keyword inside a longer word does not count
 * @param expression starts with a keyword; its first group that took part is the secret
 */
record PatternFinder(List<String> keywords, boolean foldCase, boolean wholeWord, Pattern expression)
        implements
            Finder {
    /** What may stand before a word although it ends with a letter or digit: an escape of JSON, of a URL, of a terminal. */
    private static final Pattern ESCAPE_BEFORE = Pattern
            .compile("(?:\\\\[nrtbf]|%[0-9A-Fa-f]{2}|\\\\u[0-9A-Fa-f]{4}|\\[[0-9;]{0,8}m)$");
    private static final int LONGEST_ESCAPE = 10;

    /** Finds a token that is known by its first characters. */
    static PatternFinder token(String expression, List<String> prefixes) {
        return new PatternFinder(prefixes, false, true, fromHere("(" + expression + ")(?:[^A-Za-z0-9_-]|$)"));
    }

    /** Finds a value that is known by the frame around it. */
    static PatternFinder framed(String expression, List<String> keywords) {
        return new PatternFinder(keywords, true, false, fromHere(expression));
    }

    /** Only an anchor inside the expression makes RE2J stop where nothing can match any more. */
    private static Pattern fromHere(String expression) {
        return Pattern.compile("\\A(?:" + expression + ")");
    }

    @Override
    public void find(Folded folded, Work work, Candidates candidates) {
        String text = folded.text();
        Hits hits = new Hits(foldCase ? folded.lower() : text, keywords);
        Hits.Hit hit = hits.from(0);
        while (hit.exists()) {
            int next = hit.start() + 1;
            if ((!wholeWord || startsWord(text, hit.start())) && !Mark.surrounds(text, hit.start())) {
                Matcher matcher = expression.matcher(work.rest(text, hit.start()));
                if (matcher.lookingAt()) {
                    int group = secretOf(matcher);
                    int end = hit.start() + matcher.end(group);
                    next = candidates.take(hit.start() + matcher.start(group), end) ? end : next;
                }
            }
            hit = hits.from(next);
        }
    }

    private static int secretOf(Matcher matcher) {
        int group = 1;
        while (matcher.start(group) < 0) {
            group++;
        }
        return group;
    }

    private static boolean startsWord(String text, int at) {
        if (at == 0 || !isWord(text.charAt(at - 1))) {
            return true;
        }
        String before = text.substring(Math.max(0, at - LONGEST_ESCAPE), at);
        return mayEscape(before) && ESCAPE_BEFORE.matcher(before).find();
    }

    /** Most words have no escape before them, and this is cheaper than the expression. */
    private static boolean mayEscape(String before) {
        return before.indexOf('\\') >= 0 || before.indexOf('%') >= 0 || before.indexOf('[') >= 0;
    }

    private static boolean isWord(char c) {
        return c < 0x80 && (Character.isLetterOrDigit(c) || c == '_' || c == '-');
    }
}
