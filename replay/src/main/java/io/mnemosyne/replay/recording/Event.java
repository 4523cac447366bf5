package io.mnemosyne.replay.recording;

import java.util.List;
import java.util.Optional;

import io.mnemosyne.core.RawTurn;
import io.mnemosyne.core.Role;

/**
 * One event of a recorded session.
 *
 * @param index in its session, from 0
 * @param content what was said or returned, without thinking and tool calls
 * @param text canonical: the content, then each tool call as JSON
 * @param calls the tool calls that it makes
 * @param answers the call whose result it is
 * @param error whether it is the result of a failed call
 */
public record Event(int index, RawTurn turn, String content, String text, List<Call> calls, Optional<Call> answers,
        boolean error) {
    public Event {
        calls = List.copyOf(calls);
    }

    public Role role() {
        return turn.role();
    }
}
