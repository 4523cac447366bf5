package io.mnemosyne.core.recall;

import java.util.List;

import io.mnemosyne.core.Provenance;

/** What came of asking for an answer. */
public sealed interface Answered {

    /**
     * An answer, which names nothing but what the passages and the question do.
     *
     * @param told false if it says that the passages do not tell
     * @param cited what of that which was found it rests on, counted from 1, in ascending order; not empty if it is told
     */
    record Told(String text, boolean told, List<Integer> cited, Provenance provenance) implements Answered {
        public Told {
            cited = List.copyOf(cited);
        }
    }

    /**
     * Nobody gave an answer that can be used, so that the passages have to do.
     *
     * @param reason in words; quotes neither the question nor a passage
     */
    record Untold(String reason) implements Answered {
    }
}
