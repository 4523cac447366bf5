package io.mnemosyne.replay.policy;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import io.mnemosyne.core.Role;
import io.mnemosyne.core.SeqRange;
import io.mnemosyne.replay.PromptBlock;
import io.mnemosyne.replay.PromptBlock.Kind;
import io.mnemosyne.replay.ReplayPolicy;
import io.mnemosyne.replay.recording.Event;

/** The events of a session so far, each as a block of its own unless a policy shows something else in its place. */
abstract class History implements ReplayPolicy.Prompter {
    private final List<Event> events = new ArrayList<>();
    private final List<PromptBlock> raw = new ArrayList<>();

    @Override
    public void append(Event event) {
        events.add(event);
        raw.add(PromptBlock.of(switch (event.role()) {
            case SYSTEM -> Kind.SYSTEM;
            case USER -> Kind.USER;
            case ASSISTANT, TOOL -> Kind.TURN;
        }, Optional.of(SeqRange.of(event.index())), event.text()));
    }

    @Override
    public List<PromptBlock> prompt() {
        begin();
        return events.stream().flatMap(event -> shown(event).stream()).toList();
    }

    /** A prompt is about to be made of the history as it is. */
    void begin() {
    }

    /** What stands in the place of an event, if anything. */
    abstract Optional<PromptBlock> shown(Event event);

    final PromptBlock raw(Event event) {
        return raw.get(event.index());
    }

    static PromptBlock stub(Event event, String text) {
        return PromptBlock.of(Kind.STUB, Optional.of(SeqRange.of(event.index())), text);
    }

    static boolean isResult(Event event) {
        return event.role() == Role.TOOL;
    }

    final List<Event> events() {
        return events;
    }
}
