package io.mnemosyne.service;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

import com.fasterxml.jackson.annotation.JsonUnwrapped;

import io.mnemosyne.context.ObjectRow;
import io.mnemosyne.context.StoredObject;
import io.mnemosyne.context.ThreadHead;
import io.mnemosyne.core.SemanticObject;
import io.mnemosyne.core.SemanticObject.Admission;
import io.mnemosyne.core.SemanticObject.Relation;
import io.mnemosyne.core.SeqRange;
import io.mnemosyne.core.Turn;
import io.mnemosyne.core.fidelity.Fidelity;
import io.mnemosyne.core.fidelity.Form;
import io.mnemosyne.core.fidelity.Forms;
import io.mnemosyne.core.fidelity.HeldObject;
import io.mnemosyne.core.fidelity.Sizes;

/** Objects as JSON. */
final class ObjectJson {
    private ObjectJson() {
    }

    /**
     * The JSON of a descriptor.
     *
     * @param tool left out if there is none
     * @param level that is shown, 0 for all of the text; left out where only memory stands for its turn
     * @param sizes tokens by level, as far as they are known
     */
    record Listed(String id, String type, SeqRange seqs, Optional<Instant> at, String stub, Optional<String> tool,
            Optional<String> path, boolean error, List<String> tags, Optional<String> supersedes,
            Optional<Integer> level, Map<String, Long> sizes) {
        static Listed of(SemanticObject object, Turn turn, ThreadHead head) {
            return of(object, turn.body().origin().at(), head.held().find(object.id()), object.forms(), head);
        }

        static Listed of(SemanticObject object, Optional<Instant> at, Optional<HeldObject> held, Optional<Forms> forms,
                ThreadHead head) {
            return new Listed(object.id(), Fields.lower(object.type()), object.seqs(), at, object.stub(),
                    Optional.of(object.tool()).filter(tool -> !tool.isEmpty()), object.path(), object.error(),
                    object.tags(), object.supersedes(),
                    shown(object, held, head).map(Fidelity::level),
                    held.map(HeldObject::sizes).or(() -> forms.map(shorter -> Sizes.of(object.tokens(), shorter)))
                            .map(Listed::byLevel).orElseGet(() -> Map.of("L0", object.tokens())));
        }

        private static Map<String, Long> byLevel(Sizes sizes) {
            Map<String, Long> byLevel = new TreeMap<>();
            for (Fidelity level : Fidelity.values()) {
                byLevel.put("L" + level.level(), sizes.at(level));
            }
            return byLevel;
        }
    }

    /** What is shown of an object; empty if nothing is because a segment stands for its turn. */
    static Optional<Fidelity> shown(SemanticObject object, Optional<HeldObject> held, ThreadHead head) {
        return held.map(HeldObject::shown).or(() -> object.seqs().from() > head.watermark()
                ? Optional.of(Fidelity.FULL)
                : Optional.empty());
    }

    /** The ties of an object to earlier ones, those that it supersedes among them. */
    static List<Relation> ties(SemanticObject object) {
        return Stream.concat(
                object.supersedes().map(earlier -> new Relation(Relation.Kind.SUPERSEDES, earlier)).stream(),
                object.relations().stream()).distinct().toList();
    }

    /**
     * The JSON of an object with everything.
     *
     * @param bytes of its text in UTF-8
     * @param levels from all of the text to nothing
     * @param relations to earlier objects
     * @param relatedFrom relations of later objects to this one
     * @param relatedUpTo seq of the last turn that was looked at for them
     * @param history oldest first
     */
    record Whole(@JsonUnwrapped Listed object, String contentHash, long bytes, Admission admission, List<Level> levels,
            List<Tie> relations, List<Tie> relatedFrom, long relatedUpTo, List<Became> history) {
        static Whole of(StoredObject stored, ThreadHead head, List<Tie> relatedFrom, long relatedUpTo) {
            SemanticObject object = stored.object();
            return new Whole(Listed.of(object, stored.at(), stored.held(), Optional.of(stored.forms()), head),
                    object.contentHash(), object.bytes(), object.admission(), levels(stored),
                    ties(object).stream().map(tie -> new Tie(Fields.lower(tie.kind()), tie.object())).toList(),
                    relatedFrom, relatedUpTo, stored.history().stream().map(Became::of).toList());
        }

        private static List<Level> levels(StoredObject stored) {
            List<Level> levels = new ArrayList<>();
            for (Fidelity fidelity : Fidelity.values()) {
                levels.add(stored.forms().at(fidelity).map(form -> Level.of(fidelity, form))
                        .orElseGet(() -> new Level(fidelity.level(), Fields.lower(fidelity), stored.object().tokens(),
                                List.of(), stored.text())));
            }
            return levels;
        }
    }

    /**
     * The JSON of a text that is shown in an object's place.
     *
     * @param losses what the object could answer and the text cannot
     */
    record Level(int level, String name, long tokens, List<String> losses, String text) {
        static Level of(Fidelity fidelity, Form form) {
            return new Level(fidelity.level(), Fields.lower(fidelity), form.tokens(), form.losses(), form.text());
        }
    }

    /** The JSON of a relation: to which object, or from which. */
    record Tie(String kind, String object) {
    }

    /**
     * The JSON of something that became of an object.
     *
     * @param level that is shown since then
     */
    record Became(long atSeq, String what, String cause, int level) {
        static Became of(ObjectRow.Entry entry) {
            return new Became(entry.atSeq(), entry.what(), entry.cause(), entry.shown().level());
        }
    }
}
