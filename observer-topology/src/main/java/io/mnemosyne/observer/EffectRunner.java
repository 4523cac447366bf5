package io.mnemosyne.observer;

import java.util.Locale;

import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;

import io.mnemosyne.core.Decision;
import io.mnemosyne.core.MemoryEvent;
import io.mnemosyne.core.MemoryRecord;
import io.mnemosyne.core.Policy;
import io.mnemosyne.core.Segment;
import io.mnemosyne.core.WorkerRequest;
import io.mnemosyne.core.observe.ObservationRequest;
import io.mnemosyne.core.observe.ObserverEffect;
import io.mnemosyne.core.observe.ObserverState;
import io.mnemosyne.schemas.streams.RowLedger;

/** Turns effects into rows of the stores and records of the topics, in their order. */
final class EffectRunner {
    private final ProcessorContext<String, @Nullable Object> context;
    private final Policy policy;
    private final RenditionRows renditions;
    private final RowLedger ledger;

    private EffectRunner(ProcessorContext<String, @Nullable Object> context, Policy policy) {
        this.context = context;
        this.policy = policy;
        this.renditions = new RenditionRows(context.getStateStore(ObserverTopology.RENDITIONS));
        this.ledger = new RowLedger(context.getStateStore(ObserverTopology.ROWS));
    }

    static EffectRunner in(ProcessorContext<String, @Nullable Object> context, Policy policy) {
        return new EffectRunner(context, policy);
    }

    void run(Record<String, Observable> cause, Decision<ObserverState, ObserverEffect> decision) {
        ObserverState state = decision.state();
        for (ObserverEffect effect : decision.effects()) {
            switch (effect) {
                case ObserverEffect.Keep _ -> cause.value().rendition()
                        .ifPresent(turn -> renditions.keep(state.thread(), turn));
                case ObserverEffect.Forget(var range) -> renditions.forget(state.thread(), range);
                case ObserverEffect.Request request -> tellWorkers(state,
                        new WorkerRequest.Ask<>(
                                request.with(state, renditions.of(state.thread(), request.range()), policy)),
                        cause.timestamp());
                case ObserverEffect.Append(Segment segment) -> write(state, segmentKey(state, segment),
                        new MemoryEvent.Observed(segment), cause.timestamp());
                // A relayed command keeps its row key of `turns`, which no segment has.
                case ObserverEffect.Relay(var command) -> write(state, cause.key(),
                        new MemoryEvent.Controlled(command), cause.timestamp());
                case ObserverEffect.Purge _ -> purge(state, cause.timestamp());
            }
        }
    }

    private void write(ObserverState state, String key, MemoryEvent event, long timestamp) {
        ledger.wrote(state.thread(), ObserverTopology.TO_MEMORY, key);
        context.forward(new Record<>(key, new MemoryRecord(state.thread(), state.incarnation(), event), timestamp),
                ObserverTopology.TO_MEMORY);
    }

    private void purge(ObserverState state, long timestamp) {
        renditions.forgetAll(state.thread());
        ledger.erase(state.thread(), (sink, key) -> context.forward(new Record<>(key, null, timestamp), sink));
        tellWorkers(state, new WorkerRequest.Forget<>(state.thread(), state.incarnation()), timestamp);
    }

    private void tellWorkers(ObserverState state, WorkerRequest<ObservationRequest> told, long timestamp) {
        context.forward(new Record<>(state.thread().toString(), told, timestamp), ObserverTopology.TO_REQUESTS);
    }

    private static String segmentKey(ObserverState state, Segment segment) {
        return state.thread().row(
                String.format(Locale.ROOT, "%d.o%019d", state.incarnation(), segment.range().from()));
    }
}
