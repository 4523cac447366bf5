package io.mnemosyne.replay.machines;

import java.time.Instant;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

import io.mnemosyne.core.Decision;
import io.mnemosyne.core.MemoryEvent;
import io.mnemosyne.core.MemoryRecord;
import io.mnemosyne.core.Policy;
import io.mnemosyne.core.Rendition;
import io.mnemosyne.core.Segment;
import io.mnemosyne.core.SeqRange;
import io.mnemosyne.core.ThreadKey;
import io.mnemosyne.core.Turn;
import io.mnemosyne.core.TurnEvent;
import io.mnemosyne.core.TurnsRecord;
import io.mnemosyne.core.observe.Deadline;
import io.mnemosyne.core.observe.ObservationResult;
import io.mnemosyne.core.observe.Observer;
import io.mnemosyne.core.observe.ObserverEffect;
import io.mnemosyne.core.observe.ObserverEvent;
import io.mnemosyne.core.observe.ObserverState;
import io.mnemosyne.core.observe.Renditions;

/** The observer of one thread, with the rows that its topology keeps. */
final class ObserverStage {
    private final Observer observer;
    private final Policy policy;
    private final Tape tape;
    private final TreeMap<Long, Rendition> renditions = new TreeMap<>();
    private final Set<Deadline> deadlines = new HashSet<>();
    private ObserverState state;

    ObserverStage(ThreadKey thread, Observer observer, Policy policy, Tape tape) {
        this.observer = observer;
        this.policy = policy;
        this.tape = tape;
        state = ObserverState.fresh(thread, 0);
    }

    ObserverState state() {
        return state;
    }

    int rows() {
        return renditions.size();
    }

    void read(TurnsRecord record, Instant at) {
        Optional<Rendition> rendition = record.event() instanceof TurnEvent.Appended(Turn turn)
                ? Optional.of(Renditions.of(turn))
                : Optional.empty();
        ObserverEvent.of(record, at).ifPresent(event -> decide(event, rendition));
    }

    void read(ObservationResult result, Instant at) {
        decide(new ObserverEvent.ResultArrived(result, at), Optional.empty());
    }

    /** Takes out what the thread waits for that is over by a time, if anything. It does not come again. */
    Optional<Deadline> takePassed(Instant by) {
        Optional<Deadline> passed = deadlines.stream().filter(deadline -> deadline.at().isBefore(by))
                .min(Comparator.comparing(Deadline::at));
        passed.ifPresent(deadlines::remove);
        return passed;
    }

    private void decide(ObserverEvent event, Optional<Rendition> rendition) {
        Decision<ObserverState, ObserverEffect> decision = observer.decide(state, event, policy);
        move(Deadline.of(state, policy), Deadline.of(decision.state(), policy));
        state = decision.state();
        for (ObserverEffect effect : decision.effects()) {
            switch (effect) {
                case ObserverEffect.Keep(long seq) -> rendition.ifPresent(kept -> renditions.put(seq, kept));
                case ObserverEffect.Forget(SeqRange range) -> of(range).clear();
                case ObserverEffect.Request request -> tape
                        .add(request.with(state, List.copyOf(of(request.range()).values()), policy));
                case ObserverEffect.Append(Segment segment) -> remember(new MemoryEvent.Observed(segment));
                case ObserverEffect.Relay(var command) -> remember(new MemoryEvent.Controlled(command));
                case ObserverEffect.Purge _ -> renditions.clear();
            }
        }
    }

    private void move(List<Deadline> before, List<Deadline> after) {
        before.stream().filter(deadline -> !after.contains(deadline)).forEach(deadlines::remove);
        after.stream().filter(deadline -> !before.contains(deadline)).forEach(deadlines::add);
    }

    private NavigableMap<Long, Rendition> of(SeqRange range) {
        return renditions.subMap(range.from(), true, range.to(), true);
    }

    private void remember(MemoryEvent event) {
        tape.add(new MemoryRecord(state.thread(), state.incarnation(), event));
    }
}
