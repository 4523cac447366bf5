package io.mnemosyne.core.thread;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;

import net.jqwik.api.Example;
import net.jqwik.api.RandomGenerator;

import io.mnemosyne.core.Decision;
import io.mnemosyne.core.Provenance;
import io.mnemosyne.core.Segment;
import io.mnemosyne.core.SeqRange;
import io.mnemosyne.core.observe.ObservationResult;
import io.mnemosyne.core.observe.ObserverEvent;
import io.mnemosyne.core.observe.ObserverState;
import io.mnemosyne.core.reflect.LiveSegment;
import io.mnemosyne.core.reflect.ReflectionResult;
import io.mnemosyne.core.reflect.ReflectorEffect;
import io.mnemosyne.core.reflect.ReflectorEvent;
import io.mnemosyne.core.reflect.ReflectorState;
import io.mnemosyne.core.view.View;
import io.mnemosyne.core.view.ViewState;

import static org.assertj.core.api.Assertions.assertThat;

/** The properties are worth something: machines that break an invariant do not get through them. */
class BrokenMachinesTest {
    private static final int TRIES = 500;
    private static final long SEED = 42;
    private static final Machines SOUND = Machines.sound();

    @Example
    void shouldFindAnObserverWithoutAFence() {
        // given one that takes any answer for the one it waits for
        Machines broken = SOUND.withObserver((state, event, policy) -> SOUND.observer().decide(state,
                event instanceof ObserverEvent.ResultArrived(var result, var at)
                        ? new ObserverEvent.ResultArrived(unfenced(state, result), at)
                        : event,
                policy));
        // then
        assertThat(firstViolation(broken)).contains("4 fenced");
    }

    @Example
    void shouldFindAReflectorWithoutAFence() {
        // given one that takes any answer for the one it waits for
        Machines broken = SOUND.withReflector((state, event, policy) -> SOUND.reflector().decide(state,
                event instanceof ReflectorEvent.ResultArrived(var result, var at)
                        ? new ReflectorEvent.ResultArrived(unfenced(state, result), at)
                        : event,
                policy));
        // then
        assertThat(firstViolation(broken)).contains("4 fenced");
    }

    @Example
    void shouldFindAReflectorThatReplacesWhateverIsThere() {
        // given one that puts its answer in the place of all that is live, also of what came after the request
        Machines broken = SOUND.withReflector((state, event, policy) -> {
            Decision<ReflectorState, ReflectorEffect> decision = SOUND.reflector().decide(state, event, policy);
            return decision.effects().stream().anyMatch(ReflectorEffect.Reflect.class::isInstance)
                    ? replacingAll(state, decision)
                    : decision;
        });
        // then
        assertThat(firstViolation(broken)).contains("5 named replacement");
    }

    @Example
    void shouldFindAnObserverThatTakesAFailureForAnEmptyAnswer() {
        // given
        Machines broken = SOUND.withObserver((state, event, policy) -> SOUND.observer().decide(state,
                event instanceof ObserverEvent.ResultArrived(var result, var at)
                        && result.outcome() instanceof ObservationResult.Failed
                                ? new ObserverEvent.ResultArrived(new ObservationResult(result.thread(),
                                        result.incarnation(), result.requestId(), result.attempt(),
                                        new ObservationResult.Nothing(new Provenance("", "", "", 0, 0))), at)
                                : event,
                policy));
        // then
        assertThat(firstViolation(broken)).contains("6 failed is not empty");
    }

    @Example
    void shouldFindAWatchThatForgetsThatItHasWarned() {
        // given
        View view = new View(Machines.COUNTER);
        Machines broken = SOUND.withView((rows, input, policy) -> {
            ViewState head = rows.head();
            return view.decide(new ViewState(head.incarnation(), head.appliedThrough(), head.changedPolicy(),
                    head.turns(), head.available(), head.shown(), head.totals(), head.openEdits(), head.provider(),
                    head.calibrated(), head.objects(), head.asked(), head.groups(), head.carried(), head.cached(),
                    Optional.empty()), input, policy, rows);
        });
        // then
        assertThat(firstViolation(broken)).contains("watch: once in an epoch");
    }

    @Example
    void shouldFindAWatchThatNeverWarns() {
        // given
        Machines broken = SOUND.withView((rows, input, policy) -> SOUND.view().decide(rows, input,
                policy.compactingAt(1)));
        // then
        assertThat(firstViolation(broken)).contains("watch: ");
    }

    private static String firstViolation(Machines machines) {
        RandomGenerator<List<Interleavings.Step>> lives = Interleavings.lives().generator(TRIES);
        Random random = new Random(SEED);
        for (int i = 0; i < TRIES; i++) {
            List<Interleavings.Step> life = lives.next(random).value();
            try {
                Lives.live(new Pipeline(machines, Lives.SMALL, 1), life, _ -> {
                });
            } catch (AssertionError violation) {
                return violation.getMessage();
            }
        }
        return "nothing in " + TRIES + " lives";
    }

    private static ObservationResult unfenced(ObserverState state, ObservationResult result) {
        return state.inFlight().filter(_ -> !(result.outcome() instanceof ObservationResult.Idle))
                .map(sent -> new ObservationResult(result.thread(), state.incarnation(), sent.requestId(),
                        sent.attempt(), result.outcome()))
                .orElse(result);
    }

    private static ReflectionResult unfenced(ReflectorState state, ReflectionResult result) {
        return state.inFlight().map(sent -> new ReflectionResult(result.thread(), state.incarnation(),
                sent.requestId(), sent.attempt(), result.outcome())).orElse(result);
    }

    private static Decision<ReflectorState, ReflectorEffect> replacingAll(ReflectorState before,
            Decision<ReflectorState, ReflectorEffect> decision) {
        ReflectorState after = decision.state();
        SeqRange all = before.live().stream().map(LiveSegment::range).reduce(SeqRange::span).orElseThrow();
        List<String> ids = before.live().stream().map(LiveSegment::id).toList();
        List<ReflectorEffect> effects = new ArrayList<>();
        List<LiveSegment> live = new ArrayList<>();
        for (ReflectorEffect effect : decision.effects()) {
            if (effect instanceof ReflectorEffect.Reflect(Segment segment, List<String> _)) {
                Segment larger = new Segment(segment.id(), segment.kind(), all, segment.level(), segment.entries(),
                        segment.title(), segment.currentTask(), segment.nextStep(), segment.tokens());
                effects.add(new ReflectorEffect.Reflect(larger, ids));
                live.add(new LiveSegment(larger.id(), all, larger.kind(), larger.level(), larger.tokens(),
                        larger.tokens(), larger.entries().size()));
            } else if (!(effect instanceof ReflectorEffect.Request)) {
                effects.add(effect);
            }
        }
        return Decision.of(new ReflectorState(after.thread(), after.incarnation(), live, Optional.empty(),
                after.resumeAbove(), after.project(), after.edits(), after.policy()), effects);
    }
}
