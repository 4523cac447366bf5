package io.mnemosyne.replay.measure;

import java.util.List;

import io.mnemosyne.core.Role;
import io.mnemosyne.replay.measure.Counts.Tally;
import io.mnemosyne.replay.recording.Event;
import io.mnemosyne.replay.recording.Recording;

/** Counts the user's messages that are in the prompt word for word. */
final class UserMessages {
    private final List<Integer> messages;
    private final Passages passages;
    private final Presence presence;
    private final Tally tally;

    UserMessages(Recording recording, Passages passages, Presence presence, Tally tally) {
        this.messages = recording.events().stream().filter(event -> event.role() == Role.USER).map(Event::index)
                .filter(event -> passages.contentOf(event).isPresent()).toList();
        this.passages = passages;
        this.presence = presence;
        this.tally = tally;
    }

    void measure(Step step) {
        for (int message : messages) {
            if (message >= step.event()) {
                return;
            }
            int content = passages.contentOf(message).orElseThrow();
            boolean kept = presence.shows(content);
            long size = passages.get(content).length();
            tally.add(Count.USER);
            tally.addIf(kept, Count.USER_HIT);
            tally.add(Count.USER_CHARS, size);
            tally.add(Count.USER_CHARS_HIT, kept ? size : 0);
            if (message == messages.getFirst()) {
                tally.add(Count.FIRST_USER);
                tally.addIf(kept, Count.FIRST_USER_HIT);
            }
        }
    }
}
