package io.mnemosyne.replay.entity;

import java.util.HashSet;
import java.util.Set;

import com.fasterxml.jackson.databind.JsonNode;

import io.mnemosyne.replay.recording.Characters;
import io.mnemosyne.replay.recording.ToolArguments;

/**
 * Finds what an agent must know literally: paths, dotted names, names in snake_case or CamelCase of at least 5 characters,
 * quoted strings of 5 to 60, numbers of at least 3 digits, and short arguments as a whole.
 */
public final class Entities {
    private static final int MIN_NAME = 5;
    private static final int MAX_QUOTED = 60;
    private static final int MIN_DIGITS = 3;
    private static final String QUOTES = "'\"`";
    private static final String PATH_SIGNS = "@.+~/-";
    /** Arguments that hold programs are too free to be one entity. */
    private static final Set<String> PROGRAMS = Set.of("command", "cmd", "code", "script", "input");

    private final String text;
    private final Set<String> found = new HashSet<>();
    private int dottedUntil;

    private Entities(String text) {
        this.text = text;
    }

    /** The entities of a text, its JSON escapes undone. */
    public static Set<String> ofText(String text) {
        Entities entities = new Entities(Escapes.undo(text));
        entities.findPaths();
        Words.visit(entities.text, entities::findInWord);
        entities.findQuoted();
        return entities.found;
    }

    /** The entities of every string and number in the arguments of a call. */
    public static Set<String> ofArguments(JsonNode arguments) {
        Set<String> found = new HashSet<>();
        ToolArguments.forEachLeaf(arguments, (name, value) -> {
            found.addAll(ofText(value));
            String whole = Characters.strip(value);
            int length = Characters.count(whole);
            if (length >= MIN_NAME && length <= MAX_QUOTED && whole.indexOf('\n') < 0 && !PROGRAMS.contains(name)) {
                String plain = Escapes.undo(whole);
                if (hasWord(plain)) {
                    found.add(plain);
                }
            }
        });
        return found;
    }

    /** Whether an entity is a number and nothing else. */
    public static boolean isNumber(String entity) {
        return entity.codePoints().allMatch(Character::isDigit);
    }

    /** Whether an entity is a path: a slash, and no sign that paths do not have. */
    public static boolean isPath(String entity) {
        return entity.indexOf('/') >= 0 && entity.codePoints().allMatch(Entities::isPathSign);
    }

    private void findPaths() {
        int slash = text.indexOf('/');
        while (slash >= 0) {
            int from = slash;
            while (from > 0 && isPathSign(text.codePointBefore(from))) {
                from -= Character.charCount(text.codePointBefore(from));
            }
            int to = slash;
            while (to < text.length() && isPathSign(text.codePointAt(to))) {
                to += Character.charCount(text.codePointAt(to));
            }
            int end = to;
            while (end > from && (text.charAt(end - 1) == '.' || text.charAt(end - 1) == '/')) {
                end--;
            }
            addName(from, end);
            slash = text.indexOf('/', to);
        }
    }

    private static boolean isPathSign(int codePoint) {
        return Characters.isWord(codePoint) || PATH_SIGNS.indexOf(codePoint) >= 0;
    }

    private void findInWord(int from, int to) {
        if (startsName(text.charAt(from))) {
            findDotted(from, to);
            if (text.codePointCount(from, to) >= MIN_NAME && (isSnake(from, to) || isCamel(from, to))) {
                found.add(text.substring(from, to));
            }
        } else if (isNumber(from, to)) {
            found.add(text.substring(from, to));
        }
    }

    private static boolean startsName(char c) {
        return isLower(c) || isUpper(c) || c == '_';
    }

    private void findDotted(int from, int to) {
        if (from < dottedUntil) {
            return;
        }
        int end = to;
        while (end < text.length() && text.charAt(end) == '.') {
            int next = Words.end(text, end + 1);
            if (next == end + 1) {
                break;
            }
            end = next;
        }
        if (end > to) {
            addName(from, end);
            dottedUntil = end;
        }
    }

    private boolean isSnake(int from, int to) {
        int first = from;
        int last = to - 1;
        while (first < last && text.charAt(first) == '_') {
            first++;
        }
        while (last > first && text.charAt(last) == '_') {
            last--;
        }
        int underscore = text.indexOf('_', first);
        return first < last && underscore >= 0 && underscore < last;
    }

    private boolean isCamel(int from, int to) {
        for (int i = from + 1; i < to; i++) {
            char before = text.charAt(i - 1);
            char c = text.charAt(i);
            boolean rises = isUpper(c) && (isLower(before) || isDigit(before));
            boolean falls = isLower(c) && isUpper(before) && i - 2 >= from && isUpper(text.charAt(i - 2));
            if (rises || falls) {
                return true;
            }
        }
        return false;
    }

    private boolean isNumber(int from, int to) {
        boolean fraction = from > 0 && text.charAt(from - 1) == '.';
        return !fraction && text.codePointCount(from, to) >= MIN_DIGITS
                && isNumber(text.substring(from, to));
    }

    private void findQuoted() {
        int i = 0;
        while (i < text.length()) {
            char quote = text.charAt(i);
            int end = QUOTES.indexOf(quote) < 0 ? -1 : closing(quote, i + 1);
            if (end >= 0) {
                String inner = Characters.strip(text.substring(i + 1, end));
                if (Characters.count(inner) >= MIN_NAME && hasWord(inner)) {
                    found.add(inner);
                }
                i = end;
            }
            i++;
        }
    }

    /** Where a quote ends that is neither too short nor too long; -1 if it is. */
    private int closing(char quote, int from) {
        int i = from;
        for (int length = 0; i < text.length() && length <= MAX_QUOTED; length++) {
            char c = text.charAt(i);
            if (c == quote) {
                return length < MIN_NAME ? -1 : i;
            }
            if (c == '\n') {
                return -1;
            }
            i += Character.charCount(text.codePointAt(i));
        }
        return -1;
    }

    private void addName(int from, int to) {
        String name = text.substring(from, to);
        if (Characters.count(name) >= MIN_NAME && hasWord(name)) {
            found.add(name);
        }
    }

    private static boolean hasWord(String text) {
        return text.codePoints().anyMatch(Characters::isWord);
    }

    private static boolean isLower(char c) {
        return c >= 'a' && c <= 'z';
    }

    private static boolean isUpper(char c) {
        return c >= 'A' && c <= 'Z';
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }
}
