package io.mnemosyne.replay.admission;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

import io.mnemosyne.replay.entity.Entities;
import io.mnemosyne.replay.entity.Entity;
import io.mnemosyne.replay.entity.EntityIndex;
import io.mnemosyne.replay.entity.Escapes;
import io.mnemosyne.replay.entity.Vocabulary;
import io.mnemosyne.replay.recording.Call;
import io.mnemosyne.replay.recording.CanonicalJson;
import io.mnemosyne.replay.recording.Event;
import io.mnemosyne.replay.recording.Recording;

/**
 * What the recorded actions of a session needed of the events before them. Each need is a set of events any of which
 * serves; an event of which only the calls serve is never turned down, so needs that calls serve are left out.
 *
 * @param reads for a read of what was read before: the earlier results with the newest text
 * @param references for each name in an action: the events whose content holds it
 */
record Needs(List<BitSet> reads, List<BitSet> references) {

    /** @param newest so many events before an action are at hand whatever admission says: what they serve is no need */
    static Needs of(Recording recording, int newest) {
        return new Needs(reads(recording, newest), references(recording, newest));
    }

    private static List<BitSet> reads(Recording recording, int newest) {
        List<BitSet> needs = new ArrayList<>();
        Map<String, List<Integer>> resultsOfKey = new HashMap<>();
        for (Call call : recording.calls()) {
            if (call.readKey().isEmpty() || recording.resultOf(call).isEmpty()) {
                continue;
            }
            List<Integer> earlier = resultsOfKey.computeIfAbsent(call.readKey().get(), _ -> new ArrayList<>());
            if (!earlier.isEmpty() && earlier.getLast() < call.event() - newest) {
                needs.add(equalTo(recording, earlier.getLast()));
            }
            earlier.add(recording.resultOf(call).getAsInt());
        }
        return needs;
    }

    /** The event and those before it that say the same. */
    private static BitSet equalTo(Recording recording, int event) {
        String content = recording.events().get(event).content();
        BitSet equal = new BitSet();
        for (int i = 0; i <= event; i++) {
            if (recording.events().get(i).content().equals(content)) {
                equal.set(i);
            }
        }
        return equal;
    }

    private static List<BitSet> references(Recording recording, int newest) {
        Vocabulary vocabulary = new Vocabulary();
        List<Set<Entity>> wanted = recording.events().stream().map(event -> entities(event, vocabulary)).toList();
        List<String> contents = recording.events().stream().map(event -> Escapes.undo(event.content())).toList();
        List<String> calls = recording.events().stream().map(event -> Escapes.undo(arguments(event))).toList();
        EntityIndex said = new EntityIndex(vocabulary, contents::get);
        EntityIndex called = new EntityIndex(vocabulary, calls::get);
        List<BitSet> needs = new ArrayList<>();
        for (int event = 0; event < contents.size(); event++) {
            BitSet before = new BitSet();
            before.set(0, event);
            for (Entity entity : wanted.get(event)) {
                BitSet holders = said.texts(entity, before);
                boolean old = !holders.isEmpty() && holders.length() - 1 < event - newest;
                if (old && called.texts(entity, before).isEmpty()) {
                    needs.add(holders);
                }
            }
            said.add(contents.get(event));
            called.add(calls.get(event));
        }
        return needs;
    }

    private static Set<Entity> entities(Event event, Vocabulary vocabulary) {
        Set<String> found = new TreeSet<>();
        event.calls().forEach(call -> found.addAll(Entities.ofArguments(call.arguments())));
        Set<Entity> entities = new LinkedHashSet<>();
        found.forEach(text -> entities.add(Entity.of(text, vocabulary)));
        return entities;
    }

    private static String arguments(Event event) {
        StringBuilder all = new StringBuilder();
        event.calls().forEach(call -> all.append(CanonicalJson.of(call.arguments())).append('\n'));
        return all.toString();
    }
}
