package io.mnemosyne.replay.machines;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import io.mnemosyne.core.Decision;
import io.mnemosyne.core.MemoryEvent;
import io.mnemosyne.core.MemoryRecord;
import io.mnemosyne.core.Policy;
import io.mnemosyne.core.Segment;
import io.mnemosyne.core.ThreadKey;
import io.mnemosyne.core.reflect.ReflectionResult;
import io.mnemosyne.core.reflect.Reflector;
import io.mnemosyne.core.reflect.ReflectorEffect;
import io.mnemosyne.core.reflect.ReflectorEvent;
import io.mnemosyne.core.reflect.ReflectorState;
import io.mnemosyne.core.reflect.RequestHeader;

/** The reflector of one thread, with the rows that its topology keeps. */
final class ReflectorStage {
    private final Reflector reflector;
    private final Policy policy;
    private final Tape tape;
    private final Map<String, Segment> segments = new HashMap<>();
    private ReflectorState state;

    ReflectorStage(ThreadKey thread, Reflector reflector, Policy policy, Tape tape) {
        this.reflector = reflector;
        this.policy = policy;
        this.tape = tape;
        state = ReflectorState.fresh(thread, 0);
    }

    ReflectorState state() {
        return state;
    }

    int rows() {
        return segments.size();
    }

    void read(MemoryRecord record, Instant at) {
        ReflectorEvent.of(record, at).ifPresent(this::decide);
    }

    void read(ReflectionResult result, Instant at) {
        decide(new ReflectorEvent.ResultArrived(result, at));
    }

    private void decide(ReflectorEvent event) {
        Decision<ReflectorState, ReflectorEffect> decision = reflector.decide(state, event, policy);
        state = decision.state();
        for (ReflectorEffect effect : decision.effects()) {
            switch (effect) {
                case ReflectorEffect.Forget _ -> segments.clear();
                case ReflectorEffect.Keep(Segment segment) -> segments.put(segment.id(), segment);
                case ReflectorEffect.Reflect(Segment segment, List<String> replaces) -> {
                    segments.put(segment.id(), segment);
                    replaces.forEach(segments::remove);
                    remember(new MemoryEvent.Reflected(segment, replaces));
                }
                case ReflectorEffect.WriteState(var project) -> remember(new MemoryEvent.StateChanged(project));
                case ReflectorEffect.Request(RequestHeader header) -> tape.add(header.with(state, texts(header)));
            }
        }
    }

    private List<Segment> texts(RequestHeader header) {
        return header.segments().stream().map(id -> Objects.requireNonNull(segments.get(id))).toList();
    }

    private void remember(MemoryEvent event) {
        tape.add(new MemoryRecord(state.thread(), state.incarnation(), event));
    }
}
