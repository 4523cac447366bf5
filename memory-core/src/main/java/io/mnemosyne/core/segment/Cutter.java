package io.mnemosyne.core.segment;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

import io.mnemosyne.core.Part;
import io.mnemosyne.core.RawTurn;
import io.mnemosyne.core.Role;
import io.mnemosyne.core.SemanticObject;
import io.mnemosyne.core.SeqRange;
import io.mnemosyne.core.Sha256;
import io.mnemosyne.core.ThreadKey;
import io.mnemosyne.core.admit.Admissions;
import io.mnemosyne.core.admit.Candidate;

/** Cuts one object from every tool result and every message of a turn; empty ones give none. */
public final class Cutter {
    private static final int MAX_STUB = 160;

    private final String idPrefix;
    private final ThreadKey thread;
    private final long seq;
    private final EarlierObjects earlier;
    private final List<SemanticObject> objects = new ArrayList<>();
    private final Map<String, String> contents = new LinkedHashMap<>();
    private final Map<String, String> files = new LinkedHashMap<>();
    private RecentCalls calls;

    private Cutter(ThreadKey thread, long incarnation, long seq, RecentCalls calls, EarlierObjects earlier) {
        this.thread = thread;
        this.idPrefix = Long.toString(incarnation);
        this.seq = seq;
        this.calls = calls;
        this.earlier = earlier;
    }

    /**
     * Cuts a turn.
     *
     * @param turn with all its texts
     * @param partTokens of each part
     */
    public static Cut cut(ThreadKey thread, long incarnation, long seq, RawTurn turn, List<Long> partTokens,
            RecentCalls calls, EarlierObjects earlier) {
        Cutter cutter = new Cutter(thread, incarnation, seq, calls, earlier);
        for (int i = 0; i < turn.parts().size(); i++) {
            cutter.take(turn.role(), i, turn.parts().get(i), partTokens.get(i));
        }
        return new Cut(cutter.objects, cutter.calls, cutter.contents, cutter.files);
    }

    private void take(Role role, int index, Part part, long tokens) {
        switch (part) {
            case Part.ToolCall call -> calls = calls.plus(CallReader.read(call));
            case Part.ToolResult result -> {
                Optional<CallFacts> call = calls.find(result.callId());
                call.ifPresent(answered -> calls = calls.without(answered));
                add(Piece.ofResult(result, call), index, tokens);
            }
            case Part.Text text -> add(Piece.ofMessage(role, text.content().shown()), index, tokens);
            case Part.Thinking _,Part.Image _ -> {
                // reasoning is the turn's own and an image has no text
            }
        }
    }

    private void add(Piece piece, int index, long tokens) {
        if (piece.text().isBlank()) {
            return;
        }
        String id = Sha256.id(thread.toString(), idPrefix, Long.toString(seq), Integer.toString(index));
        String hash = Sha256.hex(piece.text());
        boolean seen = contents.containsKey(hash) || earlier.withContent(hash).isPresent();
        Optional<String> supersedes = piece.view().flatMap(
                view -> Optional.ofNullable(files.get(view)).or(() -> earlier.ofFile(view)));
        objects.add(new SemanticObject(id, piece.type(), SeqRange.of(seq), index, Lines.oneLine(piece.stub(), MAX_STUB),
                hash, Sha256.utf8Length(piece.text()), tokens, piece.tool(), piece.path(), piece.error(), supersedes,
                Admissions.of(piece.candidate(seen)), List.of(), List.of(), Optional.empty()));
        if (!seen) {
            contents.put(hash, id);
        }
        piece.view().ifPresent(view -> files.put(view, id));
    }

    /** A text of the turn with what is known about it. */
    private record Piece(String text, SemanticObject.Type type, String stub, String tool, Optional<String> path,
            Optional<String> view,
            boolean error, boolean routine, boolean procedural, boolean fromUser) {

        static Piece ofMessage(Role role, String text) {
            SemanticObject.Type type = role == Role.ASSISTANT
                    ? Language.typeOf(text)
                    : SemanticObject.Type.CONVERSATION_PHASE;
            String who = role.name().charAt(0) + role.name().substring(1).toLowerCase(Locale.ROOT);
            boolean procedural = role == Role.ASSISTANT && Language.isProcedural(text);
            return new Piece(text, type, who + ": " + text, "", Optional.empty(), Optional.empty(), false, false,
                    procedural, role == Role.USER);
        }

        static Piece ofResult(Part.ToolResult result, Optional<CallFacts> call) {
            String text = result.content().shown();
            String tool = result.toolName().isEmpty() ? call.map(CallFacts::name).orElse("") : result.toolName();
            ToolAction action = call.map(CallFacts::action).orElse(ToolAction.OTHER);
            Optional<String> failure = action == ToolAction.READ ? Optional.empty() : Language.failure(text);
            boolean error = result.error() || failure.isPresent();
            SemanticObject.Type type = error ? SemanticObject.Type.ERROR_CONTEXT : typeOf(action);
            Optional<String> view = error ? Optional.empty() : call.flatMap(CallFacts::view);
            String what = call.map(CallFacts::summary).orElse(tool);
            String said = error
                    ? failure.orElseGet(() -> Lines.first(text))
                    : view.isPresent() ? Lines.count(text) + " lines" : Lines.first(text);
            return new Piece(text, type, what + ": " + said, tool, call.flatMap(CallFacts::path), view, error,
                    action == ToolAction.LIST, false, false);
        }

        Candidate candidate(boolean seen) {
            return new Candidate(type, seen, routine, procedural, error, fromUser, path.isPresent(), text.length());
        }

        private static SemanticObject.Type typeOf(ToolAction action) {
            return switch (action) {
                case READ -> SemanticObject.Type.FILE_CONTEXT;
                case PLAN -> SemanticObject.Type.PLAN;
                case LIST, OTHER -> SemanticObject.Type.TOOL_RESULT;
            };
        }
    }
}
