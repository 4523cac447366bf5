package io.mnemosyne.scripted;

import java.util.List;
import java.util.stream.IntStream;

/**
 * A text on its way to the client.
 *
 * @param id of the answer
 */
record Answer(String id, ScriptedRequest request, String text, Behaviour.Stop stop, Usage usage) {
    private static final int PIECE = 24;

    /** The text in pieces of about as many characters as a vendor's events have. */
    List<String> pieces() {
        return IntStream.iterate(0, start -> start < text.length(), start -> start + PIECE)
                .mapToObj(start -> text.substring(start, Math.min(text.length(), start + PIECE))).toList();
    }

    /** Whether this is something else than what the client asked for. */
    boolean declined() {
        return stop == Behaviour.Stop.REFUSED || stop == Behaviour.Stop.FILTERED;
    }
}
