package io.mnemosyne.core.thread;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

import io.mnemosyne.core.Decision;
import io.mnemosyne.core.MemoryEvent;
import io.mnemosyne.core.MemoryRecord;
import io.mnemosyne.core.Segment;
import io.mnemosyne.core.ThreadKey;
import io.mnemosyne.core.reflect.LiveSegment;
import io.mnemosyne.core.reflect.ReflectionRequest;
import io.mnemosyne.core.reflect.ReflectionResult;
import io.mnemosyne.core.reflect.ReflectorEffect;
import io.mnemosyne.core.reflect.ReflectorEvent;
import io.mnemosyne.core.reflect.ReflectorState;
import io.mnemosyne.core.reflect.RequestHeader;

/** memory + reflector.results -> memory, reflector.requests. */
final class ReflectorTask extends Task<Kept<ReflectorTask.Reflecting>> {
    private final Pipeline pipeline;

    /** What is kept of one thread. */
    static final class Reflecting {
        private ReflectorState state;
        private final Map<String, Segment> segments = new HashMap<>();
        private Optional<RequestHeader> lease = Optional.empty();
        private Optional<ReflectionRequest> awaited = Optional.empty();
        private final List<ReflectorEvent> events = new ArrayList<>();
        private final List<ReflectorEffect> effects = new ArrayList<>();

        Reflecting(ReflectorState state) {
            this.state = state;
        }

        Reflecting copy() {
            Reflecting copy = new Reflecting(state);
            copy.segments.putAll(segments);
            copy.lease = lease;
            copy.awaited = awaited;
            copy.events.addAll(events);
            copy.effects.addAll(effects);
            return copy;
        }

        ReflectorState state() {
            return state;
        }

        /** Everything that was decided about, in that order. */
        List<ReflectorEvent> events() {
            return events;
        }

        /** What came of all of it. */
        List<ReflectorEffect> effects() {
            return effects;
        }
    }

    ReflectorTask(Pipeline pipeline) {
        super(new Kept<>(key -> new Reflecting(ReflectorState.fresh(key, 0)), Reflecting::copy), Kept::copy);
        this.pipeline = pipeline;
    }

    @Override
    boolean read(int input) {
        return input == 0
                ? memory().read(input, pipeline.memory, found -> ReflectorEvent.of(found.value(), found.at())
                        .ifPresent(event -> decide(found.value().thread(), event)))
                : memory().read(input, pipeline.reflections.results, found -> decide(found.value().thread(),
                        new ReflectorEvent.ResultArrived(found.value(), found.at())));
    }

    @Override
    void tick() {
        memory().threads().forEach(thread -> thread.lease
                .filter(sent -> !sent.leaseUntil().isAfter(pipeline.now())).ifPresent(sent -> {
                    thread.lease = Optional.empty();
                    pipeline.reflections.results.append(new ReflectionResult(thread.state.thread(),
                            thread.state.incarnation(), sent.requestId(), sent.attempt(),
                            new ReflectionResult.Expired()), pipeline.now(), transaction());
                }));
    }

    private void decide(ThreadKey key, ReflectorEvent event) {
        Reflecting thread = memory().of(key);
        ReflectorState before = thread.state;
        Decision<ReflectorState, ReflectorEffect> decision = pipeline.machines.reflector().decide(before, event,
                pipeline.policy);
        thread.state = decision.state();
        thread.events.add(event);
        thread.effects.addAll(decision.effects());
        pipeline.tally.count(decision.counts());
        if (thread.state.incarnation() != before.incarnation()) {
            thread.awaited = Optional.empty();
        }
        if (event instanceof ReflectorEvent.ResultArrived(ReflectionResult result, Instant _)) {
            Fence.ofReflections(before, decision, result, thread.awaited);
            boolean answered = !thread.state.inFlight().equals(before.inFlight());
            thread.awaited = thread.awaited.filter(_ -> !answered || isRetry(decision, thread));
        }
        if (!thread.state.inFlight().equals(before.inFlight())) {
            thread.lease = thread.state.inFlight();
        }
        decision.effects().forEach(effect -> apply(thread, effect, event.at()));
        Invariants.whatIsInFlightWasSent(thread.state.inFlight().map(RequestHeader::requestId),
                thread.awaited.map(ReflectionRequest::requestId));
        Invariants.segmentsFollowEachOther(thread.state.live().stream().map(LiveSegment::range).toList());
    }

    /** A request that was answered by a failure is sent again, and answered by nothing else. */
    private static boolean isRetry(Decision<ReflectorState, ReflectorEffect> decision, Reflecting thread) {
        return decision.effects().stream().anyMatch(effect -> effect instanceof ReflectorEffect.Request(var header)
                && thread.awaited.filter(sent -> sent.requestId().equals(header.requestId())).isPresent()
                && header.attempt() > 1);
    }

    private void apply(Reflecting thread, ReflectorEffect effect, Instant at) {
        switch (effect) {
            case ReflectorEffect.Forget _ -> thread.segments.clear();
            case ReflectorEffect.Keep(Segment segment) -> thread.segments.put(segment.id(), segment);
            case ReflectorEffect.Reflect(Segment segment, List<String> replaces) -> {
                thread.segments.put(segment.id(), segment);
                replaces.forEach(thread.segments::remove);
                write(thread, new MemoryEvent.Reflected(segment, replaces), at);
            }
            case ReflectorEffect.WriteState(var project) -> write(thread, new MemoryEvent.StateChanged(project), at);
            case ReflectorEffect.Request(RequestHeader header) -> {
                ReflectionRequest whole = header.with(thread.state, header.segments().stream()
                        .map(id -> Objects.requireNonNull(thread.segments.get(id), "the text of a live segment"))
                        .toList());
                Invariants.oneInFlight(thread.awaited.map(Sent::of), Sent.of(whole));
                thread.awaited = Optional.of(whole);
                pipeline.reflections.requests.append(whole, at, transaction());
            }
        }
    }

    private void write(Reflecting thread, MemoryEvent event, Instant at) {
        pipeline.memory.append(new MemoryRecord(thread.state.thread(), thread.state.incarnation(), event), at,
                transaction());
    }
}
