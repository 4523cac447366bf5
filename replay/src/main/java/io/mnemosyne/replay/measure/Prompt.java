package io.mnemosyne.replay.measure;

import java.util.List;
import java.util.Optional;

/**
 * One prompt of a run.
 *
 * @param step which model call it was for, from 0
 * @param upto index of the last event that it may know
 */
record Prompt(int step, int upto, List<Part> parts) {
    Prompt {
        parts = List.copyOf(parts);
    }

    /**
     * A block of a prompt, without its text.
     *
     * @param kind as it was written; it may be unknown
     * @param events which it stands for, if any
     */
    record Part(String sha, String kind, Optional<Span> events) {
    }
}
