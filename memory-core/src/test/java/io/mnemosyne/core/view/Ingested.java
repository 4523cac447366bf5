package io.mnemosyne.core.view;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

import io.mnemosyne.core.Position;
import io.mnemosyne.core.TurnsRecord;
import io.mnemosyne.core.assemble.Conversations;
import io.mnemosyne.core.ingest.IngestEffect;
import io.mnemosyne.core.ingest.Known;
import io.mnemosyne.core.ingest.RawEvent;
import io.mnemosyne.core.ingest.Sequencer;
import io.mnemosyne.core.ingest.ThreadHead;
import io.mnemosyne.core.redact.Redacted;

/** What ingest makes of the raw records of a thread: turns that are cut into objects. */
final class Ingested {
    private final Sequencer sequencer = new Sequencer(_ -> text -> new Redacted<>(text, Map.of()),
            Conversations.COUNTER);
    private final Map<Map.Entry<Known.Kind, String>, String> known = new HashMap<>();
    private ThreadHead head = ThreadHead.NEW;
    private long offset;

    TurnsRecord of(RawEvent event) {
        var decision = sequencer.decide(head, Conversations.THREAD, new Position("turns.raw", 0, offset++), event,
                (kind, name) -> Optional.ofNullable(known.get(Map.entry(kind, name))));
        head = decision.state();
        Optional<TurnsRecord> emitted = Optional.empty();
        for (IngestEffect effect : decision.effects()) {
            if (effect instanceof IngestEffect.Emit(var record)) {
                emitted = Optional.of(record);
            } else if (effect instanceof IngestEffect.Remember(var kind, var name, var value)) {
                known.put(Map.entry(kind, name), value);
            }
        }
        return emitted.orElseThrow();
    }

    /** Number of records so far. */
    long records() {
        return offset;
    }

    long incarnation() {
        return head.incarnation();
    }
}
