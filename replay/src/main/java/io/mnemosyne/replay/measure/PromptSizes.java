package io.mnemosyne.replay.measure;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

import io.mnemosyne.replay.measure.Counts.Tally;
import io.mnemosyne.replay.recording.Characters;
import io.mnemosyne.replay.recording.Event;
import io.mnemosyne.replay.recording.Recording;

/** Sizes of prompts and full histories, and what of them a cache would have had. */
final class PromptSizes {
    private static final long CHARS_PER_TOKEN = 4;

    private final Tally tally;
    private final OptionalLong ceiling;
    private final long[] historyChars;
    private Optional<List<Block>> before = Optional.empty();
    private long fullBefore;

    /** @param ceiling tokens that no prompt should exceed */
    PromptSizes(Recording recording, OptionalLong ceiling, Tally tally) {
        this.tally = tally;
        this.ceiling = ceiling;
        this.historyChars = new long[recording.events().size() + 1];
        for (Event event : recording.events()) {
            historyChars[event.index() + 1] = historyChars[event.index()] + Characters.count(event.text());
        }
    }

    void measure(Step step, List<Block> prompt) {
        long chars = prompt.stream().mapToLong(Block::length).sum();
        long full = historyChars[step.event()];
        tally.add(Count.STEPS);
        tally.add(Count.PROMPT_CHARS, chars);
        tally.add(Count.FULL_CHARS, full);
        tally.raise(Count.MAX_CHARS, chars);
        tally.raise(Count.MAX_FULL_CHARS, full);
        tally.addIf(exceedsCeiling(chars), Count.OVER_CEILING);
        tally.addIf(exceedsCeiling(full), Count.FULL_OVER_CEILING);
        tally.add(Count.FULL_CACHED_CHARS, fullBefore);
        before.ifPresent(previous -> {
            long cached = CommonPrefix.of(previous, prompt);
            tally.add(Count.CACHED_CHARS, cached);
            tally.add(Count.APPEND_STEPS);
            tally.addIf(cached == previous.stream().mapToLong(Block::length).sum(), Count.APPENDS);
        });
        before = Optional.of(prompt);
        fullBefore = full;
    }

    private boolean exceedsCeiling(long chars) {
        return ceiling.isPresent() && chars > ceiling.getAsLong() * CHARS_PER_TOKEN;
    }
}
