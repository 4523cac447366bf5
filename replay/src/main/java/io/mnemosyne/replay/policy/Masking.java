package io.mnemosyne.replay.policy;

import java.util.Optional;

import io.mnemosyne.replay.PromptBlock;
import io.mnemosyne.replay.ReplayPolicy;
import io.mnemosyne.replay.recording.Event;

/**
 * {@code mask}: every event, but of the tool results only the newest {@code keep} in full, as Lindenbauer et al. propose
 * (The Complexity Trap, 2025).
 */
final class Masking implements ReplayPolicy {
    private static final int KEEP = 10;
    private static final String OMITTED = "[output omitted]";

    private final int keep;

    Masking(Parameters parameters) {
        keep = parameters.only("keep").whole("keep", KEEP, 0);
    }

    @Override
    public Prompter begin(String session) {
        return new History() {
            // Index of the oldest result that is shown.
            private long shownFrom;

            @Override
            void begin() {
                shownFrom = events().reversed().stream().filter(History::isResult).limit(keep)
                        .mapToLong(Event::index).reduce((newer, older) -> older).orElse(Long.MAX_VALUE);
            }

            @Override
            Optional<PromptBlock> shown(Event event) {
                return Optional.of(isResult(event) && event.index() < shownFrom ? stub(event, OMITTED) : raw(event));
            }
        };
    }
}
