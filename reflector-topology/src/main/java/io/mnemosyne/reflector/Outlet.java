package io.mnemosyne.reflector;

import java.util.List;
import java.util.Locale;

import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;

import io.mnemosyne.core.Decision;
import io.mnemosyne.core.MemoryEvent;
import io.mnemosyne.core.MemoryRecord;
import io.mnemosyne.core.Segment;
import io.mnemosyne.core.ThreadKey;
import io.mnemosyne.core.WorkerRequest;
import io.mnemosyne.core.reflect.ReflectionRequest;
import io.mnemosyne.core.reflect.ReflectorEffect;
import io.mnemosyne.core.reflect.ReflectorState;
import io.mnemosyne.core.reflect.RequestHeader;
import io.mnemosyne.schemas.streams.RowLedger;

/** Does what was decided: keeps texts, writes memory, sends requests, and counts. */
final class Outlet {
    private final ProcessorContext<String, @Nullable Object> context;
    private final SegmentRows segments;
    private final RowLedger ledger;
    private final Counters counters;

    private Outlet(ProcessorContext<String, @Nullable Object> context, SegmentRows segments, RowLedger ledger) {
        this.context = context;
        this.segments = segments;
        this.ledger = ledger;
        this.counters = new Counters(context);
    }

    static Outlet of(ProcessorContext<String, @Nullable Object> context) {
        return new Outlet(context, new SegmentRows(context.getStateStore(ReflectorTopology.SEGMENTS)),
                new RowLedger(context.getStateStore(ReflectorTopology.ROWS)));
    }

    void forward(Decision<ReflectorState, ReflectorEffect> decision, long at) {
        decision.effects().forEach(effect -> apply(effect, decision.state(), at));
        decision.counts().forEach(name -> counters.count(decision.state().thread(), name));
    }

    void expired(Lease lease, long now) {
        context.forward(new Record<>(lease.thread().toString(), lease.expired(), now), ReflectorTopology.TO_RESULTS);
    }

    private void apply(ReflectorEffect effect, ReflectorState state, long at) {
        ThreadKey thread = state.thread();
        switch (effect) {
            case ReflectorEffect.Forget _ -> {
                segments.deleteAll(thread);
                ledger.erase(thread, (sink, key) -> context.forward(new Record<>(key, null, at), sink));
                tellWorkers(thread, new WorkerRequest.Forget<>(thread, state.incarnation()), at);
            }
            case ReflectorEffect.Keep keep -> segments.put(thread, keep.segment());
            case ReflectorEffect.Reflect reflect -> {
                segments.put(thread, reflect.segment());
                reflect.replaces().forEach(id -> segments.delete(thread, id));
                remember(state, "r" + reflect.segment().id(),
                        new MemoryEvent.Reflected(reflect.segment(), reflect.replaces()), at);
            }
            case ReflectorEffect.WriteState write -> remember(state,
                    String.format(Locale.ROOT, "p%019d", write.state().version()),
                    new MemoryEvent.StateChanged(write.state()), at);
            case ReflectorEffect.Request request -> tellWorkers(thread,
                    new WorkerRequest.Ask<>(request.header().with(state, texts(state, request.header()))), at);
        }
    }

    private void tellWorkers(ThreadKey thread, WorkerRequest<ReflectionRequest> told, long at) {
        context.forward(new Record<>(thread.toString(), told, at), ReflectorTopology.TO_REQUESTS);
    }

    private void remember(ReflectorState state, String row, MemoryEvent event, long at) {
        String key = state.thread().row(state.incarnation() + "." + row);
        ledger.wrote(state.thread(), ReflectorTopology.TO_MEMORY, key);
        context.forward(new Record<>(key, new MemoryRecord(state.thread(), state.incarnation(), event), at),
                ReflectorTopology.TO_MEMORY);
    }

    private List<Segment> texts(ReflectorState state, RequestHeader header) {
        return header.segments().stream().map(id -> segments.get(state.thread(), id)).toList();
    }
}
