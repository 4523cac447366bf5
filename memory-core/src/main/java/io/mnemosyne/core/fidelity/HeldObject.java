package io.mnemosyne.core.fidelity;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

import io.mnemosyne.core.SemanticObject;

/**
 * What the view knows of an object, without its text.
 *
 * @param id of the object
 * @param seq of its turn
 * @param turnTokens of its turn with all its objects in full
 * @param shown how much of it is in view
 * @param sizes of its forms
 * @param tool that it is a result of, empty if none
 * @param contentHash of its text, shortened
 * @param state what became of it
 * @param usedAt number of the agent's call before which it was new, or was last named
 * @param demotedAt number of the call before which it was last shown shorter
 * @param needs ids of the objects that it depends on
 * @param kin ids of other objects that it is tied to
 * @param marks by which it is known when something names it
 * @param revision of its forms that is shown
 * @param waiting sizes of the next revision, which is there and not shown yet
 */
public record HeldObject(String id, long seq, long turnTokens, SemanticObject.Type type, Fidelity shown, Sizes sizes,
        String tool,
        String contentHash, State state, long usedAt, long demotedAt, List<String> needs, List<String> kin,
        Marks marks, int revision, Optional<Sizes> waiting) {
    public HeldObject {
        needs = List.copyOf(needs);
        kin = List.copyOf(kin);
    }

    /**
     * What became of an object.
     *
     * @param error a failure that nothing has shown to be resolved
     * @param stale something newer shows what it showed
     * @param pinned to be shown in full
     * @param wanted it was named or needed while less of it was shown
     * @param evicted it was once shown shorter
     * @param faulted it was needed since it was last shown in full
     * @param asked a summary of it was asked for
     * @param kept a user or an agent wants it in full
     * @param restored an agent brought it back; it is to be shown in full for a while
     */
    public record State(boolean error, boolean stale, boolean pinned, boolean wanted, boolean evicted, boolean faulted,
            boolean asked, boolean kept, boolean restored) {
        static State fresh(boolean error) {
            return new State(error, false, false, false, false, false, false, false, false);
        }

        public State resolved() {
            return new State(false, stale, pinned, wanted, evicted, faulted, asked, kept, restored);
        }

        public State superseded() {
            return new State(error, true, false, false, evicted, faulted, asked, kept, false);
        }

        public State pin() {
            return new State(error, stale, true, wanted, evicted, faulted, asked, kept, restored);
        }

        /** Named while little of it was shown. */
        public State want() {
            return new State(error, stale, pinned, true, evicted, faulted, asked, kept, restored);
        }

        public State fault() {
            return new State(error, stale, pinned, true, evicted, true, asked, kept, restored);
        }

        public State summaryAsked() {
            return new State(error, stale, pinned, wanted, evicted, faulted, true, kept, restored);
        }

        public State keep() {
            return new State(error, stale, pinned, wanted, evicted, faulted, asked, true, restored);
        }

        /** Nothing is missed of it any more. */
        public State restore() {
            return new State(error, stale, pinned, false, evicted, false, asked, kept, true);
        }

        /** Nobody wants it any more. */
        public State release() {
            return new State(error, stale, false, false, evicted, faulted, asked, false, false);
        }

        private State shown(Fidelity fidelity) {
            boolean full = fidelity == Fidelity.FULL;
            return new State(error, stale, pinned, wanted && fidelity.isBelow(Fidelity.DETAILED), evicted || !full,
                    faulted && !full, asked, kept, restored && full);
        }
    }

    private static final int HASH_DIGITS = 16;

    /**
     * An object that was just cut, shown in full.
     *
     * @param turnTokens of its turn in a prompt
     * @param text of it, or what is left of it in its turn
     * @param calls that the agent has made
     * @param pinned whether it was needed before and was not there
     */
    public static HeldObject of(SemanticObject object, long turnTokens, String text, Forms forms, long calls,
            boolean pinned) {
        Map<Boolean, List<String>> ties = object.relations().stream().collect(Collectors.partitioningBy(
                relation -> relation.kind() == SemanticObject.Relation.Kind.DEPENDS_ON,
                Collectors.mapping(SemanticObject.Relation::object, Collectors.toList())));
        State state = State.fresh(object.error());
        return new HeldObject(object.id(), object.seqs().from(), turnTokens, object.type(), Fidelity.FULL,
                Sizes.of(object.tokens(), forms), object.tool(), object.contentHash().substring(0, HASH_DIGITS),
                pinned ? state.pin() : state, calls, calls, ties.getOrDefault(true, List.of()),
                ties.getOrDefault(false, List.of()),
                Marks.of(text, object.path(), forms.stub().losses()), 0,
                Optional.empty());
    }

    /** Tokens of what is shown. */
    public long tokens() {
        return sizes.at(shown);
    }

    /** Tokens fewer than in full. */
    public long saved() {
        return sizes.full() - tokens();
    }

    /** The name of the forms that are shown. */
    public String forms() {
        return formsOf(revision);
    }

    /** The name of the forms that come next. */
    public String nextForms() {
        return formsOf(revision + 1);
    }

    private String formsOf(int number) {
        return number == 0 ? id : id + "." + number;
    }

    /** How many of the agent's calls ago it was used, at a call. */
    public long idle(long calls) {
        return Math.max(0, calls - usedAt);
    }

    /** The same object shown at a fidelity, with its newest forms, when the agent has made so many calls. */
    public HeldObject shownAt(Fidelity fidelity, long calls) {
        Sizes next = waiting.orElse(sizes);
        return new HeldObject(id, seq, turnTokens, type, fidelity, next, tool, contentHash, state.shown(fidelity),
                usedAt,
                fidelity.isBelow(shown) ? calls : demotedAt, needs, kin, marks,
                waiting.isPresent() ? revision + 1 : revision, Optional.empty());
    }

    /** With the next revision of its forms, if one is waiting. */
    public HeldObject withNewestForms(long calls) {
        return waiting.isPresent() ? shownAt(shown, calls) : this;
    }

    /** The same object, of which something else became. */
    public HeldObject with(State next) {
        return new HeldObject(id, seq, turnTokens, type, shown, sizes, tool, contentHash, next, usedAt, demotedAt,
                needs, kin,
                marks, revision, waiting);
    }

    /** The same object, used just now. */
    public HeldObject used(long calls) {
        return new HeldObject(id, seq, turnTokens, type, shown, sizes, tool, contentHash, state, calls, demotedAt,
                needs, kin,
                marks, revision, waiting);
    }

    /** With a next revision of its forms, of these sizes. */
    public HeldObject withNext(Sizes next) {
        return new HeldObject(id, seq, turnTokens, type, shown, sizes, tool, contentHash, state, usedAt, demotedAt,
                needs, kin,
                marks, revision, Optional.of(next));
    }
}
