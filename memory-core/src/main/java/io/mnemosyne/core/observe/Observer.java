package io.mnemosyne.core.observe;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import io.mnemosyne.core.Command;
import io.mnemosyne.core.Decision;
import io.mnemosyne.core.LogEntry;
import io.mnemosyne.core.Policy;
import io.mnemosyne.core.PolicyChange;
import io.mnemosyne.core.ProviderFacts;
import io.mnemosyne.core.ReportedUsage;
import io.mnemosyne.core.Role;
import io.mnemosyne.core.Segment;
import io.mnemosyne.core.SeqRange;
import io.mnemosyne.core.TurnFacts;
import io.mnemosyne.core.observe.ObservationRequest.Priority;
import io.mnemosyne.core.observe.ObservationResult.Expired;
import io.mnemosyne.core.observe.ObservationResult.Failed;
import io.mnemosyne.core.observe.ObservationResult.Idle;
import io.mnemosyne.core.observe.ObservationResult.Nothing;
import io.mnemosyne.core.observe.ObservationResult.Observed;
import io.mnemosyne.core.tokens.TokenCounter;

/**
 * Decides what to observe and when it counts. Owns the watermark of one thread and the segments that cover it up to
 * there: ranges are contiguous, the watermark never moves back, and at most one request is unanswered.
 */
public final class Observer {
    /**
     * Attempts after which a request is marked degraded: its answer counts even if no entry is usable, so that coverage
     * goes on.
     */
    public static final int MAX_ATTEMPTS = 3;
    /** How long a request may stay unanswered before it counts as lost. */
    public static final Duration LEASE = Duration.ofMinutes(10);

    /** Counter: an answer to a request that is not, or no longer, the one in flight; a useless one to an older attempt. */
    public static final String STALE_RESULT = "result.stale";
    /** Counter: a record from before the thread was deleted. */
    public static final String OLD_INCARNATION = "incarnation.old";
    /** Counter: a turn that was applied before. */
    public static final String REPEATED_TURN = "turn.repeated";
    /** Counter: turns are missing before this one; their numbers are covered without having been observed. */
    public static final String MISSING_TURNS = "turn.gap";
    /** Counter: an entry that rests on no turn of its range, says nothing or found no room. */
    public static final String DROPPED_ENTRY = "entry.dropped";
    /** Counter: a command whose arguments make no sense. */
    public static final String IGNORED = "command.ignored";
    /** Counter: an answer without any usable entry that did not say that nothing was notable. */
    public static final String EMPTY_ANSWER = "result.empty";
    /** Counter: a request is sent again. */
    public static final String RETRY = "request.retried";
    /** Counter: a request is sent marked degraded. */
    public static final String DEGRADED = "request.degraded";
    /** Counter: a degraded request failed too, and waits for a lease before it is sent again. */
    public static final String HELD = "request.held";

    private final Observations observations;
    private final PriorMemory priorMemory;

    /**
     * An observer of any number of threads; it keeps nothing itself.
     *
     * @param tokens counts the text of segments
     */
    public Observer(TokenCounter tokens) {
        this.observations = new Observations(tokens);
        this.priorMemory = new PriorMemory(tokens);
    }

    /**
     * Decides what an event means for its thread. Total: an event that does not fit changes nothing and is counted.
     *
     * @param standing the policy of threads that have none of their own
     */
    public Decision<ObserverState, ObserverEffect> decide(ObserverState state, ObserverEvent event, Policy standing) {
        if (event.incarnation() < state.incarnation()) {
            return Decision.<ObserverState, ObserverEffect>unchanged(state).count(OLD_INCARNATION);
        }
        return switch (event) {
            case ObserverEvent.TurnAppended turn -> enter(state, turn.incarnation())
                    .then(current -> append(current, turn, standing))
                    .then(current -> proceed(current, standing, turn.at()));
            case ObserverEvent.Controlled control -> enter(state, control.incarnation())
                    .then(current -> obey(current, control.command(), standing))
                    .then(current -> proceed(current, standing, control.at()));
            case ObserverEvent.ResultArrived(var result, var _) when isStale(state, result) -> Decision
                    .<ObserverState, ObserverEffect>unchanged(state).count(STALE_RESULT);
            case ObserverEvent.ResultArrived arrived -> answer(state, arrived, standing)
                    .then(current -> proceed(current, standing, arrived.at()));
        };
    }

    /** The policy that governs a thread. */
    public static Policy governing(ObserverState state, Policy standing) {
        return state.policy().map(change -> change.of(standing)).orElse(standing);
    }

    private static Decision<ObserverState, ObserverEffect> enter(ObserverState state, long incarnation) {
        return incarnation == state.incarnation()
                ? Decision.unchanged(state)
                : Decision.of(ObserverState.fresh(state.thread(), incarnation), List.of(new ObserverEffect.Purge()));
    }

    private static Decision<ObserverState, ObserverEffect> append(ObserverState state,
            ObserverEvent.TurnAppended event, Policy standing) {
        TurnFacts turn = event.turn();
        if (turn.seq() < state.nextSeq()) {
            return Decision.<ObserverState, ObserverEffect>unchanged(state).count(REPEATED_TURN);
        }
        // A system turn only takes its number.
        Decision<ObserverState, ObserverEffect> decision = turn.role() == Role.SYSTEM
                ? Decision.unchanged(state.pass(turn, event.at()))
                : Decision.of(state.append(turn, event.at()), List.of(new ObserverEffect.Keep(turn.seq())));
        Decision<ObserverState, ObserverEffect> counted = turn.seq() == state.nextSeq()
                ? decision
                : decision.count(MISSING_TURNS);
        return counted.then(current -> event.model().map(model -> call(current, model, event.at(), standing))
                .orElseGet(() -> Decision.unchanged(current)));
    }

    /** An assistant's turn tells that its model was called. One whose cache is cold has nothing to lose by activation. */
    private static Decision<ObserverState, ObserverEffect> call(ObserverState state, String model, Instant at,
            Policy standing) {
        Policy policy = governing(state, standing);
        ProviderFacts provider = state.providerFacts();
        ObserverState called = state.with(provider.called(model, at));
        return provider.isChangeToColdCache(model, at, Duration.ofSeconds(policy.cachePrices().ttlSeconds()))
                ? activate(called, Activation.chunks(called, policy))
                : Decision.unchanged(called);
    }

    private static Decision<ObserverState, ObserverEffect> obey(ObserverState state, Command command,
            Policy standing) {
        Decision<ObserverState, ObserverEffect> relayed = Decision.of(state,
                List.of(new ObserverEffect.Relay(command)));
        return switch (command.kind()) {
            case DELETE, EDIT -> relayed;
            case POLICY -> relayed.then(current -> Decision.unchanged(
                    current.governedBy(current.policy().orElse(PolicyChange.NONE).and(command.arguments()))));
            case USAGE -> ReportedUsage.of(command)
                    .map(usage -> state.with(state.providerFacts().reported(usage, governing(state, standing))))
                    .map(Decision::<ObserverState, ObserverEffect>unchanged)
                    .orElseGet(() -> Decision.<ObserverState, ObserverEffect>unchanged(state).count(IGNORED));
            // As after a report of a prompt that hardly fits: what is observed is activated, and the rest is asked for first.
            case COMPACT -> Decision.unchanged(state.with(state.providerFacts().withFull(true)));
            // Not about memory: the context reads these among the turns.
            case PIN, RELEASE, RESTORE, QUERY -> Decision.unchanged(state);
        };
    }

    /** The fence. Work on the range in flight applies once; a failure or nonsense only if of the latest attempt. */
    private static boolean isStale(ObserverState state, ObservationResult result) {
        if (result.incarnation() != state.incarnation()) {
            return true;
        }
        return switch (result.outcome()) {
            case Idle _ -> state.chunks().buffered().isEmpty();
            case Nothing _ -> state.inFlight().filter(sent -> sent.isAnsweredBy(result)).isEmpty();
            case Observed observed -> state.inFlight().filter(sent -> sent.isFailedBy(result)
                    || (sent.isAnsweredBy(result) && isUsable(observed, sent))).isEmpty();
            case Failed _,Expired _ -> state.inFlight().filter(sent -> sent.isFailedBy(result)).isEmpty();
        };
    }

    private static boolean isUsable(Observed observed, InFlight sent) {
        return !Observations.usable(observed.entries(), sent.range()).isEmpty();
    }

    private Decision<ObserverState, ObserverEffect> answer(ObserverState state, ObserverEvent.ResultArrived arrived,
            Policy standing) {
        Policy policy = governing(state, standing);
        return switch (arrived.result().outcome()) {
            case Idle(Instant until) -> state.isQuiet(policy, until)
                    ? activate(state, Activation.chunks(state, policy))
                    : Decision.<ObserverState, ObserverEffect>unchanged(state).count(STALE_RESULT);
            case Observed observed -> observe(state, observed, policy, arrived.at());
            case Nothing _ -> buffer(state, emptySegment(state, policy), policy);
            case Failed(var _, boolean retryable) -> retry(state, retryable, policy, arrived.at());
            case Expired _ -> relaunch(state, sent(state).attempt() + 1, policy, arrived.at());
        };
    }

    private Decision<ObserverState, ObserverEffect> observe(ObserverState state, Observed observed, Policy policy,
            Instant at) {
        InFlight sent = sent(state);
        List<LogEntry> entries = Observations.usable(observed.entries(), sent.range());
        Decision<ObserverState, ObserverEffect> counted = Decision.unchanged(state);
        for (int i = entries.size(); i < observed.entries().size(); i++) {
            counted = counted.count(DROPPED_ENTRY);
        }
        if (entries.isEmpty() && sent.attempt() <= MAX_ATTEMPTS) {
            return counted.count(EMPTY_ANSWER).then(current -> retry(current, true, policy, at));
        }
        List<LogEntry> unread = entries.isEmpty() ? List.of(Unread.range(sent.range())) : unread(state, policy);
        Segment segment = observations.segment(state, policy, sent.range(), Unread.among(entries, unread),
                observed.title(),
                observed.currentTask(), observed.nextStep());
        return counted.then(current -> buffer(current, segment, policy));
    }

    private Segment emptySegment(ObserverState state, Policy policy) {
        return observations.segment(state, policy, sent(state).range(), unread(state, policy), Optional.empty(),
                Optional.empty(), Optional.empty());
    }

    private static List<LogEntry> unread(ObserverState state, Policy policy) {
        SeqRange range = sent(state).range();
        return Unread.giants(state.uncovered().stream().filter(turn -> range.contains(turn.seq())).toList(),
                BufferInterval.cap(policy));
    }

    private Decision<ObserverState, ObserverEffect> buffer(ObserverState state, Segment segment, Policy policy) {
        String memory = priorMemory.followedBy(state.chunks().priorMemory(), segment, policy);
        return Decision.of(state.buffer(segment, memory), List.of(new ObserverEffect.Forget(segment.range())));
    }

    private static Decision<ObserverState, ObserverEffect> retry(ObserverState state, boolean retryable, Policy policy,
            Instant at) {
        InFlight sent = sent(state);
        if (sent.attempt() > MAX_ATTEMPTS) {
            return Decision.<ObserverState, ObserverEffect>unchanged(state.await(sent.heldUntil(at.plus(LEASE))))
                    .count(HELD);
        }
        return relaunch(state, retryable ? sent.attempt() + 1 : MAX_ATTEMPTS + 1, policy, at);
    }

    private static Decision<ObserverState, ObserverEffect> relaunch(ObserverState state, int attempt, Policy policy,
            Instant at) {
        Decision<ObserverState, ObserverEffect> launched = launch(state, sent(state).again(attempt, at.plus(LEASE)),
                policy);
        return launched.count(attempt > MAX_ATTEMPTS ? DEGRADED : RETRY);
    }

    private static Decision<ObserverState, ObserverEffect> proceed(ObserverState state, Policy standing, Instant at) {
        Policy policy = governing(state, standing);
        return activateIfDue(state, policy).then(current -> requestIfDue(current, policy, at))
                .then(Observer::relieve);
    }

    private static Decision<ObserverState, ObserverEffect> activateIfDue(ObserverState state, Policy policy) {
        int count = Activation.chunks(state, policy);
        boolean due = state.uncoveredTokens() >= policy.observationThreshold()
                && !Activation.isPremature(state, count, policy);
        if (count == 0 || !(due || state.pressed())) {
            return Decision.unchanged(state);
        }
        // A step that spared the turns behind a chunk must not leave more than may wait for the next event.
        return activate(state, count).then(current -> current.uncoveredTokens() >= policy.synchronousLine()
                ? activateIfDue(current, policy)
                : Decision.unchanged(current));
    }

    /** What could be done about a large prompt is done; the next report tells whether it was enough. */
    private static Decision<ObserverState, ObserverEffect> relieve(ObserverState state) {
        return Decision.unchanged(state.pressed() && state.inFlight().isEmpty()
                ? state.with(state.providerFacts().withFull(false))
                : state);
    }

    private static Decision<ObserverState, ObserverEffect> activate(ObserverState state, int count) {
        if (count == 0) {
            return Decision.unchanged(state);
        }
        List<ObserverEffect> effects = new ArrayList<>();
        state.chunks().buffered().subList(0, count).forEach(chunk -> effects.add(new ObserverEffect.Append(chunk)));
        return Decision.of(state.activate(count), effects);
    }

    private static Decision<ObserverState, ObserverEffect> requestIfDue(ObserverState state, Policy policy,
            Instant at) {
        if (state.inFlight().isPresent() || !policy.observes()) {
            return Decision.unchanged(state);
        }
        Optional<SeqRange> due = NextChunk.of(state, policy);
        return due
                .map(range -> launch(state,
                        InFlight.first(state.thread(), state.incarnation(), range, at.plus(LEASE)), policy))
                .orElse(Decision.unchanged(state));
    }

    private static Decision<ObserverState, ObserverEffect> launch(ObserverState state, InFlight request,
            Policy policy) {
        boolean urgent = state.pressed() || state.uncoveredTokens() >= policy.synchronousLine();
        Priority priority = urgent ? Priority.HIGH : Priority.NORMAL;
        return Decision.of(state.await(request), List.of(new ObserverEffect.Request(request.requestId(),
                request.range(), request.attempt(), request.leaseUntil(), priority)));
    }

    private static InFlight sent(ObserverState state) {
        return state.inFlight().orElseThrow();
    }
}
