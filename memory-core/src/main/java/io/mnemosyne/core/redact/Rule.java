package io.mnemosyne.core.redact;

import java.nio.CharBuffer;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;

/**
 * How one format of credential is found. The keywords are searched first, which is cheap; only where one stands, the
 * expression is matched from there on. RE2J matches in linear time.
 *
 * @param name shown in the mark: lower-case letters, digits and dashes
 * @param keywords what every such credential starts with; lower-case if {@code foldCase}
 * @param foldCase true if keywords are found in any case
 * @param wholeWord true if a keyword inside a longer word does not count
 * @param expression starts with a keyword; its first group that took part is the secret
 * @param plausible whether a secret that was matched is more than a placeholder
 */
record Rule(String name, List<String> keywords, boolean foldCase, boolean wholeWord, Pattern expression,
        Predicate<String> plausible) {
    /** What may stand before a word although it ends with a letter or digit: an escape of JSON, of a URL, of a terminal. */
    private static final Pattern ESCAPE_BEFORE = Pattern
            .compile("(?:\\\\[nrtbf]|%[0-9A-Fa-f]{2}|\\\\u[0-9A-Fa-f]{4}|\\[[0-9;]{0,8}m)$");
    private static final int LONGEST_ESCAPE = 10;

    /** A token that is known by its first characters. */
    static Rule token(String name, String expression, String... prefixes) {
        return new Rule(name, List.of(prefixes), false, true,
                fromHere("(" + expression + ")(?:[^A-Za-z0-9_-]|$)"), Plausible::token);
    }

    /** A value that is known by the name or the frame around it. */
    static Rule framed(String name, String expression, Predicate<String> plausible, String... keywords) {
        return new Rule(name, List.of(keywords), true, false, fromHere(expression), plausible);
    }

    /** Only an anchor inside the expression makes RE2J stop where nothing can match any more. */
    private static Pattern fromHere(String expression) {
        return Pattern.compile("\\A(?:" + expression + ")");
    }

    /** The text with every secret of this rule replaced by its mark. */
    Folded replaceIn(Folded text, UnaryOperator<String> mark) {
        Folded result = text;
        for (String keyword : keywords) {
            result = replaceAt(keyword, result, mark);
        }
        return result;
    }

    private Folded replaceAt(String keyword, Folded folded, UnaryOperator<String> mark) {
        String text = folded.text();
        String searched = foldCase ? folded.lower() : text;
        int hit = searched.indexOf(keyword);
        if (hit < 0) {
            return folded;
        }
        StringBuilder result = new StringBuilder(text.length());
        int copied = 0;
        while (hit >= 0) {
            int next = hit + keyword.length();
            Matcher matcher = expression.matcher(CharBuffer.wrap(text, hit, text.length()));
            if ((!wholeWord || startsWord(text, hit)) && !Mark.surrounds(text, hit) && matcher.lookingAt()) {
                int group = secretOf(matcher);
                int start = hit + matcher.start(group);
                int end = hit + matcher.end(group);
                String secret = text.substring(start, end);
                if (!Mark.isIn(secret) && plausible.test(secret)) {
                    result.append(text, copied, start).append(mark.apply(secret));
                    copied = end;
                    next = end;
                }
            }
            hit = searched.indexOf(keyword, next);
        }
        return copied == 0 ? folded : Folded.of(result.append(text, copied, text.length()).toString());
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
