package io.mnemosyne.replay.entity;

/** Undoes the escapes of JSON, so that arguments shown as JSON count like plain text. */
public final class Escapes {
    private static final int HEX_DIGITS = 4;

    private Escapes() {
    }

    /** The text with line breaks, tabs, quotes and numbered characters in place of their escapes; doubled backslashes stay. */
    public static String undo(String text) {
        int escape = text.indexOf('\\');
        if (escape < 0) {
            return text;
        }
        StringBuilder plain = new StringBuilder(text.length());
        int from = 0;
        while (escape >= 0 && escape + 1 < text.length()) {
            int length = 2;
            int meant = switch (text.charAt(escape + 1)) {
                case 'n' -> '\n';
                case 't' -> '\t';
                case 'r' -> '\r';
                case '"' -> '"';
                case 'u' -> {
                    length += HEX_DIGITS;
                    yield numbered(text, escape + 2);
                }
                default -> -1;
            };
            if (meant >= 0) {
                plain.append(text, from, escape).append((char) meant);
                from = escape + length;
            }
            escape = text.indexOf('\\', Math.max(escape + 1, from));
        }
        return plain.append(text, from, text.length()).toString();
    }

    private static int numbered(String text, int from) {
        if (from + HEX_DIGITS > text.length()) {
            return -1;
        }
        int code = 0;
        for (int i = from; i < from + HEX_DIGITS; i++) {
            char c = text.charAt(i);
            int digit = c < 0x80 ? Character.digit(c, 16) : -1;
            if (digit < 0) {
                return -1;
            }
            code = (code << 4) | digit;
        }
        return code;
    }
}
