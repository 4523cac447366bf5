package io.mnemosyne.replay.recording;

import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.stream.IntStream;

import io.mnemosyne.core.RawTurn;
import io.mnemosyne.core.Role;

/** A recorded session: its events with the calls and results that belong together. Immutable. */
public final class Recording {
    private final String id;
    private final List<Event> events;
    private final List<Integer> steps;
    private final List<Call> calls;
    private final Map<CallPlace, Integer> results;
    private final long characters;

    Recording(String id, List<Event> events, Map<CallPlace, Integer> results) {
        this.id = id;
        this.events = List.copyOf(events);
        this.results = Map.copyOf(results);
        this.steps = events.stream().filter(event -> event.role() == Role.ASSISTANT).map(Event::index).toList();
        this.calls = events.stream().flatMap(event -> event.calls().stream()).toList();
        this.characters = events.stream().mapToLong(event -> Characters.count(event.text())).sum();
    }

    /**
     * Matches calls and results.
     *
     * @param id the session's name, {@code folder/file-stem}
     * @param turns in their order; turn {@code i} becomes event {@code i}
     */
    public static Recording of(String id, List<RawTurn> turns) {
        EventReader reader = new EventReader();
        turns.forEach(reader::read);
        return new Recording(id, reader.events(), reader.results());
    }

    /** The name, {@code folder/file-stem}. */
    public String id() {
        return id;
    }

    /** Where the session comes from: its folder. */
    public String source() {
        return sourceOf(id);
    }

    /** The folder in a session's name. */
    public static String sourceOf(String id) {
        int end = id.indexOf('/');
        return end < 0 ? id : id.substring(0, end);
    }

    public List<Event> events() {
        return events;
    }

    /** Indexes of the assistant's events. Each is a step: the model was called just before it. */
    public List<Integer> steps() {
        return steps;
    }

    /** All calls of the assistant, in their order. */
    public List<Call> calls() {
        return calls;
    }

    /** Code points of all canonical texts. */
    public long characters() {
        return characters;
    }

    /** Index of the event that answers a call of this recording; empty if none does. */
    public OptionalInt resultOf(Call call) {
        Integer result = results.get(CallPlace.of(call));
        return result == null ? OptionalInt.empty() : OptionalInt.of(result);
    }

    /** Index of the first message of the user; empty if there is none. */
    public OptionalInt firstUser() {
        return IntStream.range(0, events.size()).filter(i -> events.get(i).role() == Role.USER).findFirst();
    }

    @Override
    public String toString() {
        return id;
    }

    /** Names a call inside of its recording. */
    record CallPlace(int event, int place) {
        static CallPlace of(Call call) {
            return new CallPlace(call.event(), call.place());
        }
    }
}
