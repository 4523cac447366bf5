package io.mnemosyne.replay.measure;

import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalInt;

import io.mnemosyne.core.Role;
import io.mnemosyne.core.Sha256;
import io.mnemosyne.replay.measure.Counts.Tally;
import io.mnemosyne.replay.recording.Event;
import io.mnemosyne.replay.recording.Recording;

/** Follows each distinct large tool result: shown in full, evicted, or withheld from the beginning. */
final class LargeResults {
    /** Smaller results are not worth taking out, UTF-8 bytes. */
    private static final long MIN_BYTES = 500;

    private final Tally tally;
    private final Presence presence;
    /** The first event with each result, by their passages, in the order of the events. */
    private final Map<Integer, Integer> firstEvents = new LinkedHashMap<>();
    private final BitSet visible = new BitSet();
    private final BitSet evicted = new BitSet();
    private final BitSet withheld = new BitSet();

    LargeResults(Recording recording, Passages passages, Presence presence, Tally tally) {
        this.tally = tally;
        this.presence = presence;
        for (Event event : recording.events()) {
            if (event.role() == Role.TOOL && Sha256.utf8Length(event.content()) >= MIN_BYTES) {
                passages.contentOf(event.index())
                        .ifPresent(content -> firstEvents.putIfAbsent(content, event.index()));
            }
        }
    }

    /** Whether a passage is a large tool result. */
    boolean contain(OptionalInt passage) {
        return passage.isPresent() && firstEvents.containsKey(passage.getAsInt());
    }

    void measure(Step step) {
        firstEvents.forEach((result, event) -> {
            if (event < step.event()) {
                follow(result);
            }
        });
    }

    private void follow(int result) {
        if (presence.shows(result)) {
            visible.set(result);
            withheld.clear(result);
        } else if (visible.get(result)) {
            visible.clear(result);
            evicted.set(result);
            tally.add(Count.EVICTION_EVENTS);
        } else if (!evicted.get(result)) {
            withheld.set(result);
        }
    }

    /** @param ofReads the results of calls that only read */
    void finish(BitSet ofReads) {
        tally.add(Count.EVICTIONS, evicted.cardinality());
        tally.add(Count.WITHHELD, withheld.cardinality());
        BitSet gone = (BitSet) evicted.clone();
        gone.or(withheld);
        gone.and(ofReads);
        tally.add(Count.READ_RESULTS_GONE, gone.cardinality());
    }
}
