package io.mnemosyne.core.segment;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Distinctive names in texts: those that a file defines, and those that a message mentions. */
final class Names {
    /** Each defined name is a row that is kept. */
    static final int MAX_DEFINED = 8;
    private static final int MAX_MENTIONED = 24;
    private static final int MIN_LENGTH = 5;
    private static final int MAX_LENGTH = 100;
    /** What follows is not looked at, characters. */
    private static final int LOOKED_AT = 16 * 1024;
    private static final Set<String> KEYWORDS = Set.of("class", "def", "function", "interface", "record", "enum", "fn",
            "func", "struct", "trait", "type", "module", "const");
    private static final int MAX_WORDS = 6;

    private Names() {
    }

    /** The first names that a file's text defines. */
    static List<String> definedBy(String text) {
        Set<String> names = new LinkedHashSet<>();
        int end = Math.min(text.length(), LOOKED_AT);
        int start = 0;
        while (start < end && names.size() < MAX_DEFINED) {
            int next = text.indexOf('\n', start);
            next = next < 0 || next > end ? end : next;
            addDefinition(text, start, next, names);
            start = next + 1;
        }
        return List.copyOf(names);
    }

    /** The name behind the first keyword among a line's first words. */
    private static void addDefinition(String text, int start, int end, Set<String> names) {
        boolean defines = false;
        int at = start;
        for (int word = 0; word < MAX_WORDS && at < end; word++) {
            while (at < end && !isPartOfName(text.charAt(at))) {
                at++;
            }
            int from = at;
            while (at < end && isPartOfName(text.charAt(at))) {
                at++;
            }
            String name = text.substring(from, Math.min(at, from + MAX_LENGTH));
            if (defines) {
                if (name.length() >= MIN_LENGTH && Character.isLetter(name.charAt(0))) {
                    names.add(name);
                }
                return;
            }
            defines = KEYWORDS.contains(name);
        }
    }

    /** Paths and identifiers that no ordinary word looks like. */
    static List<String> mentionedBy(String text) {
        Set<String> names = new LinkedHashSet<>();
        int end = Math.min(text.length(), LOOKED_AT);
        int at = 0;
        while (at < end && names.size() < MAX_MENTIONED) {
            while (at < end && !isPartOfPath(text.charAt(at))) {
                at++;
            }
            int from = at;
            while (at < end && isPartOfPath(text.charAt(at))) {
                at++;
            }
            if (at - from <= MAX_LENGTH) {
                addMention(text.substring(from, at), names);
            }
        }
        return List.copyOf(names);
    }

    private static void addMention(String found, Set<String> names) {
        int end = found.length();
        while (end > 0 && !Character.isLetterOrDigit(found.charAt(end - 1))) {
            end--;
        }
        String name = found.substring(0, end);
        if (name.length() < MIN_LENGTH || !isDistinctive(name)) {
            return;
        }
        names.add(name);
        String file = fileName(name);
        if (!file.equals(name)) {
            names.add(file);
        } else if (name.indexOf('.') > 0) {
            names.add(name.substring(name.lastIndexOf('.') + 1));
        }
    }

    /** The last name of a path. */
    static String fileName(String path) {
        return path.substring(path.lastIndexOf('/') + 1);
    }

    private static boolean isDistinctive(String name) {
        for (int i = 1; i < name.length(); i++) {
            char before = name.charAt(i - 1);
            char c = name.charAt(i);
            boolean joins = (c == '_' || c == '/' || c == '.') && i + 1 < name.length();
            if (joins || (Character.isLowerCase(before) && Character.isUpperCase(c))) {
                return true;
            }
        }
        return false;
    }

    private static boolean isPartOfName(char c) {
        return Character.isLetterOrDigit(c) || c == '_' || c == '$';
    }

    private static boolean isPartOfPath(char c) {
        return isPartOfName(c) || c == '.' || c == '/' || c == '-';
    }
}
