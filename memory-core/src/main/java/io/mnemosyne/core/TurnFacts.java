package io.mnemosyne.core;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What the machines need to know of a turn without its text.
 *
 * @param opens ids of the tool calls that it makes; a hash in the place of a long one
 * @param closes ids of the tool calls that it answers, likewise
 */
public record TurnFacts(long seq, Role role, long tokens, Optional<Instant> at, List<String> opens,
        List<String> closes) {
    /** Room for the ids that providers give; nothing is known of a call but whether ids are equal, bytes. */
    private static final int MAX_ID_BYTES = 40;

    public TurnFacts {
        opens = List.copyOf(opens);
        closes = List.copyOf(closes);
    }

    public static TurnFacts of(Turn turn) {
        List<String> opens = new ArrayList<>();
        List<String> closes = new ArrayList<>();
        for (Part part : turn.parts()) {
            if (part instanceof Part.ToolCall call) {
                opens.add(shortened(call.id()));
            } else if (part instanceof Part.ToolResult result) {
                closes.add(shortened(result.callId()));
            }
        }
        return new TurnFacts(turn.seq(), turn.role(), turn.tokens(), turn.body().origin().at(), opens, closes);
    }

    /** What the facts weigh in a state: the turn and each of its ids. */
    public int weight() {
        return 1 + opens.size() + closes.size();
    }

    private static String shortened(String id) {
        return Sha256.utf8Length(id) <= MAX_ID_BYTES ? id : Sha256.id(id);
    }
}
