package io.mnemosyne.reflector;

import java.time.Duration;

import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;

import io.mnemosyne.core.Decision;
import io.mnemosyne.core.Policy;
import io.mnemosyne.core.ThreadKey;
import io.mnemosyne.core.reflect.ReflectionSpans;
import io.mnemosyne.core.reflect.Reflector;
import io.mnemosyne.core.reflect.ReflectorEffect;
import io.mnemosyne.core.reflect.ReflectorEvent;
import io.mnemosyne.core.reflect.ReflectorState;
import io.mnemosyne.core.trace.Tracing;
import io.mnemosyne.schemas.streams.SpanOutlet;

/**
 * Tells the machine what was read, and does what it decides. Belongs to one task and is called by its thread alone;
 * Kafka Streams calls {@link #init} before anything else.
 */
@SuppressWarnings("NullAway.Init")
final class ReflectProcessor implements Processor<String, ReflectorEvent, String, @Nullable Object> {
    private static final Duration LEASE_CHECK = Duration.ofSeconds(5);

    private final Reflector reflector;
    private final Policy policy;
    private final Tracing tracing;
    private Threads threads;
    private Outlet outlet;
    private SpanOutlet spans;

    ReflectProcessor(Reflector reflector, Policy policy, Tracing tracing) {
        this.reflector = reflector;
        this.policy = policy;
        this.tracing = tracing;
    }

    @Override
    public void init(ProcessorContext<String, @Nullable Object> context) {
        threads = Threads.of(context);
        outlet = Outlet.of(context);
        spans = new SpanOutlet(context, ReflectorTopology.TO_SPANS);
        context.schedule(LEASE_CHECK, PunctuationType.WALL_CLOCK_TIME, this::expire);
    }

    @Override
    public void process(Record<String, ReflectorEvent> happened) {
        ReflectorState state = threads.load(ThreadKey.ofKey(happened.key()));
        Decision<ReflectorState, ReflectorEffect> decision = reflector.decide(state, happened.value(), policy);
        threads.store(state, decision.state());
        outlet.forward(decision, happened.timestamp());
        spans.write(state.thread().tenant(), ReflectionSpans.of(tracing, state, happened.value(), decision),
                happened.timestamp());
    }

    /** Only writes down that time has passed; what follows from it is decided on reading that. */
    private void expire(long now) {
        threads.takeExpired(now).forEach(lease -> outlet.expired(lease, now));
    }
}
