package io.mnemosyne.core.thread;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

import io.mnemosyne.core.Decision;
import io.mnemosyne.core.MemoryEvent;
import io.mnemosyne.core.MemoryRecord;
import io.mnemosyne.core.Rendition;
import io.mnemosyne.core.Role;
import io.mnemosyne.core.SeqRange;
import io.mnemosyne.core.ThreadKey;
import io.mnemosyne.core.Turn;
import io.mnemosyne.core.TurnEvent;
import io.mnemosyne.core.TurnFacts;
import io.mnemosyne.core.TurnsRecord;
import io.mnemosyne.core.observe.Deadline;
import io.mnemosyne.core.observe.ObservationRequest;
import io.mnemosyne.core.observe.ObservationResult;
import io.mnemosyne.core.observe.ObserverEffect;
import io.mnemosyne.core.observe.ObserverEvent;
import io.mnemosyne.core.observe.ObserverState;
import io.mnemosyne.core.observe.Renditions;

/** turns + observer.results -> memory, observer.requests. */
final class ObserverTask extends Task<Kept<ObserverTask.Observing>> {
    private final Pipeline pipeline;

    /** What is kept of one thread. */
    static final class Observing {
        private ObserverState state;
        private final List<TurnFacts> turns = new ArrayList<>();
        private final TreeMap<Long, Rendition> renditions = new TreeMap<>();
        private final Set<Deadline> deadlines = new HashSet<>();
        private Optional<ObservationRequest> awaited = Optional.empty();
        private final List<ObserverEvent> events = new ArrayList<>();
        private final List<ObserverEffect> effects = new ArrayList<>();

        Observing(ObserverState state) {
            this.state = state;
        }

        Observing copy() {
            Observing copy = new Observing(state);
            copy.turns.addAll(turns);
            copy.renditions.putAll(renditions);
            copy.deadlines.addAll(deadlines);
            copy.awaited = awaited;
            copy.events.addAll(events);
            copy.effects.addAll(effects);
            return copy;
        }

        ObserverState state() {
            return state;
        }

        /** Turns of this incarnation that were read, oldest first. */
        List<TurnFacts> turns() {
            return turns;
        }

        /** Everything that was decided about, in that order. */
        List<ObserverEvent> events() {
            return events;
        }

        /** What came of all of it. */
        List<ObserverEffect> effects() {
            return effects;
        }
    }

    ObserverTask(Pipeline pipeline) {
        super(new Kept<>(key -> new Observing(ObserverState.fresh(key, 0)), Observing::copy), Kept::copy);
        this.pipeline = pipeline;
    }

    @Override
    boolean read(int input) {
        return input == 0
                ? memory().read(input, pipeline.turns, found -> ObserverEvent.of(found.value(), found.at())
                        .ifPresent(event -> decide(found.value().thread(), event, rendition(found.value()))))
                : memory().read(input, pipeline.observations.results, found -> decide(found.value().thread(),
                        new ObserverEvent.ResultArrived(found.value(), found.at()), Optional.empty()));
    }

    @Override
    void tick() {
        for (Observing thread : memory().threads()) {
            List<Deadline> passed = thread.deadlines.stream().filter(deadline -> deadline.at().isBefore(pipeline.now()))
                    .toList();
            passed.forEach(deadline -> {
                thread.deadlines.remove(deadline);
                pipeline.observations.results.append(deadline.result(), pipeline.now(), transaction());
            });
        }
    }

    private static Optional<Rendition> rendition(TurnsRecord record) {
        return record.event() instanceof TurnEvent.Appended(Turn turn)
                ? Optional.of(Renditions.of(turn))
                : Optional.empty();
    }

    private void decide(ThreadKey key, ObserverEvent event, Optional<Rendition> rendition) {
        Observing thread = memory().of(key);
        ObserverState before = thread.state;
        Decision<ObserverState, ObserverEffect> decision = pipeline.machines.observer().decide(before, event,
                pipeline.policy);
        ObserverState after = decision.state();
        thread.state = after;
        thread.events.add(event);
        thread.effects.addAll(decision.effects());
        pipeline.tally.count(decision.counts());
        if (after.incarnation() != before.incarnation()) {
            thread.turns.clear();
            thread.awaited = Optional.empty();
        }
        if (event instanceof ObserverEvent.TurnAppended appended && appended.incarnation() == after.incarnation()) {
            thread.turns.add(appended.turn());
        }
        if (event instanceof ObserverEvent.ResultArrived(ObservationResult result, Instant _)) {
            Fence.ofObservations(before, decision, result, thread.awaited);
        }
        move(thread.deadlines, Deadline.of(before, pipeline.policy), Deadline.of(after, pipeline.policy));
        thread.awaited = thread.awaited.filter(sent -> after.observedThrough() < sent.range().to());
        decision.effects().forEach(effect -> apply(thread, effect, event.at(), rendition));
        check(thread, before);
    }

    private void apply(Observing thread, ObserverEffect effect, Instant at, Optional<Rendition> rendition) {
        switch (effect) {
            case ObserverEffect.Keep(long seq) -> thread.renditions.put(seq, rendition.orElseThrow());
            case ObserverEffect.Forget(SeqRange range) -> of(thread, range).clear();
            case ObserverEffect.Request request -> send(thread, request, at);
            case ObserverEffect.Append(var segment) -> write(thread, new MemoryEvent.Observed(segment), at);
            case ObserverEffect.Relay(var command) -> write(thread, new MemoryEvent.Controlled(command), at);
            case ObserverEffect.Purge _ -> thread.renditions.clear();
        }
    }

    private void send(Observing thread, ObserverEffect.Request request, Instant at) {
        List<Rendition> kept = List.copyOf(of(thread, request.range()).values());
        Invariants.nothingIsLeftOutOfARequest(request.range(), kept, thread.turns);
        ObservationRequest whole = request.with(thread.state, kept, pipeline.policy);
        Invariants.oneInFlight(thread.awaited.map(Sent::of), Sent.of(whole));
        thread.awaited = Optional.of(whole);
        pipeline.observations.requests.append(whole, at, transaction());
    }

    private void write(Observing thread, MemoryEvent event, Instant at) {
        pipeline.memory.append(new MemoryRecord(thread.state.thread(), thread.state.incarnation(), event), at,
                transaction());
    }

    private static NavigableMap<Long, Rendition> of(Observing thread, SeqRange range) {
        return thread.renditions.subMap(range.from(), true, range.to(), true);
    }

    private static void move(Set<Deadline> rows, List<Deadline> before, List<Deadline> after) {
        before.stream().filter(deadline -> !after.contains(deadline)).forEach(rows::remove);
        after.stream().filter(deadline -> !before.contains(deadline)).forEach(rows::add);
    }

    private static void check(Observing thread, ObserverState before) {
        ObserverState state = thread.state;
        Invariants.whatIsInFlightWasSent(state.inFlight().map(sent -> sent.requestId()),
                thread.awaited.map(ObservationRequest::requestId));
        if (state.incarnation() == before.incarnation()) {
            Invariants.monotonic(before.watermark(), state.watermark());
            Invariants.monotonic(before.observedThrough(), state.observedThrough());
        }
        Invariants.whatIsNotCoveredIsRaw(state.uncovered(), thread.turns.stream()
                .filter(turn -> turn.seq() > state.watermark() && turn.role() != Role.SYSTEM).toList());
    }
}
