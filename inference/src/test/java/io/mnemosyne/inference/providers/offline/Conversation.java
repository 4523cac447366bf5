package io.mnemosyne.inference.providers.offline;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import io.mnemosyne.core.Content;
import io.mnemosyne.core.Part;
import io.mnemosyne.core.Rendition;
import io.mnemosyne.core.Role;

/** Builds the turns of a test. */
final class Conversation {
    private static final Instant START = Instant.parse("2026-01-05T10:00:00Z");
    private final List<Rendition> turns = new ArrayList<>();

    Conversation user(String text) {
        return turn(Role.USER, new Part.Text(Content.of(text)));
    }

    Conversation assistant(String text) {
        return turn(Role.ASSISTANT, new Part.Text(Content.of(text)));
    }

    Conversation system(String text) {
        return turn(Role.SYSTEM, new Part.Text(Content.of(text)));
    }

    Conversation call(String id, String tool, String json) {
        return turn(Role.ASSISTANT, new Part.ToolCall(id, tool, Content.of(json)));
    }

    Conversation result(String id, String output) {
        return turn(Role.TOOL, new Part.ToolResult(id, "", Content.of(output), false));
    }

    Conversation failure(String id, String output) {
        return turn(Role.TOOL, new Part.ToolResult(id, "", Content.of(output), true));
    }

    /** A shell command with its output. */
    Conversation bash(String command, String output) {
        String id = "call" + turns.size();
        return call(id, "bash", "{\"command\":\"" + command + "\"}").result(id, output);
    }

    List<Rendition> turns() {
        return List.copyOf(turns);
    }

    Transcript transcript() {
        return Transcript.of(turns);
    }

    private Conversation turn(Role role, Part part) {
        long tokens = part.content().shown().length() / 4 + 4L;
        turns.add(new Rendition(turns.size(), role, Optional.of(START.plusSeconds(turns.size())), tokens,
                List.of(part)));
        return this;
    }
}
