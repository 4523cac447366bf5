package io.mnemosyne.core.fidelity;

import java.util.HashSet;
import java.util.Set;
import java.util.function.Consumer;

import io.mnemosyne.core.text.Names;

/** What a shorter text tells: which names are in it, with no word going on at their ends. */
final class Told {
    private final String text;
    private final Set<String> words = new HashSet<>();

    Told(String text) {
        this.text = text;
        eachWord(text, words::add);
    }

    boolean has(String name) {
        if (words.contains(name)) {
            return true;
        }
        boolean[] all = {true};
        eachWord(name, word -> all[0] &= words.contains(word));
        return all[0] && occurs(name);
    }

    /** Whether every path, identifier and number of a text is here, too. */
    boolean hasNamesOf(String other) {
        boolean[] all = {true};
        Names.scan(other, (start, end, _) -> all[0] &= has(other.substring(start, end)));
        return all[0];
    }

    private boolean occurs(String name) {
        for (int at = text.indexOf(name); at >= 0; at = text.indexOf(name, at + 1)) {
            int end = at + name.length();
            boolean begins = at == 0 || !isWord(name.codePointAt(0)) || !isWord(text.codePointBefore(at));
            boolean ends = end == text.length() || !isWord(name.codePointBefore(name.length()))
                    || !isWord(text.codePointAt(end));
            if (begins && ends) {
                return true;
            }
        }
        return false;
    }

    private static void eachWord(String text, Consumer<String> sink) {
        int from = -1;
        for (int i = 0; i < text.length(); i += Character.charCount(text.codePointAt(i))) {
            if (isWord(text.codePointAt(i))) {
                from = from < 0 ? i : from;
            } else if (from >= 0) {
                sink.accept(text.substring(from, i));
                from = -1;
            }
        }
        if (from >= 0) {
            sink.accept(text.substring(from));
        }
    }

    private static boolean isWord(int codePoint) {
        return Character.isLetterOrDigit(codePoint) || codePoint == '_';
    }
}
