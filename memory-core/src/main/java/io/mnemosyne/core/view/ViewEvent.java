package io.mnemosyne.core.view;

import java.util.List;
import java.util.Optional;

import io.mnemosyne.core.Command;
import io.mnemosyne.core.SemanticObject;
import io.mnemosyne.core.SeqRange;
import io.mnemosyne.core.fidelity.Fidelity;

/** One entry of the journal of a thread's view. */
public sealed interface ViewEvent {

    /**
     * The prompt was rewritten.
     *
     * @param epoch from 1; a thread begins in epoch 0, which shows nothing but its turns
     * @param atSeq the newest turn when it was opened
     * @param watermark seq up to which the shown segments cover the thread, -1 if none is shown
     * @param segments ids of the shown segments, oldest first
     * @param stateVersion version of the shown project state, 0 if none
     * @param tokensBefore of the view just before
     * @param tokensAfter of the view just after
     * @param changes objects that are shown otherwise from now on
     */
    record EpochOpened(long epoch, long atSeq, Reason reason, long watermark, List<String> segments, long stateVersion,
            long tokensBefore, long tokensAfter, List<Change> changes) implements ViewEvent {
        public EpochOpened {
            segments = List.copyOf(segments);
            changes = List.copyOf(changes);
        }
    }

    /** Why an epoch was opened. */
    enum Reason {
        /**
         * The view neared its ceiling, or the whole prompt, as its provider counted it, that of the window; or the ceiling
         * itself had to come down, since the agent's model counts more than the budget of what it let through.
         */
        CEILING,
        /** The provider's cache had expired or belonged to another model, so that a rewrite cost nothing extra. */
        CACHE_COLD,
        /** A user edited the memory or changed the policy. */
        EDITED,
        /** What the rewrite saves is more than what it costs. */
        PAYS,
        /** The agent let objects go. */
        COOPERATIVE,
        /** A window was nearly full, or somebody asked: {@link Command.Kind#COMPACT}. */
        COMPACT
    }

    /**
     * An object is shown otherwise.
     *
     * @param object its id
     */
    record Change(String object, Fidelity from, Fidelity to, Cause cause) {
    }

    /** Why an object is shown otherwise. */
    enum Cause {
        /** The view neared its ceiling. */
        PRESSURE,
        /** Showing less of it pays. */
        PAYS,
        /** A newer object shows what it showed. */
        SUPERSEDED,
        /** Something named it. */
        REFERENCE,
        /** What it held was needed again and was not there. */
        FAULT,
        /** It belongs to an object that is shown again. */
        RELATED,
        /** A user or an agent asked for it. */
        ASKED,
        /** A user or an agent let it go. */
        RELEASED
    }

    /**
     * The agent needed something that was not in view.
     *
     * @param number of the fault in its thread, from 1
     * @param atSeq the turn that needed it
     * @param object whose content was not in view
     * @param shown how much of it was
     */
    record Faulted(long number, long atSeq, String object, FaultKind kind, Fidelity shown) implements ViewEvent {
    }

    /** How a need showed. */
    enum FaultKind {
        /** The same content was read again. */
        IDENTICAL,
        /** The same thing was read again and had changed: it would have been read anyway. */
        CHANGED,
        /** Something was named that only an object out of view tells of. */
        REFERENCE
    }

    /**
     * Neighbouring objects of one type were put together or taken apart.
     *
     * @param number of the regrouping in its thread, from 1
     * @param atSeq the newest turn then
     * @param groups all groups from the first that changed to the last, oldest first
     */
    record Regrouped(long number, long atSeq, List<Group> groups) implements ViewEvent {
        public Regrouped {
            groups = List.copyOf(groups);
        }
    }

    /**
     * Objects that are one unit.
     *
     * @param id that of its first object
     * @param seqs all turns from its first object to its last
     * @param objects oldest first, at least one
     * @param tokens of all of them in full
     */
    record Group(String id, SemanticObject.Type type, SeqRange seqs, List<String> objects, long tokens) {
        public Group {
            objects = List.copyOf(objects);
        }
    }

    /**
     * A command about objects was carried out, or could not be.
     *
     * @param number of the command in its thread, from 1
     * @param atSeq the newest turn then
     * @param kind {@code RESTORE}, {@code RELEASE}, {@code PIN} or {@code QUERY}
     * @param objects that it was carried out for, or that the question found
     * @param missing objects that it names and that could not be acted on
     * @param question what memory was asked; empty for other commands
     * @param tokens {@code RESTORE}: that the prompt grew by, or that its ceiling would have to hold; {@code RELEASE}: that it
     *            got shorter by; {@code QUERY}: of the answer
     * @param refusal why nothing was done; empty if something was
     */
    record Obeyed(long number, long atSeq, Command.Kind kind, List<String> objects, List<String> missing,
            Optional<String> question, long tokens, Optional<Refusal> refusal) implements ViewEvent {
        public Obeyed {
            objects = List.copyOf(objects);
            missing = List.copyOf(missing);
        }
    }

    /** Why a command changed nothing. */
    enum Refusal {
        /** It does not say what it is about. */
        NOT_UNDERSTOOD,
        /** The thread has no such turn or object. */
        NOT_FOUND,
        /** Nothing of the object is in view that could be shown shorter. */
        NOT_HELD,
        /** The ceiling would not hold the text, whatever else were shown shorter. */
        NO_ROOM,
        /** The thread keeps as many objects at hand as it can. */
        TOO_MANY
    }
}
