package io.mnemosyne.inference.providers.offline;

import java.util.List;

/** Text that tools and agents put into turns for the model: it must not come back as something the user said. */
final class Injected {
    private static final List<String> TAGS = List.of("system-reminder", "environment_details",
            "environment_context", "user_instructions", "local-command-stdout", "local-command-caveat");
    private static final List<String> OWN_BLOCKS = List.of("## Observed turns", "## Reflected turns", "[Summary of ",
            "[Paged out:");

    private Injected() {
    }

    /** The text without tagged reminders; empty if the whole text is a block of compacted memory. */
    static String strip(String text) {
        String kept = text;
        for (String block : OWN_BLOCKS) {
            if (startsWith(kept, block)) {
                return "";
            }
        }
        if (kept.indexOf("</") >= 0) {
            for (String tag : TAGS) {
                kept = without(kept, "<" + tag, "</" + tag + ">");
            }
        }
        return kept;
    }

    private static boolean startsWith(String text, String block) {
        int start = 0;
        while (start < text.length() && Character.isWhitespace(text.charAt(start))) {
            start++;
        }
        return text.startsWith(block, start);
    }

    private static String without(String text, String opening, String closing) {
        int start = text.indexOf(opening);
        if (start < 0) {
            return text;
        }
        StringBuilder kept = new StringBuilder(text.length());
        int from = 0;
        while (start >= 0) {
            int end = text.indexOf(closing, start);
            if (end < 0) {
                break;
            }
            kept.append(text, from, start);
            from = end + closing.length();
            start = text.indexOf(opening, from);
        }
        return kept.append(text, from, text.length()).toString();
    }
}
