package io.mnemosyne.replay.measure;

import java.util.BitSet;
import java.util.List;

import io.mnemosyne.replay.measure.Counts.Tally;

/** Counts events that are neither in the prompt nor claimed by a block that stands for them. */
final class Coverage {
    private final Presence presence;
    private final Tally tally;
    private final BitSet everUncovered = new BitSet();

    Coverage(Presence presence, Tally tally) {
        this.presence = presence;
        this.tally = tally;
    }

    void measure(Step step, List<Block> prompt) {
        BitSet claimed = new BitSet(step.event());
        for (Block block : prompt) {
            block.claimed().ifPresent(events -> {
                int from = Math.max(0, events.from());
                claimed.set(from, Math.max(from, Math.min(events.to() + 1, step.event())));
                tally.add(Count.CLAIM_TEXT_CHARS, block.length());
            });
        }
        int uncovered = 0;
        int onlyClaimed = 0;
        for (int event = 0; event < step.event(); event++) {
            if (!presence.isWhole(event)) {
                if (claimed.get(event)) {
                    onlyClaimed++;
                } else {
                    uncovered++;
                    everUncovered.set(event);
                }
            }
        }
        tally.add(Count.EVENT_STEPS, step.event());
        tally.add(Count.CLAIMED, onlyClaimed);
        tally.add(Count.UNCOVERED, uncovered);
        tally.set(Count.UNCOVERED_FINAL, uncovered);
    }

    void finish() {
        tally.add(Count.UNCOVERED_EVENTS, everUncovered.cardinality());
    }
}
