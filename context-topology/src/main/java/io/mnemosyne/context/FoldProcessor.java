package io.mnemosyne.context;

import java.time.Instant;

import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;

import io.mnemosyne.core.Decision;
import io.mnemosyne.core.Policy;
import io.mnemosyne.core.ThreadKey;
import io.mnemosyne.core.trace.Tracing;
import io.mnemosyne.core.view.Texts;
import io.mnemosyne.core.view.ViewEffect;
import io.mnemosyne.core.view.ViewInput;
import io.mnemosyne.core.view.ViewSpans;
import io.mnemosyne.core.view.ViewState;
import io.mnemosyne.schemas.streams.SpanOutlet;

/** Loads the head, lets the view decide, keeps rows and head, forwards the journal and requests. */
@SuppressWarnings("NullAway.Init") // Kafka Streams calls init before anything else
final class FoldProcessor implements Processor<String, ViewInput, String, @Nullable Object> {
    private final Deciding view;
    private final Policy policy;
    private final Tracing tracing;
    private Heads heads;
    private EffectRunner effects;
    private Counters counters;
    private SpanOutlet spans;

    /** What {@link io.mnemosyne.core.view.View} does. */
    @FunctionalInterface
    interface Deciding {
        Decision<ViewState, ViewEffect> decide(ViewState head, ViewInput input, Policy policy, Texts texts);
    }

    FoldProcessor(Deciding view, Policy policy, Tracing tracing) {
        this.view = view;
        this.policy = policy;
        this.tracing = tracing;
    }

    @Override
    public void init(ProcessorContext<String, @Nullable Object> context) {
        heads = new Heads(context.getStateStore(ContextTopology.HEADS));
        counters = new Counters(context);
        spans = new SpanOutlet(context, ContextTopology.TO_SPANS);
        effects = EffectRunner.in(context, policy, counters);
    }

    @Override
    public void process(Record<String, ViewInput> record) {
        ViewInput input = record.value();
        if (input == null) {
            return; // a tombstone: what it takes back was dropped with its incarnation
        }
        ThreadKey thread = input.thread();
        ViewState head = heads.of(thread);
        Decision<ViewState, ViewEffect> decision = view.decide(head, input, policy, effects.texts(thread));
        // Rows first: a reader that sees the new head finds them all.
        effects.run(thread, decision, record.timestamp());
        spans.write(thread.tenant(),
                ViewSpans.of(tracing, head, input, decision, Instant.ofEpochMilli(record.timestamp())),
                record.timestamp());
        heads.keep(thread, decision.state());
        decision.counts().forEach(counter -> counters.count(thread, counter));
        for (long evicted = evictions(head); evicted < evictions(decision.state()); evicted++) {
            counters.count(thread, "object.evicted");
        }
    }

    /** Objects of a thread that were shown shorter at least once. */
    private static long evictions(ViewState state) {
        return state.held().tally().evictions();
    }
}
