package io.mnemosyne.core.thread;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

import io.mnemosyne.core.Position;
import io.mnemosyne.core.ThreadKey;
import io.mnemosyne.core.ingest.IngestEffect;
import io.mnemosyne.core.ingest.Known;
import io.mnemosyne.core.ingest.RawEvent;
import io.mnemosyne.core.ingest.Sequencer;
import io.mnemosyne.core.ingest.ThreadHead;
import io.mnemosyne.core.redact.Redacted;

/** raw records -> turns. */
final class IngestTask extends Task<IngestTask.Memory> {
    private final Sequencer sequencer = new Sequencer(_ -> text -> new Redacted<>(text, Map.of()), Machines.COUNTER);
    private final Pipeline pipeline;

    /** A record of a producer. */
    record Raw(ThreadKey thread, RawEvent event) {
    }

    /** What is kept. */
    static final class Memory {
        private final Map<ThreadKey, ThreadHead> heads = new HashMap<>();
        private final Map<ThreadKey, Map<Map.Entry<Known.Kind, String>, String>> known = new HashMap<>();
        private int position;

        Memory copy() {
            Memory copy = new Memory();
            copy.heads.putAll(heads);
            known.forEach((thread, facts) -> copy.known.put(thread, new HashMap<>(facts)));
            copy.position = position;
            return copy;
        }
    }

    IngestTask(Pipeline pipeline) {
        super(new Memory(), Memory::copy);
        this.pipeline = pipeline;
    }

    @Override
    int inputs() {
        return 1;
    }

    @Override
    boolean read(int input) {
        Memory kept = memory();
        Optional<Log.Found<Raw>> next = pipeline.raw.next(kept.position);
        next.ifPresent(found -> {
            Raw raw = found.value();
            kept.position = found.position();
            Map<Map.Entry<Known.Kind, String>, String> known = kept.known.computeIfAbsent(raw.thread(),
                    _ -> new HashMap<>());
            var decision = sequencer.decide(kept.heads.getOrDefault(raw.thread(), ThreadHead.NEW), raw.thread(),
                    new Position("turns.raw", 0, found.position() - 1), raw.event(),
                    (kind, name) -> Optional.ofNullable(known.get(Map.entry(kind, name))));
            kept.heads.put(raw.thread(), decision.state());
            pipeline.tally.count(decision.counts());
            for (IngestEffect effect : decision.effects()) {
                switch (effect) {
                    case IngestEffect.Emit(var record) -> pipeline.turns.append(record, found.at(), transaction());
                    case IngestEffect.Remember(var kind, var name, var value) -> known.put(Map.entry(kind, name),
                            value);
                    case IngestEffect.Erase _ -> known.clear();
                    case IngestEffect.Keep _,IngestEffect.Describe _,IngestEffect.Reject _,IngestEffect.Reroute _ -> {
                        // Not about the memory of a thread.
                    }
                }
            }
        });
        return next.isPresent();
    }
}
