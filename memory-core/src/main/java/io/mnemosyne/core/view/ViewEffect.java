package io.mnemosyne.core.view;

import java.util.List;

import io.mnemosyne.core.ProjectState;
import io.mnemosyne.core.Segment;
import io.mnemosyne.core.assemble.SizedTurn;

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

    /** An entry for the journal of the view. */
    record Journal(ViewEvent event) implements ViewEffect {
    }

    /**
     * Drop every row of an incarnation of the thread and take back its journal.
     *
     * @param epochs the newest epoch that it opened; they are numbered from 1
     */
    record Forget(long incarnation, long epochs) implements ViewEffect {
    }
}
