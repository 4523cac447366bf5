package io.mnemosyne.inference.prompts;

import java.util.regex.Pattern;

import io.mnemosyne.inference.chat.ChatPrompt;

/** What stands outside of a prompt's fences, in the eyes of a reader who takes every marker for one. */
final class Outside {
    private static final Pattern FENCE = Pattern.compile(
            "<mnemosyne-data name=\"([^\"\\n]*)\" id=\"([0-9a-f]{32})\">\\n.*?</mnemosyne-data id=\"\\2\">\\n",
            Pattern.DOTALL);
    private static final Pattern MARKER = Pattern.compile("<[\\s/\\p{Cf}]*mnemosyne", Pattern.CASE_INSENSITIVE);

    private Outside() {
    }

    /** The words of ours, the name of each fence, and how many markers there are. */
    static String fences(ChatPrompt prompt) {
        String user = prompt.messages().getFirst().text();
        return FENCE.matcher(user).replaceAll(fence -> "[" + fence.group(1) + "]\n")
                + MARKER.matcher(user).results().count();
    }
}
