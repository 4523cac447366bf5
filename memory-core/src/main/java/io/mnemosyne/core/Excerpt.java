package io.mnemosyne.core;

import java.util.Locale;

/** Shortens texts to their beginning and end, with the omission marked. Never cuts a code point in two. */
public final class Excerpt {
    /** Room kept for the mark, in bytes. */
    private static final int MARK_BYTES = 48;

    /** The last word of the mark. */
    public static final String MARK_END = " ...]\n";

    private Excerpt() {
    }

    /**
     * The whole text if it has at most {@code maxBytes}, else as much of its beginning as of its end around a line like
     * {@code [... 12,345 bytes left out ...]}.
     *
     * @param maxBytes limit of the result in UTF-8 bytes, the mark included; at least 100
     * @throws IllegalArgumentException if {@code maxBytes} leaves no room for the mark and some text
     */
    public static String of(String text, int maxBytes) {
        return of(text, maxBytes, "");
    }

    /**
     * The same with a remark in the mark, as in {@code [... 12,345 bytes left out, to be recalled by turn 7 ...]}.
     *
     * @param remark of at most 40 characters in ASCII; the excerpt is at least as long as the mark with it
     */
    public static String of(String text, int maxBytes, String remark) {
        if (maxBytes < 100) {
            throw new IllegalArgumentException("an excerpt needs at least 100 bytes, not " + maxBytes);
        }
        long bytes = Sha256.utf8Length(text);
        if (bytes <= maxBytes) {
            return text;
        }
        int half = (maxBytes - MARK_BYTES - remark.length()) / 2;
        String head = text.substring(0, endOfHead(text, half));
        String tail = text.substring(startOfTail(text, half));
        long omitted = bytes - Sha256.utf8Length(head) - Sha256.utf8Length(tail);
        return head + String.format(Locale.ROOT, "\n[... %,d bytes left out%s%s", omitted, remark, MARK_END) + tail;
    }

    private static int endOfHead(String text, int bytes) {
        int end = 0;
        int room = bytes;
        while (end < text.length()) {
            int codePoint = text.codePointAt(end);
            room -= utf8Length(codePoint);
            if (room < 0) {
                break;
            }
            end += Character.charCount(codePoint);
        }
        return end;
    }

    private static int startOfTail(String text, int bytes) {
        int start = text.length();
        int room = bytes;
        while (start > 0) {
            int codePoint = text.codePointBefore(start);
            room -= utf8Length(codePoint);
            if (room < 0) {
                break;
            }
            start -= Character.charCount(codePoint);
        }
        return start;
    }

    private static int utf8Length(int codePoint) {
        if (codePoint < 0x80) {
            return 1;
        }
        if (codePoint < 0x800) {
            return 2;
        }
        return codePoint < 0x10000 ? 3 : 4;
    }
}
