package io.mnemosyne.core.assemble;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

import io.mnemosyne.core.Content;
import io.mnemosyne.core.Part;
import io.mnemosyne.core.Role;
import io.mnemosyne.core.Turn;
import io.mnemosyne.core.assemble.AnthropicPrompt.Message;

/**
 * Writes an assembled context as messages that Anthropic's API accepts. What has no place there becomes text: memory and
 * copies open the conversation as the user's, recorded reasoning is the assistant's (its signature is not kept), results
 * that do not follow their call are the user's. Neighbours of one role are merged.
 */
public final class AnthropicMessages {
    private static final AnthropicPrompt.Text BEGIN = new AnthropicPrompt.Text(
            "(The conversation begins with the assistant.)");
    /** An answer that is begun is no end that every model takes. */
    private static final AnthropicPrompt.Text GO_ON = new AnthropicPrompt.Text("(The assistant goes on.)");

    private AnthropicMessages() {
    }

    /** The same context in another shape: nothing is left out but blank texts. */
    public static AnthropicPrompt of(Assembly.Context context) {
        List<Block> system = context.blocks().stream().takeWhile(block -> block.kind() == Block.Kind.SYSTEM).toList();
        List<Block> others = context.blocks().subList(system.size(), context.blocks().size());
        List<Piece> pieces = others.stream().flatMap(block -> pieces(block).stream()).filter(Piece::says).toList();
        return new AnthropicPrompt(
                system.stream().map(AnthropicMessages::systemText).collect(Collectors.joining("\n\n")),
                messages(runs(pieces)));
    }

    /** A part with the side of the dialogue that it belongs to. */
    record Piece(boolean assistant, Part part, long seq, int index) {
        boolean says() {
            return switch (part) {
                case Part.Text text -> !text.content().shown().isBlank();
                case Part.Thinking thinking -> !thinking.content().shown().isBlank();
                case Part.ToolCall _,Part.ToolResult _,Part.Image _ -> true;
            };
        }
    }

    private static List<Piece> pieces(Block block) {
        return switch (block.kind()) {
            case STATE, REFLECTION, OBSERVATION, TIME, USER, RESTORED, SYSTEM -> List.of(asText(block));
            case TURN, SUMMARY, STUB -> block.turn().map(AnthropicMessages::pieces)
                    .orElseGet(() -> List.of(asText(block)));
        };
    }

    private static Piece asText(Block block) {
        return new Piece(false, new Part.Text(Content.of(block.text())), -1, 0);
    }

    private static List<Piece> pieces(Turn turn) {
        List<Piece> pieces = new ArrayList<>();
        for (Part part : turn.parts()) {
            boolean assistant = switch (part) {
                case Part.ToolCall _ -> true;
                case Part.ToolResult _ -> false;
                case Part.Text _,Part.Thinking _,Part.Image _ -> turn.role() == Role.ASSISTANT;
            };
            pieces.add(new Piece(assistant, part, turn.seq(), pieces.size()));
        }
        return pieces;
    }

    /** Neighbours of one side together. */
    private static List<List<Piece>> runs(List<Piece> pieces) {
        List<List<Piece>> runs = new ArrayList<>();
        for (Piece piece : pieces) {
            if (runs.isEmpty() || runs.getLast().getFirst().assistant() != piece.assistant()) {
                runs.add(new ArrayList<>());
            }
            runs.getLast().add(piece);
        }
        return runs;
    }

    private static List<Message> messages(List<List<Piece>> runs) {
        List<Message> messages = new ArrayList<>();
        if (runs.isEmpty() || runs.getFirst().getFirst().assistant()) {
            messages.add(new Message(AnthropicPrompt.Role.USER, List.of(BEGIN)));
        }
        Set<String> usedIds = new HashSet<>();
        OpenCalls calls = new OpenCalls();
        for (List<Piece> run : runs) {
            if (run.getFirst().assistant()) {
                calls = new OpenCalls();
                messages.add(new Message(AnthropicPrompt.Role.ASSISTANT, said(run, calls, usedIds)));
            } else {
                messages.add(new Message(AnthropicPrompt.Role.USER, calls.answeredBy(run)));
                calls = new OpenCalls();
            }
        }
        if (messages.getLast().role() == AnthropicPrompt.Role.ASSISTANT) {
            messages.add(new Message(AnthropicPrompt.Role.USER, calls.isEmpty()
                    ? List.of(GO_ON)
                    : calls.answeredBy(List.of())));
        }
        return messages;
    }

    private static List<AnthropicPrompt.Content> said(List<Piece> run, OpenCalls calls, Set<String> usedIds) {
        List<AnthropicPrompt.Content> content = new ArrayList<>();
        for (Piece piece : run) {
            content.add(switch (piece.part()) {
                case Part.ToolCall call -> calls.open(call, piece, usedIds);
                // An assistant's message cannot hold an image.
                case Part.Text _,Part.Thinking _,Part.ToolResult _,Part.Image _ -> text(piece.part());
            });
        }
        return content;
    }

    static AnthropicPrompt.Text text(Part part) {
        String shown = part.content().shown();
        return new AnthropicPrompt.Text(switch (part) {
            case Part.Thinking _ -> "[thinking]\n" + shown;
            case Part.ToolResult result -> (result.error() ? "[failed result" : "[result")
                    + (result.toolName().isBlank() ? "" : " of " + result.toolName()) + "]\n" + shown;
            case Part.Image image -> "[image " + image.mediaType() + "]";
            case Part.Text _,Part.ToolCall _ -> shown;
        });
    }

    private static String systemText(Block block) {
        return block.turn().stream().flatMap(turn -> turn.parts().stream()).map(part -> text(part).text())
                .collect(Collectors.joining("\n"));
    }
}
