package io.mnemosyne.core.text;

/**
 * Finds the names in a text that an agent may need to repeat to the letter: paths, dotted names, identifiers in camel or
 * snake case, and numbers of three and more digits. One pass, no look-back.
 */
public final class Names {
    private static final int SHORTEST = 5;
    private static final int LONGEST = 160;

    private Names() {
    }

    /** What a name looks like. */
    public enum Kind {
        PATH,
        DOTTED,
        IDENTIFIER,
        NUMBER
    }

    /** Takes the names of a text by their place in it. */
    @FunctionalInterface
    public interface Sink {
        void accept(int start, int end, Kind kind);
    }

    /** Reports every name in its order; a path or dotted name is followed by the identifiers inside it. */
    public static void scan(String text, Sink sink) {
        int i = 0;
        int length = text.length();
        while (i < length) {
            if (!inPath(text.charAt(i))) {
                i++;
                continue;
            }
            int start = i;
            boolean slash = false;
            while (i < length && inPath(text.charAt(i))) {
                slash |= text.charAt(i) == '/';
                i++;
            }
            if (slash) {
                path(text, start, i, sink);
            }
            words(text, start, i, sink);
        }
    }

    private static void path(String text, int start, int end, Sink sink) {
        int last = end;
        while (last > start && (text.charAt(last - 1) == '.' || text.charAt(last - 1) == '/')) {
            last--;
        }
        if (last - start >= SHORTEST && last - start <= LONGEST) {
            sink.accept(start, last, Kind.PATH);
        }
    }

    private static void words(String text, int start, int end, Sink sink) {
        int i = start;
        while (i < end) {
            if (!inWord(text.charAt(i))) {
                i++;
                continue;
            }
            int from = i;
            int dots = 0;
            while (i < end && (inWord(text.charAt(i)) || innerDot(text, i, end))) {
                dots += text.charAt(i) == '.' ? 1 : 0;
                i++;
            }
            word(text, from, i, dots, sink);
        }
    }

    private static boolean innerDot(String text, int at, int end) {
        return text.charAt(at) == '.' && at + 1 < end && inWord(text.charAt(at + 1));
    }

    private static void word(String text, int start, int end, int dots, Sink sink) {
        boolean digitFirst = Character.isDigit(text.charAt(start));
        if (digitFirst && dots == 0) {
            number(text, start, end, sink);
        }
        if (dots > 0 && !digitFirst && end - start >= SHORTEST && end - start <= LONGEST) {
            sink.accept(start, end, Kind.DOTTED);
        }
        int from = start;
        for (int i = start; i <= end; i++) {
            if (i == end || text.charAt(i) == '.') {
                if (i - from >= SHORTEST && i - from <= LONGEST && mixed(text, from, i)) {
                    sink.accept(from, i, Kind.IDENTIFIER);
                }
                from = i + 1;
            }
        }
    }

    private static void number(String text, int start, int end, Sink sink) {
        for (int i = start; i < end; i++) {
            if (!Character.isDigit(text.charAt(i))) {
                return;
            }
        }
        if (end - start >= 3) {
            sink.accept(start, end, Kind.NUMBER);
        }
    }

    /** Whether a word has the case or the underscore of an identifier. */
    private static boolean mixed(String text, int start, int end) {
        if (Character.isDigit(text.charAt(start))) {
            return false;
        }
        for (int i = start + 1; i < end; i++) {
            char c = text.charAt(i);
            boolean hump = Character.isUpperCase(c) && Character.isLowerCase(text.charAt(i - 1));
            boolean joint = c == '_' && i + 1 < end;
            if (hump || joint) {
                return true;
            }
        }
        return false;
    }

    private static boolean inWord(char c) {
        return c == '_' || Character.isLetterOrDigit(c);
    }

    private static boolean inPath(char c) {
        return inWord(c) || c == '/' || c == '.' || c == '-' || c == '~' || c == '@' || c == '+';
    }
}
