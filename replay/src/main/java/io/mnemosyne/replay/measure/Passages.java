package io.mnemosyne.replay.measure;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;

import io.mnemosyne.replay.entity.Vocabulary;
import io.mnemosyne.replay.recording.Characters;
import io.mnemosyne.replay.recording.Event;
import io.mnemosyne.replay.recording.Recording;
import io.mnemosyne.replay.recording.ToolArguments;

/**
 * The passages of a recording, numbered from 0. Equal texts are one passage, except for short ones, which belong to their
 * event alone.
 */
final class Passages {
    private final List<Passage> all = new ArrayList<>();
    private final List<List<Integer>> ofEvent = new ArrayList<>();
    private final List<OptionalInt> contentOf = new ArrayList<>();
    private final List<List<Integer>> eventsOf = new ArrayList<>();
    private final Map<Key, Integer> numbers = new HashMap<>();
    private final Map<Integer, List<Integer>> byAnchor = new HashMap<>();
    private final List<Integer> withoutAnchor = new ArrayList<>();
    private final Vocabulary vocabulary;

    Passages(Recording recording, Vocabulary vocabulary) {
        this.vocabulary = vocabulary;
        recording.events().forEach(this::addAll);
        for (int event = 0; event < ofEvent.size(); event++) {
            for (int passage : ofEvent.get(event)) {
                eventsOf.get(passage).add(event);
            }
        }
    }

    private void addAll(Event event) {
        Set<Integer> found = new HashSet<>();
        OptionalInt content = number(event.content(), event.index());
        content.ifPresent(found::add);
        event.calls().forEach(call -> ToolArguments.forEachLeaf(call.arguments(),
                (_, text) -> number(text, event.index()).ifPresent(found::add)));
        contentOf.add(content);
        ofEvent.add(List.copyOf(found));
    }

    private OptionalInt number(String text, int event) {
        String stripped = Characters.strip(text);
        if (stripped.isEmpty()) {
            return OptionalInt.empty();
        }
        Key key = new Key(stripped, Passage.isShort(stripped) ? event : Key.ANY_EVENT);
        return OptionalInt.of(numbers.computeIfAbsent(key, _ -> add(Passage.of(stripped, event, vocabulary))));
    }

    private int add(Passage passage) {
        int number = all.size();
        all.add(passage);
        eventsOf.add(new ArrayList<>());
        if (!passage.isShort()) {
            (passage.anchors().isEmpty()
                    ? withoutAnchor
                    : byAnchor.computeIfAbsent(passage.anchors().getFirst(), _ -> new ArrayList<>())).add(number);
        }
        return number;
    }

    int size() {
        return all.size();
    }

    int events() {
        return ofEvent.size();
    }

    Passage get(int number) {
        return all.get(number);
    }

    /** The passages that make up an event. */
    List<Integer> ofEvent(int event) {
        return ofEvent.get(event);
    }

    /** The passage that is the content of an event; empty if it says nothing. */
    OptionalInt contentOf(int event) {
        return contentOf.get(event);
    }

    /** The events that a passage is part of. */
    List<Integer> eventsOf(int passage) {
        return eventsOf.get(passage);
    }

    /**
     * The passages that a text contains, without short ones.
     *
     * @param words of the vocabulary that the text contains, its escapes undone
     */
    List<Integer> in(String text, BitSet words) {
        int length = Characters.count(text);
        List<Integer> found = new ArrayList<>();
        addMatching(withoutAnchor, text, length, words, found);
        words.stream().forEach(word -> addMatching(byAnchor.getOrDefault(word, List.of()), text, length, words, found));
        return found;
    }

    /** The short passages of some events that a text contains. */
    List<Integer> shortIn(String text, BitSet words, Span events) {
        List<Integer> found = new ArrayList<>();
        for (int event = Math.max(0, events.from()); event <= Math.min(events.to(), ofEvent.size() - 1); event++) {
            List<Integer> shortOnes = ofEvent.get(event).stream().filter(number -> all.get(number).isShort()).toList();
            addMatching(shortOnes, text, Characters.count(text), words, found);
        }
        return found;
    }

    private void addMatching(List<Integer> candidates, String text, int length, BitSet words, List<Integer> found) {
        for (int number : candidates) {
            Passage passage = all.get(number);
            if (passage.length() <= length && passage.anchors().stream().allMatch(words::get) && passage.isIn(text)) {
                found.add(number);
            }
        }
    }

    private record Key(String text, int event) {
        static final int ANY_EVENT = -1;
    }
}
