package io.mnemosyne.core.segment;

import java.util.List;
import java.util.Locale;

/** Whether a message only says that something will be or was done. */
final class Procedural {
    private static final int SHORT = 120;
    private static final List<String> BEGINNINGS = List.of("ok", "okay", "sure", "done", "great", "perfect", "good",
            "now", "next", "let me", "let's", "i'll", "i will", "thanks", "thank you", "excellent");

    private Procedural() {
    }

    static boolean is(String text) {
        String said = text.strip().toLowerCase(Locale.ROOT);
        return text.length() <= SHORT && said.indexOf('\n') < 0
                && BEGINNINGS.stream().anyMatch(word -> said.startsWith(word) && !goesOn(said, word.length()));
    }

    private static boolean goesOn(String text, int at) {
        return at < text.length() && Character.isLetterOrDigit(text.charAt(at));
    }
}
