package io.mnemosyne.replay.policy;

import java.util.Optional;

import io.mnemosyne.core.Role;
import io.mnemosyne.replay.PromptBlock;
import io.mnemosyne.replay.ReplayPolicy;
import io.mnemosyne.replay.recording.Event;

/** {@code truncate}: system events, the first of the user, and the newest {@code keep}. What is dropped goes silently. */
final class Truncation implements ReplayPolicy {
    private static final int KEEP = 20;

    private final int keep;

    Truncation(Parameters parameters) {
        keep = parameters.only("keep").whole("keep", KEEP, 0);
    }

    @Override
    public Prompter begin(String session) {
        return new History() {
            private Optional<Event> firstUser = Optional.empty();

            @Override
            public void append(Event event) {
                super.append(event);
                firstUser = firstUser.or(() -> Optional.of(event).filter(it -> it.role() == Role.USER));
            }

            @Override
            Optional<PromptBlock> shown(Event event) {
                boolean kept = event.index() >= events().size() - keep || event.role() == Role.SYSTEM
                        || firstUser.filter(event::equals).isPresent();
                return kept ? Optional.of(raw(event)) : Optional.empty();
            }
        };
    }
}
