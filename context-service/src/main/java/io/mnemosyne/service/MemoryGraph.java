package io.mnemosyne.service;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

import io.mnemosyne.context.ThreadHead;
import io.mnemosyne.context.ThreadReader;
import io.mnemosyne.core.Segment;
import io.mnemosyne.core.SemanticObject;
import io.mnemosyne.core.SemanticObject.Relation;
import io.mnemosyne.core.SeqRange;
import io.mnemosyne.core.ThreadKey;
import io.mnemosyne.core.Turn;
import io.mnemosyne.core.fidelity.Fidelity;

/**
 * The objects of a thread, what ties them to each other, and the segments that stand for their turns. It is its own JSON.
 *
 * @param nodes in the order of their turns
 * @param edges between nodes
 * @param segments live ones that stand for turns of the range
 * @param leftOut older objects of the range that are too many
 */
record MemoryGraph(String tenant, String thread, List<Node> nodes, List<Edge> edges, List<Stretch> segments,
        long leftOut) {
    private static final int STEP = 200;

    /**
     * An object.
     *
     * @param level that is shown, 0 for all of the text; empty if only a segment stands for its turn
     * @param tokens of its whole text
     */
    record Node(String id, String type, long seq, Optional<Integer> level, long tokens, String stub) {
        static Node of(SemanticObject object, ThreadHead head) {
            return new Node(object.id(), Fields.lower(object.type()), object.seqs().from(),
                    ObjectJson.shown(object, head.held().find(object.id()), head).map(Fidelity::level),
                    object.tokens(), object.stub());
        }
    }

    /** A relation, read from left to right: {@code from} references, depends on, is the parent of or supersedes {@code to}. */
    record Edge(String from, String to, String kind) {
        /** What an object says of an earlier one; that it came of it makes the earlier one the parent. */
        static Edge of(String object, Relation relation) {
            String kind = Fields.lower(relation.kind());
            return relation.kind() == Relation.Kind.PARENT_OF
                    ? new Edge(relation.object(), object, kind)
                    : new Edge(object, relation.object(), kind);
        }
    }

    /** A segment. */
    record Stretch(String id, String kind, SeqRange seqs, long tokens, Optional<String> title) {
        static Stretch of(Segment segment) {
            return new Stretch(segment.id(), Fields.lower(segment.kind()), segment.range(), segment.tokens(),
                    segment.title());
        }
    }

    /** @param most objects, the newest */
    static MemoryGraph of(ThreadReader reader, ThreadHead head, SeqRange seqs, int most) {
        ThreadKey thread = head.thread();
        List<SemanticObject> all = objects(reader, thread, seqs);
        List<SemanticObject> shown = all.subList(Math.max(0, all.size() - most), all.size());
        Set<String> ids = shown.stream().map(SemanticObject::id).collect(Collectors.toSet());
        List<Edge> edges = shown.stream().flatMap(
                object -> ObjectJson.ties(object).stream().filter(tie -> ids.contains(tie.object()))
                        .map(tie -> Edge.of(object.id(), tie)))
                .toList();
        long first = all.size() == shown.size() || shown.isEmpty() ? seqs.from() : shown.getFirst().seqs().from();
        return new MemoryGraph(thread.tenant(), thread.thread(),
                shown.stream().map(object -> Node.of(object, head)).toList(), edges,
                reader.segments(thread).stream().map(Stretch::of)
                        .filter(segment -> segment.seqs().from() <= seqs.to() && segment.seqs().to() >= first).toList(),
                all.size() - shown.size());
    }

    private static List<SemanticObject> objects(ThreadReader reader, ThreadKey thread, SeqRange seqs) {
        List<SemanticObject> objects = new ArrayList<>();
        for (long seq = seqs.from(); seq <= seqs.to(); seq += STEP) {
            reader.turns(thread, new SeqRange(seq, Math.min(seqs.to(), seq + STEP - 1))).stream().map(Turn::objects)
                    .forEach(objects::addAll);
        }
        return objects;
    }
}
