package io.mnemosyne.core.view.group;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import io.mnemosyne.core.Content;
import io.mnemosyne.core.Decision;
import io.mnemosyne.core.EmbeddingVector;
import io.mnemosyne.core.Origin;
import io.mnemosyne.core.Part;
import io.mnemosyne.core.RawTurn;
import io.mnemosyne.core.Role;
import io.mnemosyne.core.SemanticObject;
import io.mnemosyne.core.SeqRange;
import io.mnemosyne.core.ThreadKey;
import io.mnemosyne.core.Turn;
import io.mnemosyne.core.view.ViewEvent;

/** A thread whose objects are grouped, as the view does it, and the journal of that. */
final class GroupedThread {
    static final GroupRules RULES = GroupRules.DEFAULT;
    private static final ThreadKey THREAD = new ThreadKey("default", "t");
    private static final String MODEL = "m";

    private Groups groups = Groups.NONE;
    private long nextSeq;
    private final List<String> appended = new ArrayList<>();
    private final List<ViewEvent.Regrouped> journal = new ArrayList<>();

    /** What a turn is cut into: its type, whether it was admitted, its size, and the direction of its vector. */
    record Piece(SemanticObject.Type type, boolean admitted, long tokens, List<Float> direction) {
    }

    /** Ids are numbered: {@code o0} is the first object of the thread. */
    void turn(Role role, boolean callsTool, List<Piece> pieces) {
        List<Part> parts = new ArrayList<>();
        List<SemanticObject> objects = new ArrayList<>();
        for (Piece piece : pieces) {
            String id = "o" + appended.size();
            appended.add(id);
            objects.add(new SemanticObject(id, piece.type(), SeqRange.of(nextSeq), parts.size(), "stub", "hash", 1,
                    piece.tokens(), "", Optional.empty(), false, Optional.empty(),
                    new SemanticObject.Admission(piece.admitted(), 0.5, "score"), List.of(), List.of(),
                    Optional.empty()));
            Content text = Content.of("text");
            parts.add(role == Role.TOOL ? new Part.ToolResult("c", "bash", text, false) : new Part.Text(text));
        }
        if (callsTool) {
            parts.add(new Part.ToolCall("c", "bash", Content.of("{}")));
        }
        groups = groups.append(new Turn(THREAD, 0, nextSeq, new RawTurn("e" + nextSeq, role, parts, Origin.UNKNOWN), 1,
                objects));
        nextSeq++;
        Decision<Groups, ViewEvent.Regrouped> regrouped = groups.regroupIfDue(nextSeq, RULES);
        groups = regrouped.state();
        journal.addAll(regrouped.effects());
    }

    /** The results of one call each. */
    void results(Piece... pieces) {
        for (Piece piece : pieces) {
            turn(Role.TOOL, false, List.of(piece));
        }
    }

    void says(Role role, Piece... pieces) {
        turn(role, false, List.of(pieces));
    }

    /** Turns that nothing is cut from, until the next regrouping was due. */
    void rest() {
        for (int i = 0; i < RULES.everyTurns(); i++) {
            turn(Role.ASSISTANT, true, List.of());
        }
    }

    void vector(String subject, List<Float> values) {
        vector(subject, MODEL, values);
    }

    void vector(String subject, String model, List<Float> values) {
        groups = groups.embedded(new EmbeddingVector(THREAD, 0, subject, model, "hash", values));
    }

    Groups groups() {
        return groups;
    }

    /** Ids of the objects, a list per group. */
    List<List<String>> units() {
        return groups.groups().stream().map(ViewEvent.Group::objects).toList();
    }

    List<String> appended() {
        return appended;
    }

    List<ViewEvent.Regrouped> journal() {
        return journal;
    }
}
