package io.mnemosyne.core.reflect;

import java.util.List;

import io.mnemosyne.core.ProjectState;
import io.mnemosyne.core.Segment;

/** What is to be done after a decision, in this order. */
public sealed interface ReflectorEffect {

    /** Drop every row of the thread's earlier incarnations, and have workers forget their calls. */
    record Forget() implements ReflectorEffect {
    }

    /** Keep the text of a new live segment. */
    record Keep(Segment segment) implements ReflectorEffect {
    }

    /** Put the segment in the place of the named ones. */
    record Reflect(Segment segment, List<String> replaces) implements ReflectorEffect {
        public Reflect {
            replaces = List.copyOf(replaces);
        }
    }

    /** The project state changed, or stayed as it was although the user edited it. */
    record WriteState(ProjectState state) implements ReflectorEffect {
    }

    /** Ask a worker; its request carries the texts of the named segments and the project state as decided. */
    record Request(RequestHeader header) implements ReflectorEffect {
    }
}
