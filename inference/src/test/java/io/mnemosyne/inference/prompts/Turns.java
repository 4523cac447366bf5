package io.mnemosyne.inference.prompts;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import io.mnemosyne.core.Content;
import io.mnemosyne.core.Part;
import io.mnemosyne.core.Rendition;
import io.mnemosyne.core.Role;
import io.mnemosyne.core.SeqRange;
import io.mnemosyne.core.ThreadKey;
import io.mnemosyne.core.observe.ObservationRequest;
import io.mnemosyne.inference.providers.CallContext;

/** Builds the turns of a test, from number 10 on, one minute after the other. */
final class Turns {
    static final Instant START = Instant.parse("2026-01-05T10:00:00Z");
    static final long FIRST = 10;
    private final List<Rendition> turns = new ArrayList<>();

    static CallContext inTime() {
        return CallContext.within(Duration.ofMinutes(1));
    }

    Turns user(String text) {
        return turn(Role.USER, new Part.Text(Content.of(text)));
    }

    Turns assistant(String text) {
        return turn(Role.ASSISTANT, new Part.Text(Content.of(text)));
    }

    Turns call(String tool, String json) {
        return turn(Role.ASSISTANT, new Part.ToolCall("c", tool, Content.of(json)));
    }

    Turns result(String output) {
        return turn(Role.TOOL, new Part.ToolResult("c", "bash", Content.of(output), false));
    }

    Turns turn(Role role, Part... parts) {
        long seq = FIRST + turns.size();
        turns.add(new Rendition(seq, role, Optional.of(START.plusSeconds(60L * turns.size())), 20, List.of(parts)));
        return this;
    }

    List<Rendition> list() {
        return List.copyOf(turns);
    }

    ObservationRequest request() {
        return request("");
    }

    ObservationRequest request(String memory) {
        SeqRange range = new SeqRange(turns.getFirst().seq(), turns.getLast().seq());
        return new ObservationRequest("r", new ThreadKey("default", "t"), 0, range, 1, Instant.MAX,
                ObservationRequest.Priority.NORMAL, memory, turns);
    }
}
