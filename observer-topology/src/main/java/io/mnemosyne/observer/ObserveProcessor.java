package io.mnemosyne.observer;

import java.time.Duration;
import java.util.Objects;

import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;

import io.mnemosyne.core.Decision;
import io.mnemosyne.core.Policy;
import io.mnemosyne.core.observe.ObservationSpans;
import io.mnemosyne.core.observe.Observer;
import io.mnemosyne.core.observe.ObserverEffect;
import io.mnemosyne.core.observe.ObserverState;
import io.mnemosyne.core.trace.Tracing;
import io.mnemosyne.schemas.streams.SpanOutlet;

/** Loads a thread's state, lets the {@link Observer} decide, stores and forwards. */
final class ObserveProcessor implements Processor<String, Observable, String, @Nullable Object> {
    /** How late a passed deadline may be noticed. */
    private static final Duration DEADLINE_CHECK = Duration.ofSeconds(1);

    private final Observer observer;
    private final Policy policy;
    private final Tracing tracing;
    private @Nullable Shell shell;

    private record Shell(ThreadStates threads, DeadlineRows deadlines, EffectRunner effects, SpanOutlet spans,
            Counters counters) {
    }

    ObserveProcessor(Observer observer, Policy policy, Tracing tracing) {
        this.observer = observer;
        this.policy = policy;
        this.tracing = tracing;
    }

    @Override
    public void init(ProcessorContext<String, @Nullable Object> context) {
        DeadlineRows deadlines = new DeadlineRows(context.getStateStore(ObserverTopology.DEADLINES));
        ThreadStates threads = new ThreadStates(context.getStateStore(ObserverTopology.THREADS),
                context.getStateStore(ObserverTopology.CHUNKS));
        shell = new Shell(threads, deadlines, EffectRunner.in(context, policy),
                new SpanOutlet(context, ObserverTopology.TO_SPANS), Counters.in(context));
        context.schedule(DEADLINE_CHECK, PunctuationType.WALL_CLOCK_TIME, now -> deadlines.takePassed(now,
                result -> context.forward(new Record<>(result.thread().toString(), result, now),
                        ObserverTopology.TO_RESULTS)));
    }

    @Override
    public void process(Record<String, Observable> record) {
        Shell stores = Objects.requireNonNull(shell, "init comes first");
        Observable happened = record.value();
        ObserverState before = stores.threads().load(happened.thread());
        Decision<ObserverState, ObserverEffect> decision = observer.decide(before, happened.event(), policy);
        stores.threads().store(before, decision.state());
        stores.deadlines().move(before, decision.state(), policy);
        stores.effects().run(record, decision);
        stores.spans().write(happened.thread().tenant(),
                ObservationSpans.of(tracing, before, happened.event(), decision), record.timestamp());
        stores.counters().count(happened.thread(), decision.counts());
    }
}
