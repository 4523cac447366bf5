package io.mnemosyne.trace;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

import io.mnemosyne.core.ThreadKey;
import io.mnemosyne.core.trace.Outcome;
import io.mnemosyne.core.trace.Place;
import io.mnemosyne.core.trace.Span;
import io.mnemosyne.core.trace.SpanEvent;
import io.mnemosyne.core.trace.SpanFacts;
import io.mnemosyne.core.trace.SpanId;
import io.mnemosyne.core.trace.SpanType;
import io.mnemosyne.core.trace.TraceId;
import io.mnemosyne.core.trace.TraceIds;

/** A made-up swarm: what is said of it, and where each of its spans belongs. */
final class Swarm {

    /** Where a span belongs. */
    record Spot(TraceId trace, Optional<SpanId> parent, String session) {
    }

    /** What is said by one speaker: its order is kept. */
    record Voice(boolean foreign, List<SpanEvent> events) {
    }

    /** A turn with the tools that it calls. */
    private record Calls(String thread, long seq, List<String> tools) {
    }

    private final String tenant;
    private final Random random;
    private final List<Voice> voices = new ArrayList<>();
    private final List<Calls> calls = new ArrayList<>();
    private final Map<SpanId, Spot> spots = new HashMap<>();
    private final Map<String, List<Long>> runs = new HashMap<>();
    private Instant clock = Told.START;

    Swarm(String tenant, int branches, Random random) {
        this.tenant = tenant;
        this.random = random;
        grow("root", Optional.empty());
        for (int branch = 1; branch <= branches; branch++) {
            grow("agent-" + branch, Optional.of(calls.get(random.nextInt(calls.size()))));
        }
    }

    List<Voice> voices() {
        return voices;
    }

    Map<SpanId, Spot> spots() {
        return spots;
    }

    private void grow(String name, Optional<Calls> caller) {
        List<SpanEvent> events = new ArrayList<>();
        int sessions = 1 + random.nextInt(2);
        long seq = 0;
        for (int run = 0; run < sessions; run++) {
            seq = run(name, seq, caller, events);
        }
        voices.add(new Voice(false, events));
    }

    /** One run: a user's turn and some of the assistant's. */
    private long run(String name, long fromSeq, Optional<Calls> caller, List<SpanEvent> events) {
        ThreadKey thread = new ThreadKey(tenant, name);
        SpanId run = TraceIds.runSpan(thread, 0, fromSeq);
        Spot spot = spotOf(thread, fromSeq, caller, events);
        spots.put(run, spot);
        runs.computeIfAbsent(name, _ -> new ArrayList<>()).add(fromSeq);
        Place start = Told.at(name, fromSeq);
        events.add(Told.started(start, run, SpanType.AGENT, tick(), SpanFacts.NONE));
        long seq = fromSeq;
        int turns = 1 + random.nextInt(3);
        List<SpanEvent> later = new ArrayList<>();
        for (int i = 0; i < turns; i++) {
            seq++;
            add(events, thread, seq, TraceIds.turn(thread, 0, seq), SpanType.GENERATION, spot, run);
            List<String> tools = new ArrayList<>();
            for (int call = 0; call < 1 + random.nextInt(2); call++) {
                String id = "call-" + call;
                tools.add(id);
                SpanId tool = TraceIds.tool(thread, 0, seq, id);
                spots.put(tool, new Spot(spot.trace(), Optional.of(run), spot.session()));
                events.add(Told.started(Told.at(name, seq), tool, SpanType.TOOL, tick(), SpanFacts.NONE));
                later.add(Told.ended(Told.at(name, seq), tool, tick(), SpanFacts.NONE));
            }
            calls.add(new Calls(name, seq, tools));
            List<SpanEvent> observed = new ArrayList<>();
            add(observed, thread, seq, TraceIds.step("observation", thread, 0, "s" + seq), SpanType.CHAIN, spot, run);
            voices.add(new Voice(true, observed));
        }
        events.addAll(later);
        events.add(Told.ended(start, run, tick(), SpanFacts.NONE));
        return seq + 1;
    }

    private Spot spotOf(ThreadKey thread, long fromSeq, Optional<Calls> caller, List<SpanEvent> events) {
        if (caller.isEmpty()) {
            events.add(Told.root(tenant, thread.thread(), fromSeq));
            return new Spot(TraceIds.run(thread, 0, fromSeq), Optional.empty(), thread.thread());
        }
        Calls by = caller.get();
        ThreadKey parent = new ThreadKey(tenant, by.thread());
        Optional<String> call = random.nextBoolean()
                ? Optional.of(by.tools().get(random.nextInt(by.tools().size())))
                : Optional.empty();
        events.add(Told.below(thread.thread(), fromSeq, by.thread(), by.seq(), call));
        SpanId above = call.or(() -> Optional.of(by.tools().getFirst()).filter(_ -> by.tools().size() == 1))
                .map(id -> TraceIds.tool(parent, 0, by.seq(), id))
                .orElseGet(() -> TraceIds.turn(parent, 0, by.seq()));
        long run = runs.get(by.thread()).stream().filter(from -> from <= by.seq()).reduce((_, last) -> last)
                .orElseThrow();
        Spot spot = spots.get(TraceIds.runSpan(parent, 0, run));
        return new Spot(spot.trace(), Optional.of(above), spot.session());
    }

    private void add(List<SpanEvent> events, ThreadKey thread, long seq, SpanId id, SpanType type, Spot spot,
            SpanId run) {
        spots.put(id, new Spot(spot.trace(), Optional.of(run), spot.session()));
        Instant at = tick();
        events.add(new SpanEvent.Finished(Told.at(thread.thread(), seq),
                new Span(id, type, "step " + id, at, tick(), Outcome.SUCCESS, SpanFacts.NONE)));
    }

    private Instant tick() {
        clock = clock.plusMillis(7);
        return clock;
    }
}
