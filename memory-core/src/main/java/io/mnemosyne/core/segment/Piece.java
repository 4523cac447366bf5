package io.mnemosyne.core.segment;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

import io.mnemosyne.core.Part;
import io.mnemosyne.core.Role;
import io.mnemosyne.core.SemanticObject;
import io.mnemosyne.core.admit.Candidate;

/**
 * A text of a turn with what its words and its call tell about it.
 *
 * @param said who speaks, or what was called and what came of it
 * @param shown which lines of the file at {@code path} it shows, if any
 * @param asker object that holds the message which asked for it
 */
record Piece(String text, SemanticObject.Type type, String said, String tool, ToolAction action, Optional<String> path,
        Optional<Stretch> shown, boolean error, Optional<Role> speaker, List<String> tags, Optional<String> asker) {
    private static final int MAX_NAMES = 3;

    static Piece ofMessage(Role role, String text) {
        boolean quotesFailure = ConsoleText.is(text) && Failure.in(text).isPresent();
        SemanticObject.Type type = quotesFailure ? SemanticObject.Type.ERROR_CONTEXT : typeOf(role, text);
        String who = role.name().charAt(0) + role.name().substring(1).toLowerCase(Locale.ROOT);
        return new Piece(text, type, who + ": " + text, "", ToolAction.OTHER, Optional.empty(), Optional.empty(), false,
                Optional.of(role), Tags.ofMessage(role.name().toLowerCase(Locale.ROOT), text, quotesFailure),
                Optional.empty());
    }

    private static SemanticObject.Type typeOf(Role role, String text) {
        if (role != Role.ASSISTANT) {
            return SemanticObject.Type.CONVERSATION_PHASE;
        }
        return ConsoleText.is(text) ? SemanticObject.Type.TOOL_RESULT : MessageType.of(text);
    }

    static Piece ofResult(Part.ToolResult result, Optional<CallFacts> call) {
        String text = result.content().shown();
        String tool = result.toolName().isEmpty() ? call.map(CallFacts::name).orElse("") : result.toolName();
        ToolAction action = call.map(CallFacts::action).orElse(ToolAction.OTHER);
        ResultType type = ResultType.of(text, result.error(), action,
                call.map(CallFacts::lines).orElse(Stretch.ALL));
        Optional<String> path = call.flatMap(CallFacts::path);
        String what = call.map(CallFacts::summary).orElse(tool);
        return new Piece(text, type.type(), what + ": " + outcome(text, what, action, type), tool, action, path,
                path.flatMap(_ -> type.shown()), type.failed(), Optional.empty(),
                Tags.ofResult(action, path, type.failed()), call.flatMap(CallFacts::asker));
    }

    private static String outcome(String text, String what, ToolAction action, ResultType type) {
        if (type.failed()) {
            return type.failure().orElse("");
        }
        if (type.shown().isPresent()) {
            List<String> names = Names.definedBy(text);
            String defined = String.join(", ", names.subList(0, Math.min(MAX_NAMES, names.size())));
            return Lines.count(text) + " lines" + (defined.isEmpty() ? "" : " with " + defined);
        }
        boolean endsWithResult = action == ToolAction.TEST || action == ToolAction.BUILD;
        return endsWithResult ? Lines.last(text) : Lines.firstOtherThan(text, what);
    }

    /** Whether the thread's files or names may be meant by it. */
    List<String> mentions() {
        return speaker.isPresent() || error ? Names.mentionedBy(text) : List.of();
    }

    Candidate candidate(boolean duplicate, double novelty) {
        boolean confirms = action == ToolAction.EDIT && type == SemanticObject.Type.TOOL_RESULT;
        boolean procedural = speaker.filter(Role.ASSISTANT::equals).isPresent() && Procedural.is(text);
        return new Candidate(type, duplicate, novelty, action == ToolAction.LIST, procedural, error,
                speaker.filter(Role.USER::equals).isPresent(), path.isPresent(), confirms, text.length());
    }
}
