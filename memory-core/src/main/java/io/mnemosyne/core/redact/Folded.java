package io.mnemosyne.core.redact;

/**
 * A text and the same text with its ASCII letters in lower case. Other letters stay, because some of them grow when
 * their case is folded, and positions must be the same in both.
 */
record Folded(String text, String lower) {
    static Folded of(String text) {
        char[] folded = text.toCharArray();
        for (int i = 0; i < folded.length; i++) {
            if (folded[i] >= 'A' && folded[i] <= 'Z') {
                folded[i] = (char) (folded[i] + ('a' - 'A'));
            }
        }
        return new Folded(text, new String(folded));
    }
}
