package io.mnemosyne.replay.measure;

import java.util.List;
import java.util.Optional;

/** A distinct block of a session's prompts: text, kind and the events that it stands for. Equal only to itself. */
final class Block {
    private final BlockText text;
    private final Optional<Span> events;
    private final boolean claims;
    private final List<Integer> passages;
    private final int latestProof;

    /**
     * A block.
     *
     * @param claims whether it stands for its events without showing them
     * @param passages that it contains
     * @param latestProof index of the latest event that it shows a long text of; -1 if it shows none
     */
    Block(BlockText text, Optional<Span> events, boolean claims, List<Integer> passages, int latestProof) {
        this.text = text;
        this.events = events;
        this.claims = claims;
        this.passages = passages;
        this.latestProof = latestProof;
    }

    BlockText text() {
        return text;
    }

    /** Code points. */
    int length() {
        return text.length();
    }

    Optional<Span> events() {
        return events;
    }

    /** The events that it stands for without showing them, if any. */
    Optional<Span> claimed() {
        return claims ? events : Optional.empty();
    }

    List<Integer> passages() {
        return passages;
    }

    int latestProof() {
        return latestProof;
    }
}
