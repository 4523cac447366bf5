package io.mnemosyne.core.transcript;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

import io.mnemosyne.core.Part;
import io.mnemosyne.core.RawTurn;
import io.mnemosyne.core.Role;

/** Which of the two JSON forms a turn takes: flat fields, or a list of typed parts. */
sealed interface TurnShape {
    /** Flat fields of a result. A turn that carries one of them along as an attribute has its result in a list. */
    Set<String> RESULT_FIELDS = Set.of("tool_call_id", "tool_name", "is_error");

    /**
     * At most one thinking, then at most one text, then calls; or one tool result.
     *
     * @param content empty if there is none
     * @param thinking empty if there is none
     */
    record Simple(String content, String thinking, List<Part.ToolCall> calls, Optional<Part.ToolResult> result)
            implements
                TurnShape {
    }

    record Mixed(List<Part> parts) implements TurnShape {
    }

    static TurnShape of(RawTurn turn) {
        if (turn.role() == Role.TOOL) {
            boolean clash = turn.origin().attributes().keySet().stream().anyMatch(RESULT_FIELDS::contains);
            return !clash && turn.parts().size() == 1 && turn.parts().getFirst() instanceof Part.ToolResult result
                    ? new Simple(result.content().shown(), "", List.of(), Optional.of(result))
                    : new Mixed(turn.parts());
        }
        return messageShape(turn.parts());
    }

    private static TurnShape messageShape(List<Part> parts) {
        int next = 0;
        String thinking = "";
        if (next < parts.size() && parts.get(next) instanceof Part.Thinking it && !it.content().shown().isEmpty()) {
            thinking = it.content().shown();
            next++;
        }
        String content = "";
        if (next < parts.size() && parts.get(next) instanceof Part.Text it && !it.content().shown().isEmpty()) {
            content = it.content().shown();
            next++;
        }
        List<Part.ToolCall> calls = new ArrayList<>();
        while (next < parts.size() && parts.get(next) instanceof Part.ToolCall call) {
            calls.add(call);
            next++;
        }
        return next == parts.size() ? new Simple(content, thinking, calls, Optional.empty()) : new Mixed(parts);
    }

    static String name(Role role) {
        return role.name().toLowerCase(Locale.ROOT);
    }
}
