package io.mnemosyne.replay.policy;

import java.util.Optional;

import io.mnemosyne.replay.PromptBlock;
import io.mnemosyne.replay.ReplayPolicy;
import io.mnemosyne.replay.recording.Event;

/** {@code none}: everything that was said, every time. */
final class FullHistory implements ReplayPolicy {

    FullHistory(Parameters parameters) {
        parameters.only();
    }

    @Override
    public Prompter begin(String session) {
        return new History() {
            @Override
            Optional<PromptBlock> shown(Event event) {
                return Optional.of(raw(event));
            }
        };
    }
}
