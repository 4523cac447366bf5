package io.mnemosyne.replay.measure;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

import io.mnemosyne.replay.measure.Counts.Tally;
import io.mnemosyne.replay.recording.Event;
import io.mnemosyne.replay.recording.Recording;

/** Finds prompts that cannot be right: missing, out of place, or with a text that nobody could know yet. */
final class Validity {
    private final Recording recording;
    private final Passages passages;
    private final Tally tally;
    private final Problems problems;
    private final Map<Integer, Integer> firstSeen = new HashMap<>();

    Validity(Recording recording, Passages passages, Tally tally, Problems problems) {
        this.recording = recording;
        this.passages = passages;
        this.tally = tally;
        this.problems = problems;
    }

    /**
     * Looks at the steps as a whole.
     *
     * @param repeated steps with several prompts
     * @param unknown steps that are not in the recording
     * @param found how many steps of the recording have a prompt
     */
    void checkSteps(List<Integer> repeated, List<Integer> unknown, int found) {
        repeated.forEach(step -> problems.add("step " + step + " has several prompts"));
        if (!unknown.isEmpty()) {
            problems.add(unknown.size() + " steps that do not exist in the recording, for example "
                    + unknown.getFirst());
        }
        int steps = recording.steps().size();
        if (found < steps) {
            problems.add(steps - found + " of " + steps + " steps are missing");
        }
        tally.add(Count.STEPS_MISSING, steps - found);
    }

    void checkEnd(Step step, int upto) {
        if (upto != step.event() - 1) {
            problems.add("step " + step.number() + ": upto is " + upto + " instead of " + (step.event() - 1));
        }
    }

    /** Looks at the blocks that are new in a prompt. */
    void checkBlocks(Step step, List<Block> added) {
        for (Block block : added) {
            if (block.latestProof() >= step.event()) {
                block.passages().stream().filter(passage -> firstSeen(passage) >= step.event()).forEach(passage -> {
                    tally.add(Count.LEAKS);
                    problems.add("step " + step.number() + ": a text of event " + passages.get(passage).event()
                            + " is in the prompt before it was said");
                });
            }
            block.events().filter(events -> !events.within(0, step.event() - 1)).ifPresent(events -> {
                tally.add(Count.BAD_SEQS);
                problems.add("step " + step.number() + ": a block stands for events " + events.from() + " to "
                        + events.to() + " of 0 to " + (step.event() - 1));
            });
        }
    }

    /** The first event that a text can be known from; -1 for one that is too short to prove anything. */
    private int firstSeen(int number) {
        return firstSeen.computeIfAbsent(number, _ -> {
            Passage passage = passages.get(number);
            if (!passage.isProof()) {
                return -1;
            }
            return recording.events().subList(0, passage.event()).stream().filter(event -> passage.isIn(event.text()))
                    .map(Event::index).findFirst().orElse(passage.event());
        });
    }
}
