package io.mnemosyne.replay.measure;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

import io.mnemosyne.replay.measure.Counts.Tally;
import io.mnemosyne.replay.recording.Call;
import io.mnemosyne.replay.recording.Recording;

/** Counts reads of what was read before and is not in the prompt. */
final class Faults {
    private final Recording recording;
    private final Passages passages;
    private final Presence presence;
    private final LargeResults large;
    private final Tally tally;
    private final Map<Integer, List<Call>> readsOfStep = new HashMap<>();
    private final Map<String, List<Call>> answeredOfKey = new HashMap<>();
    private List<Call> unanswered = new ArrayList<>();

    Faults(Recording recording, Passages passages, Presence presence, LargeResults large, Tally tally) {
        this.recording = recording;
        this.passages = passages;
        this.presence = presence;
        this.large = large;
        this.tally = tally;
        recording.calls().stream().filter(call -> call.readKey().isPresent())
                .forEach(call -> readsOfStep.computeIfAbsent(call.step(), _ -> new ArrayList<>()).add(call));
    }

    void measure(Step step) {
        learnResults(step);
        for (Call read : readsOfStep.getOrDefault(step.number(), List.of())) {
            tally.add(Count.READS);
            if (recording.resultOf(read).isPresent()) {
                unanswered.add(read);
                List<Call> earlier = answeredOfKey.getOrDefault(key(read), List.of()).stream()
                        .filter(call -> large.contain(result(call))).toList();
                if (!earlier.isEmpty()) {
                    tally.add(Count.REREADS);
                    tally.add(outcome(read, earlier));
                }
            }
        }
    }

    private void learnResults(Step step) {
        List<Call> later = new ArrayList<>();
        for (Call read : unanswered) {
            if (recording.resultOf(read).orElseThrow() < step.event()) {
                answeredOfKey.computeIfAbsent(key(read), _ -> new ArrayList<>()).add(read);
            } else {
                later.add(read);
            }
        }
        unanswered = later;
    }

    private Count outcome(Call read, List<Call> earlier) {
        OptionalInt result = result(read);
        if (earlier.stream().anyMatch(call -> result(call).equals(result))) {
            return isShown(result) ? Count.REREAD_RESIDENT : Count.FAULT_EXPLICIT;
        }
        Call latest = earlier.getLast();
        if (isShown(result(latest))) {
            return Count.REREAD_RESIDENT;
        }
        return latest.wholeReadKey().equals(read.wholeReadKey()) ? Count.FAULT_CHANGED : Count.FAULT_OTHER_RANGE;
    }

    private boolean isShown(OptionalInt passage) {
        return passage.isPresent() && presence.shows(passage.getAsInt());
    }

    private OptionalInt result(Call read) {
        return passages.contentOf(recording.resultOf(read).orElseThrow());
    }

    /** The results of all reads, by their passages. */
    BitSet results() {
        BitSet results = new BitSet();
        recording.calls().stream().filter(call -> call.readKey().isPresent())
                .forEach(call -> recording.resultOf(call).ifPresent(
                        event -> passages.contentOf(event).ifPresent(results::set)));
        return results;
    }

    private static String key(Call read) {
        return read.readKey().orElseThrow();
    }
}
