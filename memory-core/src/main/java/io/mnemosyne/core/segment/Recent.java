package io.mnemosyne.core.segment;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What is remembered of the newest turns, for the next one.
 *
 * @param open tool calls that wait for their results, oldest first, at most {@value #MAX_CALLS}; beyond that the oldest are
 *            forgotten
 * @param asked id of the object that holds what a user said last
 * @param edited id of the object that holds the newest edit's result
 * @param failed id of the object that holds the newest failure
 * @param fingerprints of the newest texts, oldest first; see {@link io.mnemosyne.core.admit.Fingerprint}
 */
public record Recent(List<CallFacts> open, Optional<String> asked, Optional<String> edited, Optional<String> failed,
        List<Integer> fingerprints) {
    /** Nothing yet. */
    public static final Recent NOTHING = new Recent(List.of(), Optional.empty(), Optional.empty(), Optional.empty(),
            List.of());
    static final int MAX_CALLS = 32;
    /** Of about as many texts as calls. */
    private static final int MAX_FINGERPRINTS = 512;

    public Recent {
        open = List.copyOf(open);
        fingerprints = List.copyOf(fingerprints);
    }

    Recent plus(CallFacts call) {
        return new Recent(newest(open, List.of(call), MAX_CALLS), asked, edited, failed, fingerprints);
    }

    Recent without(CallFacts call) {
        List<CallFacts> fewer = new ArrayList<>(open);
        fewer.remove(call);
        return new Recent(fewer, asked, edited, failed, fingerprints);
    }

    /** The newest call with this id; ids may repeat. */
    Optional<CallFacts> find(String callId) {
        return open.reversed().stream().filter(call -> !callId.isEmpty() && call.id().equals(callId)).findFirst();
    }

    Recent saw(List<Integer> fingerprint) {
        return new Recent(open, asked, edited, failed, newest(fingerprints, fingerprint, MAX_FINGERPRINTS));
    }

    Recent askedBy(String message) {
        return new Recent(open, Optional.of(message), edited, failed, fingerprints);
    }

    Recent editedBy(String result) {
        return new Recent(open, asked, Optional.of(result), failed, fingerprints);
    }

    Recent failedWith(String result) {
        return new Recent(open, asked, edited, Optional.of(result), fingerprints);
    }

    /** What failed last passes now. */
    Recent passed() {
        return new Recent(open, asked, edited, Optional.empty(), fingerprints);
    }

    private static <T> List<T> newest(List<T> known, List<T> added, int most) {
        List<T> all = new ArrayList<>(known);
        all.addAll(added);
        return all.subList(Math.max(0, all.size() - most), all.size());
    }
}
