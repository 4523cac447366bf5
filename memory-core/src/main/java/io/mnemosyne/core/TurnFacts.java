package io.mnemosyne.core;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What the machines need to know of a turn without its text.
 *
 * @param opens ids of the tool calls that it makes
 * @param closes ids of the tool calls that it answers
 */
public record TurnFacts(long seq, Role role, long tokens, Optional<Instant> at, List<String> opens,
        List<String> closes) {
    public TurnFacts {
        opens = List.copyOf(opens);
        closes = List.copyOf(closes);
    }

    public static TurnFacts of(Turn turn) {
        List<String> opens = new ArrayList<>();
        List<String> closes = new ArrayList<>();
        for (Part part : turn.parts()) {
            if (part instanceof Part.ToolCall call) {
                opens.add(call.id());
            } else if (part instanceof Part.ToolResult result) {
                closes.add(result.callId());
            }
        }
        return new TurnFacts(turn.seq(), turn.role(), turn.tokens(), turn.body().origin().at(), opens, closes);
    }
}
