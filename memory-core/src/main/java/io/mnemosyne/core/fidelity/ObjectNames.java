package io.mnemosyne.core.fidelity;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;

import io.mnemosyne.core.text.Names;

/**
 * The names in a text that may be needed to the letter: paths, dotted names, identifiers, numbers of three digits and more,
 * short quoted strings. One pass each.
 */
final class ObjectNames {
    /** Nobody asks for one of more names; they take memory. */
    private static final int MOST = 100_000;
    private static final String QUOTES = "'\"`";
    private static final int SHORTEST_QUOTED = 5;
    private static final int LONGEST_QUOTED = 60;

    private final String text;
    private final Pieces pieces;
    private final Map<String, Name> names = new LinkedHashMap<>();
    private int coveredUntil;

    private ObjectNames(String text, Pieces pieces) {
        this.text = text;
        this.pieces = pieces;
    }

    static ObjectNames of(String text, Pieces pieces) {
        ObjectNames found = new ObjectNames(text, pieces);
        Names.scan(text, found::take);
        found.findQuoted();
        return found;
    }

    /** Every distinct name in the order of its first occurrence. */
    Collection<Name> all() {
        return names.values();
    }

    private void take(int start, int end, Names.Kind kind) {
        boolean inside = start < coveredUntil;
        if (!inside) {
            coveredUntil = end;
        }
        add(start, end, switch (kind) {
            case PATH -> Name.Kind.PATH;
            case DOTTED, IDENTIFIER -> Name.Kind.IDENTIFIER;
            case NUMBER -> Name.Kind.NUMBER;
        }, !inside);
    }

    private void add(int start, int end, Name.Kind kind, boolean alone) {
        String name = text.substring(start, end);
        Name known = names.get(name);
        if (known == null) {
            if (names.size() == MOST) {
                return;
            }
            known = new Name(name, kind, pieces.at(start));
            names.put(name, known);
        }
        known.seen(alone);
    }

    private void findQuoted() {
        int i = 0;
        while (i < text.length()) {
            int end = QUOTES.indexOf(text.charAt(i)) < 0 ? -1 : closing(i);
            if (end >= 0) {
                if (!text.substring(i + 1, end).isBlank()) {
                    add(i + 1, end, Name.Kind.QUOTED, true);
                }
                i = end;
            }
            i++;
        }
    }

    /** Where a short quote ends; -1 if it is not one. */
    private int closing(int open) {
        char quote = text.charAt(open);
        int most = Math.min(text.length(), open + LONGEST_QUOTED + 2);
        for (int i = open + 1; i < most; i++) {
            char c = text.charAt(i);
            if (c == '\n') {
                return -1;
            }
            if (c == quote) {
                return i - open > SHORTEST_QUOTED ? i : -1;
            }
        }
        return -1;
    }
}
