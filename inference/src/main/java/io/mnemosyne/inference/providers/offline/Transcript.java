package io.mnemosyne.inference.providers.offline;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import io.mnemosyne.core.Content;
import io.mnemosyne.core.Part;
import io.mnemosyne.core.Rendition;
import io.mnemosyne.core.Role;
import io.mnemosyne.core.SeqRange;
import io.mnemosyne.core.observe.Injected;

/**
 * A stretch of turns as what was said and which tools were used. System turns and injected text are left out.
 *
 * @param statements in the order of their turns
 * @param uses in the order of their calls; a result whose call is not in the stretch stands alone
 */
record Transcript(List<Statement> statements, List<ToolUse> uses) {
    Transcript {
        statements = List.copyOf(statements);
        uses = List.copyOf(uses);
    }

    /** Something said by the user or the assistant. */
    record Statement(long seq, Optional<Instant> at, Role role, boolean thinking, String text) {
    }

    /**
     * A tool call with its result.
     *
     * @param seqs from the call's turn to the result's
     * @param tool name of the tool, empty if unknown
     * @param output the result's text, empty if there is none
     * @param failed true if the tool reported failure
     * @param bytes size of the whole result
     */
    record ToolUse(SeqRange seqs, Optional<Instant> at, String tool, Arguments arguments, boolean answered,
            String output, boolean failed, long bytes) {

        private ToolUse answeredBy(Rendition turn, Part.ToolResult result) {
            return new ToolUse(new SeqRange(seqs.from(), Math.max(seqs.to(), turn.seq())), at, tool, arguments, true,
                    Injected.strip(result.content().shown()), result.error(), result.content().bytes());
        }
    }

    static Transcript of(List<Rendition> turns) {
        Reader reader = new Reader();
        turns.stream().filter(turn -> turn.role() != Role.SYSTEM).forEach(reader::read);
        return new Transcript(reader.statements, reader.uses);
    }

    private static final class Reader {
        private final List<Statement> statements = new ArrayList<>();
        private final List<ToolUse> uses = new ArrayList<>();
        private final List<Open> open = new ArrayList<>();

        private record Open(String id, int use) {
        }

        void read(Rendition turn) {
            for (Part part : turn.parts()) {
                switch (part) {
                    case Part.Text text -> say(turn, false, text.content().shown());
                    case Part.Thinking thinking -> say(turn, true, thinking.content().shown());
                    case Part.ToolCall call -> {
                        open.add(new Open(call.id(), uses.size()));
                        uses.add(new ToolUse(SeqRange.of(turn.seq()), turn.at(), call.name(),
                                Arguments.parse(call.content().shown()), false, "", false, 0));
                    }
                    case Part.ToolResult result -> answer(turn, result);
                    case Part.Image _ -> {
                        // its type and size tell nothing that is worth an entry
                    }
                }
            }
        }

        private void say(Rendition turn, boolean thinking, String text) {
            String said = Injected.strip(text).strip();
            if (said.isEmpty()) {
                return;
            }
            if (turn.role() == Role.TOOL) {
                answer(turn, new Part.ToolResult("", "", Content.of(said), false));
            } else {
                statements.add(new Statement(turn.seq(), turn.at(), turn.role(), thinking, said));
            }
        }

        private void answer(Rendition turn, Part.ToolResult result) {
            Optional<Open> call = callOf(result);
            if (call.isPresent()) {
                open.remove(call.get());
                int index = call.get().use();
                uses.set(index, uses.get(index).answeredBy(turn, result));
            } else {
                uses.add(new ToolUse(SeqRange.of(turn.seq()), turn.at(), result.toolName(), Arguments.NONE, true, "",
                        false, 0).answeredBy(turn, result));
            }
        }

        /** The nearest call before it with its id; without an id, the oldest one that is still open. */
        private Optional<Open> callOf(Part.ToolResult result) {
            if (result.callId().isEmpty()) {
                return open.stream().findFirst();
            }
            return open.reversed().stream().filter(call -> call.id().equals(result.callId())).findFirst();
        }
    }
}
