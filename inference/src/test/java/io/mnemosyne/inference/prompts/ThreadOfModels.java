package io.mnemosyne.inference.prompts;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

import io.mnemosyne.core.Policy;
import io.mnemosyne.core.Rendition;
import io.mnemosyne.core.Role;
import io.mnemosyne.core.Segment;
import io.mnemosyne.core.ThreadKey;
import io.mnemosyne.core.TurnFacts;
import io.mnemosyne.core.observe.ObservationResult;
import io.mnemosyne.core.observe.Observer;
import io.mnemosyne.core.observe.ObserverEffect;
import io.mnemosyne.core.observe.ObserverEvent;
import io.mnemosyne.core.observe.ObserverState;
import io.mnemosyne.core.reflect.ReflectionRequest;
import io.mnemosyne.core.reflect.ReflectionResult;
import io.mnemosyne.core.reflect.Reflector;
import io.mnemosyne.core.reflect.ReflectorEffect;
import io.mnemosyne.core.reflect.ReflectorEvent;
import io.mnemosyne.core.reflect.ReflectorState;
import io.mnemosyne.core.tokens.TokenCounter;
import io.mnemosyne.inference.providers.ModelException;

/** A thread whose machines ask models, in one loop. */
final class ThreadOfModels {
    private static final ThreadKey THREAD = new ThreadKey("default", "t");
    private final Policy policy;
    private final Observer observer;
    private final Reflector reflector;
    private final ModelObserver observing;
    private final ModelReflector reflecting;
    private final TreeMap<Long, Rendition> renditions = new TreeMap<>();
    private final Map<String, Segment> segments = new HashMap<>();
    private final Deque<ObserverEvent> toObserver = new ArrayDeque<>();
    private final Deque<ReflectorEvent> toReflector = new ArrayDeque<>();
    private final List<String> counts = new ArrayList<>();
    private ObserverState observed = ObserverState.fresh(THREAD, 0);
    private ReflectorState reflected = ReflectorState.fresh(THREAD, 0);

    ThreadOfModels(Policy policy, TokenCounter counter, ModelObserver observing, ModelReflector reflecting) {
        this.policy = policy;
        this.observer = new Observer(counter);
        this.reflector = new Reflector(counter);
        this.observing = observing;
        this.reflecting = reflecting;
    }

    /** Counters of both machines, as they were raised. */
    List<String> counts() {
        return counts;
    }

    ReflectorState memory() {
        return reflected;
    }

    long watermark() {
        return observed.watermark();
    }

    void append(Rendition turn, TurnFacts facts) throws ModelException, InterruptedException {
        Instant at = turn.at().orElse(Instant.EPOCH);
        if (turn.role() != Role.SYSTEM) {
            renditions.put(turn.seq(), turn);
        }
        toObserver.add(new ObserverEvent.TurnAppended(0, facts, at));
        while (!toObserver.isEmpty() || !toReflector.isEmpty()) {
            if (!toObserver.isEmpty()) {
                observe(toObserver.poll(), at);
            } else {
                reflect(toReflector.poll(), at);
            }
        }
    }

    private void observe(ObserverEvent event, Instant at) throws ModelException, InterruptedException {
        var decision = observer.decide(observed, event, policy);
        observed = decision.state();
        counts.addAll(decision.counts());
        for (ObserverEffect effect : decision.effects()) {
            if (effect instanceof ObserverEffect.Request request) {
                var range = request.range();
                var asked = request.with(observed,
                        List.copyOf(renditions.subMap(range.from(), true, range.to(), true).values()),
                        policy);
                toObserver.add(new ObserverEvent.ResultArrived(new ObservationResult(THREAD, 0, request.requestId(),
                        request.attempt(), observing.answer(asked, Turns.inTime())), at));
            } else if (effect instanceof ObserverEffect.Append(Segment segment)) {
                toReflector.add(new ReflectorEvent.SegmentObserved(0, segment, at));
            }
        }
    }

    private void reflect(ReflectorEvent event, Instant at) throws ModelException, InterruptedException {
        var decision = reflector.decide(reflected, event, policy);
        reflected = decision.state();
        counts.addAll(decision.counts());
        for (ReflectorEffect effect : decision.effects()) {
            switch (effect) {
                case ReflectorEffect.Keep(Segment segment) -> segments.put(segment.id(), segment);
                case ReflectorEffect.Reflect(Segment segment, List<String> replaces) -> {
                    segments.put(segment.id(), segment);
                    replaces.forEach(segments::remove);
                }
                case ReflectorEffect.Request(var header) -> {
                    ReflectionRequest request = header.with(reflected,
                            header.segments().stream().map(id -> Objects.requireNonNull(segments.get(id))).toList());
                    toReflector.add(new ReflectorEvent.ResultArrived(new ReflectionResult(THREAD, 0, header.requestId(),
                            header.attempt(), reflecting.answer(request, Turns.inTime())), at));
                }
                case ReflectorEffect.Forget _,ReflectorEffect.WriteState _ -> {
                    // nothing is kept elsewhere
                }
            }
        }
    }

    List<Segment> segments() {
        return segments.values().stream().sorted(Comparator.comparing(segment -> segment.range().from()))
                .toList();
    }
}
