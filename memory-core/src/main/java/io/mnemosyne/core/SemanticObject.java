package io.mnemosyne.core;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import io.mnemosyne.core.fidelity.Forms;

/**
 * Descriptor of a semantic unit cut from turns.
 *
 * @param id 32 hex digits, from thread, incarnation, seq and part
 * @param seqs turns that it was cut from
 * @param part index of the part in its turn, from 0; -1 if the object is the whole turn
 * @param stub one line of at most 160 characters that names it
 * @param contentHash lower-case hex SHA-256 of its whole text
 * @param bytes size of its whole text in UTF-8
 * @param tokens of its whole text
 * @param tool name of the tool, empty if none
 * @param path file that it shows, if it shows one
 * @param error true for failures not known to be resolved
 * @param supersedes id of the older object of the same path that this one makes stale
 * @param relations to earlier objects of the thread, other than that one
 * @param tags lower-case words to find it by: language, kind of tool, what was done
 * @param forms its shorter forms, where its text was moved out of the turn; otherwise they are made of the text
 */
public record SemanticObject(String id, Type type, SeqRange seqs, int part, String stub, String contentHash, long bytes,
        long tokens, String tool, Optional<String> path, boolean error, Optional<String> supersedes,
        Admission admission, List<Relation> relations, List<String> tags,
        Optional<Forms> forms) {
    public SemanticObject {
        relations = List.copyOf(relations);
        tags = List.copyOf(tags);
    }

    /** The same object with its shorter forms. */
    public SemanticObject with(Forms shorter) {
        return new SemanticObject(id, type, seqs, part, stub, contentHash, bytes, tokens, tool, path, error, supersedes,
                admission, relations, tags, Optional.of(shorter));
    }

    /** Ids of all older objects that this one makes stale, each once. */
    public List<String> makesStale() {
        return Stream.concat(supersedes.stream(), relations.stream()
                .filter(relation -> relation.kind() == Relation.Kind.SUPERSEDES).map(Relation::object)).distinct()
                .toList();
    }

    /** What an object is. */
    public enum Type {
        FILE_CONTEXT,
        TOOL_RESULT,
        ERROR_CONTEXT,
        PLAN,
        DESIGN_DECISION,
        DEBUGGING_SESSION,
        CONVERSATION_PHASE
    }

    /**
     * Whether the object is worth keeping at hand. Everything is stored; this decides residency and embedding only.
     *
     * @param score 0 to 1
     * @param reason the rule that decided
     */
    public record Admission(boolean admitted, double score, String reason) {
    }

    /**
     * What ties an object to an earlier one.
     *
     * @param object id of the earlier one
     */
    public record Relation(Kind kind, String object) {
        /** The kinds of ties. */
        public enum Kind {
            /** Names what the other one shows. */
            REFERENCES,
            /** Makes no sense without the other one: an edit without the file, an error without what was run. */
            DEPENDS_ON,
            /** Came of the other one: a result of the message that asked for it. */
            PARENT_OF,
            /** Makes the other one stale too, besides the one that {@link #supersedes} names. */
            SUPERSEDES
        }
    }
}
