package io.mnemosyne.core.redact;

import java.util.stream.Collectors;

import com.google.re2j.Pattern;

/**
 * Whether a word starts at a place: a token inside a longer word is none. What a token repeats besides letters and digits
 * counts as part of words, too. So no token starts in what could be another one, and none is read again and again.
 *
 * @param special such characters
 */
record WordStart(String special) {
    private static final String POSSIBLE = "+/.~";
    /** What may stand before a word although it ends with a letter or digit: an escape of JSON, of a URL, of a terminal. */
    private static final Pattern ESCAPE_BEFORE = Pattern
            .compile("(?:\\\\[nrtbf]|%[0-9A-Fa-f]{2}|\\\\u[0-9A-Fa-f]{4}|\\[[0-9;]{0,8}m)$");
    private static final int LONGEST_ESCAPE = 10;

    static WordStart of(String expression) {
        String special = POSSIBLE.chars().mapToObj(Character::toString)
                .filter(c -> Pattern.compile("\\[[^\\]^]+" + Pattern.quote(c)).matcher(expression).find())
                .collect(Collectors.joining());
        return new WordStart(special);
    }

    boolean isAt(String text, int at) {
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

    private boolean isWord(char c) {
        return c < 0x80 && (Character.isLetterOrDigit(c) || c == '_' || c == '-' || special.indexOf(c) >= 0);
    }
}
