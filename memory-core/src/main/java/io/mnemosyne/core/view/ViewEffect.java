package io.mnemosyne.core.view;

import java.util.List;

import io.mnemosyne.core.Compaction;
import io.mnemosyne.core.ProjectState;
import io.mnemosyne.core.Segment;
import io.mnemosyne.core.assemble.SizedTurn;
import io.mnemosyne.core.fidelity.Fidelity;
import io.mnemosyne.core.fidelity.Forms;

/** What is to be written beside the head. */
public sealed interface ViewEffect {

    /** Keep a turn under its seq. */
    record KeepTurn(SizedTurn turn) implements ViewEffect {
    }

    /** Keep a segment under its id. */
    record KeepSegment(Segment segment) implements ViewEffect {
    }

    /** Segments that are neither live nor shown. */
    record DropSegments(List<String> ids) implements ViewEffect {
        public DropSegments {
            ids = List.copyOf(ids);
        }
    }

    /** Keep a project state under its version. */
    record KeepState(ProjectState state) implements ViewEffect {
    }

    /** A version of the project state that is neither the newest nor shown. */
    record DropState(long version) implements ViewEffect {
    }

    /** Keep the shorter forms of an object under its id. */
    record KeepForms(String object, Forms forms) implements ViewEffect {
    }

    /** Forms that are not needed any more. */
    record DropForms(List<String> objects) implements ViewEffect {
        public DropForms {
            objects = List.copyOf(objects);
        }
    }

    /**
     * Ask for a better text than the excerpt of an object.
     *
     * @param requestId 32 hex digits
     * @param attempt from 1
     * @param object its id
     * @param seq of the turn that it was cut from
     * @param targetTokens the answer must be smaller than this, tokens
     */
    record Summarize(String requestId, int attempt, String object, long seq, Fidelity fidelity,
            long targetTokens) implements ViewEffect {
    }

    /** Ask ingest for a place among the turns for a command: a window is nearly full. */
    record Compact(Compaction asked) implements ViewEffect {
    }

    /** An entry for the journal of the view. */
    record Journal(ViewEvent event) implements ViewEffect {
    }

    /**
     * Drop every row of an incarnation of the thread and take back its journal.
     *
     * @param epochs the newest epoch that it opened; they are numbered from 1
     * @param faults the number of its newest fault
     * @param regroupings the number of its newest regrouping
     * @param commands the number of its newest command about objects
     */
    record Forget(long incarnation, long epochs, long faults, long regroupings,
            long commands) implements ViewEffect {
    }
}
