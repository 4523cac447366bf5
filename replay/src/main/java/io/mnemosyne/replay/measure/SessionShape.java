package io.mnemosyne.replay.measure;

import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

import io.mnemosyne.core.Part;
import io.mnemosyne.core.Role;
import io.mnemosyne.replay.entity.Entities;
import io.mnemosyne.replay.entity.Entity;
import io.mnemosyne.replay.entity.EntityIndex;
import io.mnemosyne.replay.entity.Vocabulary;
import io.mnemosyne.replay.measure.Counts.Tally;
import io.mnemosyne.replay.recording.Call;
import io.mnemosyne.replay.recording.Characters;
import io.mnemosyne.replay.recording.Event;
import io.mnemosyne.replay.recording.Recording;

/**
 * What a recording is made of, whatever a run does with it.
 *
 * @param tools by their names
 * @param eventChars code points of all events
 * @param resentChars code points of the full history, summed over the steps
 * @param reads calls that only read
 * @param repeatReads those of them that read what an earlier one read
 */
record SessionShape(Map<String, ToolUse> tools, long eventChars, long resentChars, long reads, long repeatReads) {
    private static final String UNNAMED = "unnamed";

    static SessionShape of(Recording recording) {
        BitSet referenced = referenced(recording);
        Map<String, ToolUse> tools = new TreeMap<>();
        long chars = 0;
        long resent = 0;
        for (Event event : recording.events()) {
            if (event.role() == Role.ASSISTANT) {
                resent += chars;
            }
            int size = Characters.count(event.text());
            chars += size;
            if (event.role() == Role.TOOL) {
                tools.merge(tool(event), new ToolUse(1, size, referenced.get(event.index()) ? 0 : size), ToolUse::plus);
            }
        }
        List<String> keys = recording.calls().stream().flatMap(call -> call.readKey().stream()).toList();
        return new SessionShape(tools, chars, resent, keys.size(), keys.size() - new HashSet<>(keys).size());
    }

    void count(Tally tally) {
        tally.add(Count.EVENT_CHARS, eventChars);
        tally.add(Count.RESENT_CHARS, resentChars);
        tally.add(Count.TOOL_RESULT_CHARS, tools.values().stream().mapToLong(ToolUse::chars).sum());
        tally.add(Count.UNREFERENCED_CHARS, tools.values().stream().mapToLong(ToolUse::unreferencedChars).sum());
        tally.add(Count.READ_CALLS, reads);
        tally.add(Count.REPEAT_READS, repeatReads);
    }

    /** The events that first brought an entity that the assistant named: earlier than the assistant, or its own. */
    private static BitSet referenced(Recording recording) {
        Set<String> named = new HashSet<>();
        for (int step : recording.steps()) {
            Event event = recording.events().get(step);
            named.addAll(Entities.ofText(event.text()));
            event.calls().forEach(call -> named.addAll(Entities.ofArguments(call.arguments())));
        }
        Vocabulary vocabulary = new Vocabulary();
        List<Entity> entities = named.stream().map(text -> Entity.of(text, vocabulary)).toList();
        EntityIndex history = EntityIndex.of(vocabulary, recording.events().stream().map(Event::text).toList());
        BitSet all = new BitSet();
        all.set(0, recording.events().size());
        BitSet referenced = new BitSet();
        entities.stream().mapToInt(entity -> history.texts(entity, all).nextSetBit(0)).filter(first -> first >= 0)
                .forEach(referenced::set);
        return referenced;
    }

    private static String tool(Event event) {
        Optional<String> named = event.turn().parts().stream().filter(Part.ToolResult.class::isInstance)
                .map(part -> ((Part.ToolResult) part).toolName()).filter(name -> !name.isEmpty()).findFirst();
        return named.or(() -> event.answers().map(Call::name)).orElse(UNNAMED);
    }
}
