package io.mnemosyne.replay.measure;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

import io.mnemosyne.replay.entity.Entities;
import io.mnemosyne.replay.entity.Entity;
import io.mnemosyne.replay.entity.Vocabulary;
import io.mnemosyne.replay.recording.Call;
import io.mnemosyne.replay.recording.Event;
import io.mnemosyne.replay.recording.Recording;

/**
 * The entities that the recorded action of a step needed.
 *
 * @param reply whether the action is a text for the user, in a session without tool calls
 */
record ActionEntities(Set<Entity> entities, boolean reply) {

    /** The entities of every step, whose words become part of the vocabulary. */
    static List<ActionEntities> of(Recording recording, Vocabulary vocabulary) {
        boolean talksOnly = recording.calls().isEmpty();
        return recording.steps().stream().map(recording.events()::get)
                .map(event -> of(event, talksOnly, vocabulary)).toList();
    }

    private static ActionEntities of(Event event, boolean talksOnly, Vocabulary vocabulary) {
        Set<String> found = new HashSet<>();
        for (Call call : event.calls()) {
            found.addAll(Entities.ofArguments(call.arguments()));
        }
        if (talksOnly) {
            found.addAll(Entities.ofText(event.content()));
        }
        Set<Entity> entities = new HashSet<>();
        found.forEach(text -> entities.add(Entity.of(text, vocabulary)));
        return new ActionEntities(entities, talksOnly);
    }
}
