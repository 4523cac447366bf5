package io.mnemosyne.trace;

import java.time.Duration;
import java.time.Instant;

import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;

import io.mnemosyne.core.Decision;
import io.mnemosyne.core.trace.JoinEffect;
import io.mnemosyne.core.trace.JoinEvent;
import io.mnemosyne.core.trace.JoinEvent.Alarm;
import io.mnemosyne.core.trace.Joined;
import io.mnemosyne.core.trace.Joining;
import io.mnemosyne.core.trace.PlacedSpan;
import io.mnemosyne.core.trace.SpanId;
import io.mnemosyne.core.trace.SpanPart;

/**
 * Tells {@link Joining} what is heard of spans, by {@code tenant/trace}, and does what it decides. Belongs to one task and is
 * called by its thread alone; Kafka Streams calls {@link #init} before anything else.
 */
@SuppressWarnings("NullAway.Init")
final class JoinProcessor implements Processor<String, SpanPart, String, PlacedSpan> {
    /** How often alarms are looked at; a time-out is that much longer at most. */
    static final Duration TICK = Duration.ofSeconds(1);
    /** At one tick, so that a transaction stays short. */
    private static final int MOST_ALARMS = 1_000;
    /** After that a trace without news is forgotten. */
    private static final Duration KEPT = Duration.ofHours(24);
    private static final String FORGET = "FORGET";

    private final Joining joining;
    private ProcessorContext<String, PlacedSpan> context;
    private TraceRows rows;
    private Alarms alarms;
    private Counters counters;

    JoinProcessor(Joining joining) {
        this.joining = joining;
    }

    @Override
    public void init(ProcessorContext<String, PlacedSpan> context) {
        this.context = context;
        rows = TraceRows.of(context);
        alarms = new Alarms(context.getStateStore(Stores.SPAN_ALARMS));
        counters = new Counters(context);
        context.schedule(TICK, PunctuationType.WALL_CLOCK_TIME, this::tick);
    }

    @Override
    public void process(Record<String, SpanPart> heard) {
        SpanPart part = heard.value();
        String trace = part.key();
        Instant now = Instant.ofEpochMilli(context.currentSystemTimeMs());
        if (rows.trace(trace).isEmpty()) {
            alarms.set(now.plus(KEPT), FORGET + "|" + trace);
        }
        part.thread().ifPresent(thread -> rows.noteNewest(trace, thread, part.newest()));
        decide(trace, part.id(), new JoinEvent.Heard(part), now);
    }

    private void decide(String trace, SpanId span, JoinEvent event, Instant now) {
        Joined state = rows.load(trace, span, now);
        Decision<Joined, JoinEffect> decision = joining.decide(state, event, now);
        rows.store(trace, state, decision.state(), now);
        counters.count(decision.counts());
        decision.effects().forEach(effect -> apply(trace, span, effect, now));
    }

    private void apply(String trace, SpanId span, JoinEffect effect, Instant now) {
        switch (effect) {
            case JoinEffect.Emit(PlacedSpan placed) ->
                context.forward(new Record<>(placed.key(), placed, now.toEpochMilli()));
            case JoinEffect.Need need -> decide(trace, need.parent(), new JoinEvent.Needed(need.child()), now);
            case JoinEffect.Wake wake -> alarms.set(wake.at(), wake.alarm() + "|" + trace + "|" + span);
            case JoinEffect.ReleaseAll _ -> rows.open(trace)
                    .forEach(waiting -> decide(trace, waiting, new JoinEvent.Released(), now));
        }
    }

    private void tick(long now) {
        alarms.take(now, MOST_ALARMS).forEach(what -> ring(what.split("\\|", -1), Instant.ofEpochMilli(now)));
        rows.marks().drop(now, MOST_ALARMS);
    }

    private void ring(String[] what, Instant now) {
        String trace = what[1];
        if (what[0].equals(FORGET)) {
            forget(trace, now);
        } else {
            SpanId span = new SpanId(what[2]);
            decide(trace, span, new JoinEvent.Due(Alarm.valueOf(what[0]), rows.newest(trace, span)), now);
        }
    }

    private void forget(String trace, Instant now) {
        Instant until = rows.trace(trace).map(state -> state.newsAt().plus(KEPT)).orElse(now);
        if (until.isAfter(now)) {
            alarms.set(until, FORGET + "|" + trace);
        } else {
            rows.forget(trace);
        }
    }
}
