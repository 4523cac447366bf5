package io.mnemosyne.scripted;

import java.util.List;

/** The order of the messages of a prompt. */
final class Conversations {
    private Conversations() {
    }

    /** From a user's to a user's, in turn. */
    static void check(List<ScriptedRequest.Message> messages, Words words) throws Problem {
        for (int index = 0; index < messages.size(); index++) {
            String expected = index % 2 == 0 ? "user" : "assistant";
            if (!messages.get(index).role().equals(expected)) {
                throw words.invalid(words.at(words.at("messages", index), "role"),
                        "'" + expected + "': roles must alternate, beginning with 'user'");
            }
        }
        if (messages.size() % 2 == 0) {
            throw words.invalid("messages", "a conversation that ends with a user message");
        }
    }
}
