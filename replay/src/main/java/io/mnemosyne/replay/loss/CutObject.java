package io.mnemosyne.replay.loss;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import io.mnemosyne.core.Content;
import io.mnemosyne.core.Decision;
import io.mnemosyne.core.Position;
import io.mnemosyne.core.SemanticObject;
import io.mnemosyne.core.ThreadKey;
import io.mnemosyne.core.Turn;
import io.mnemosyne.core.TurnEvent;
import io.mnemosyne.core.ingest.IngestEffect;
import io.mnemosyne.core.ingest.Known;
import io.mnemosyne.core.ingest.RawEvent;
import io.mnemosyne.core.ingest.Sequencer;
import io.mnemosyne.core.ingest.ThreadHead;
import io.mnemosyne.replay.recording.Event;
import io.mnemosyne.replay.recording.Recording;

/**
 * An object as ingest cuts it from a recorded session.
 *
 * @param event index of the event that it was cut from
 * @param text all of it, redacted
 */
public record CutObject(int event, SemanticObject object, String text) {
    private static final ThreadKey THREAD = new ThreadKey("default", "losses");

    /** The objects of a session in their order; an event that ingest refuses has none. */
    public static List<CutObject> of(Recording recording, Sequencer sequencer) {
        Map<Map.Entry<Known.Kind, String>, String> known = new HashMap<>();
        Map<String, String> blobs = new HashMap<>();
        List<CutObject> objects = new ArrayList<>();
        ThreadHead head = ThreadHead.NEW;
        for (Event event : recording.events()) {
            Decision<ThreadHead, IngestEffect> decision = sequencer.decide(head, THREAD,
                    new Position("turns.raw", 0, event.index()), new RawEvent.Received(event.turn()),
                    (kind, name) -> Optional.ofNullable(known.get(Map.entry(kind, name))));
            head = decision.state();
            Optional<Turn> appended = Optional.empty();
            for (IngestEffect effect : decision.effects()) {
                switch (effect) {
                    case IngestEffect.Remember(var kind, String name, String value) -> known
                            .put(Map.entry(kind, name), value);
                    case IngestEffect.Keep(var blob) -> blobs.put(blob.sha256(), blob.text());
                    case IngestEffect.Emit emitted when emitted.record()
                            .event() instanceof TurnEvent.Appended(Turn turn) ->
                        appended = Optional.of(turn);
                    default -> {
                        // For others.
                    }
                }
            }
            appended.ifPresent(turn -> turn.objects().stream().filter(object -> object.part() >= 0)
                    .forEach(object -> objects.add(new CutObject(event.index(), object,
                            text(turn.body().parts().get(object.part()).content(), blobs)))));
        }
        return objects;
    }

    private static String text(Content content, Map<String, String> blobs) {
        return switch (content) {
            case Content.Inline(String text) -> text;
            case Content.Reference reference -> blobs.getOrDefault(reference.sha256(), reference.excerpt());
        };
    }
}
