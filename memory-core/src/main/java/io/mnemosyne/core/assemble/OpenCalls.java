package io.mnemosyne.core.assemble;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

import io.mnemosyne.core.Part;
import io.mnemosyne.core.assemble.AnthropicPrompt.Image;
import io.mnemosyne.core.assemble.AnthropicPrompt.ToolResult;
import io.mnemosyne.core.assemble.AnthropicPrompt.ToolUse;

/** The tool calls of one assistant's message, to be answered at the head of the next message. */
final class OpenCalls {
    private static final Pattern VALID_ID = Pattern.compile("[A-Za-z0-9_-]{1,128}");
    private static final Pattern NO_NAME_CHARACTER = Pattern.compile("[^A-Za-z0-9_-]");
    private static final int LONGEST_NAME = 128;
    private static final String NO_OUTPUT = "(no output)";
    private static final String NO_RESULT = "(no result was recorded)";

    /** Ids in the source, which may repeat, by ids in the prompt, in the order of the calls. */
    private final Map<String, String> sourceIds = new LinkedHashMap<>();
    private final Map<String, ToolResult> answers = new LinkedHashMap<>();

    boolean isEmpty() {
        return sourceIds.isEmpty();
    }

    /** Notes a call under an id that the prompt does not have yet. */
    ToolUse open(Part.ToolCall call, AnthropicMessages.Piece piece, Set<String> usedIds) {
        boolean usable = VALID_ID.matcher(call.id()).matches() && !usedIds.contains(call.id());
        String id = usable ? call.id() : "turn_" + piece.seq() + "_" + piece.index();
        usedIds.add(id);
        sourceIds.put(id, call.id());
        return new ToolUse(id, toolName(call.name()), JsonText.object(call.content().shown()));
    }

    /** A name that the API takes. */
    private static String toolName(String name) {
        String valid = NO_NAME_CHARACTER.matcher(name).replaceAll("_");
        return valid.isEmpty() ? "unnamed" : valid.substring(0, Math.min(valid.length(), LONGEST_NAME));
    }

    /** The content of the user's message: an answer to every call, then everything else in its order. */
    List<AnthropicPrompt.Content> answeredBy(List<AnthropicMessages.Piece> run) {
        List<AnthropicPrompt.Content> others = new ArrayList<>();
        for (AnthropicMessages.Piece piece : run) {
            switch (piece.part()) {
                case Part.ToolResult result when answers(result) -> {
                }
                case Part.Image image when !image.content().shown().isBlank() -> others
                        .add(new Image(image.mediaType(), image.content().shown()));
                case Part.Text _,Part.Thinking _,Part.ToolCall _,Part.ToolResult _,Part.Image _ -> others
                        .add(AnthropicMessages.text(piece.part()));
            }
        }
        List<AnthropicPrompt.Content> content = new ArrayList<>();
        sourceIds.keySet().forEach(id -> content.add(answers.getOrDefault(id, new ToolResult(id, NO_RESULT, false))));
        content.addAll(others);
        return content;
    }

    /** Takes a result as the answer to the first unanswered call that it names; one that names none takes any. */
    private boolean answers(Part.ToolResult result) {
        Optional<String> call = sourceIds.entrySet().stream()
                .filter(open -> !answers.containsKey(open.getKey())
                        && (result.callId().isEmpty() || open.getValue().equals(result.callId())))
                .map(Map.Entry::getKey).findFirst();
        String shown = result.content().shown();
        call.ifPresent(id -> answers.put(id, new ToolResult(id, shown.isBlank() ? NO_OUTPUT : shown, result.error())));
        return call.isPresent();
    }
}
