package io.mnemosyne.core.reflect;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import io.mnemosyne.core.Command;
import io.mnemosyne.core.Decision;
import io.mnemosyne.core.Policy;
import io.mnemosyne.core.PolicyChange;
import io.mnemosyne.core.ProjectState;
import io.mnemosyne.core.Segment;
import io.mnemosyne.core.Sha256;
import io.mnemosyne.core.tokens.TokenCounter;

/**
 * Decides which old segments to replace by a denser one and when that counts. Owns a thread's retirements and its
 * project state; the watermark and the observations are the observer's.
 */
public final class Reflector {
    /** How long a request may stay unanswered before it is taken for lost. */
    public static final Duration LEASE = Duration.ofMinutes(10);
    private static final int MAX_ATTEMPTS = 3;
    private static final double TARGET_SHARE = 0.6;
    /** An answer that leaves more than this of what it replaces did not help enough to go on at once. */
    private static final double WORTHWHILE_SHARE = 0.8;

    private final ReflectionWriter segments;

    public Reflector(TokenCounter counter) {
        this.segments = new ReflectionWriter(counter);
    }

    /**
     * Takes one event.
     *
     * @param deployment the policy of threads without a policy command of their own
     */
    public Decision<ReflectorState, ReflectorEffect> decide(ReflectorState state, ReflectorEvent event,
            Policy deployment) {
        if (event.incarnation() < state.incarnation()) {
            return Decision.<ReflectorState, ReflectorEffect>unchanged(state).count("incarnation.stale");
        }
        if (event.incarnation() > state.incarnation()) {
            ReflectorState reborn = ReflectorState.fresh(state.thread(), event.incarnation());
            Decision<ReflectorState, ReflectorEffect> rest = decide(reborn, event, deployment);
            return preceded(new ReflectorEffect.Forget(), rest);
        }
        Policy policy = state.policy().map(change -> change.of(deployment)).orElse(deployment);
        return switch (event) {
            case ReflectorEvent.SegmentObserved observed -> append(state, observed, policy);
            case ReflectorEvent.ResultArrived arrived -> answer(state, arrived, policy);
            case ReflectorEvent.Controlled control -> control(state, control.command(), policy);
        };
    }

    private Decision<ReflectorState, ReflectorEffect> append(ReflectorState state,
            ReflectorEvent.SegmentObserved observed, Policy policy) {
        Segment segment = observed.segment();
        if (!state.live().isEmpty() && segment.range().from() <= state.live().getLast().range().to()) {
            return Decision.<ReflectorState, ReflectorEffect>unchanged(state).count("segment.repeated");
        }
        ReflectorState next = state.append(LiveSegment.of(segment));
        return requestIfDue(next, observed.at(), policy, List.of(new ReflectorEffect.Keep(segment)));
    }

    private Decision<ReflectorState, ReflectorEffect> answer(ReflectorState state, ReflectorEvent.ResultArrived arrived,
            Policy policy) {
        ReflectionResult result = arrived.result();
        Optional<RequestHeader> awaited = state.inFlight()
                .filter(header -> header.requestId().equals(result.requestId()));
        if (awaited.isEmpty()) {
            return Decision.<ReflectorState, ReflectorEffect>unchanged(state).count("result.stale");
        }
        RequestHeader header = awaited.get();
        boolean current = header.attempt() == result.attempt();
        return switch (result.outcome()) {
            case ReflectionResult.Reflected reflected -> apply(state, header, reflected, arrived.at(), policy);
            case ReflectionResult.Failed failed when current && failed.retryable() -> retry(state, header,
                    arrived.at(), policy).count("result.failed");
            case ReflectionResult.Failed _ when current -> giveUp(state, policy).count("result.failed");
            case ReflectionResult.Expired _ when current -> retry(state, header, arrived.at(), policy)
                    .count("result.expired");
            case ReflectionResult.Failed _,ReflectionResult.Expired _ -> Decision
                    .<ReflectorState, ReflectorEffect>unchanged(state)
                    .count("result.stale");
        };
    }

    private Decision<ReflectorState, ReflectorEffect> apply(ReflectorState state, RequestHeader header,
            ReflectionResult.Reflected reflected, Instant at, Policy policy) {
        List<LiveSegment> replaced = state.live(header.segments());
        if (replaced.size() != header.segments().size()) {
            return giveUp(state, policy).count("result.retired");
        }
        Segment segment = segments.write(state, header.requestId(), replaced, reflected, policy.zone());
        Acceptance acceptance = Acceptance.of(segment, replaced);
        if (acceptance != Acceptance.ACCEPTED) {
            return giveUp(state, policy).count(acceptance.counter());
        }
        ProjectState project = StateMerge.merge(state.project(), reflected.state(), state.edits());
        ReflectorState next = state.land().replace(replaced, LiveSegment.of(segment)).edit(project, state.edits());
        if (segment.tokens() > WORTHWHILE_SHARE * tokens(replaced)) {
            next = pause(next, policy);
        }
        List<ReflectorEffect> effects = new ArrayList<>();
        // The state first: the view may show a reflection at once, and then all that is available.
        if (project.version() != state.project().version()) {
            effects.add(new ReflectorEffect.WriteState(project));
        }
        effects.add(new ReflectorEffect.Reflect(segment, header.segments()));
        return requestIfDue(next, at, policy, effects).count(acceptance.counter());
    }

    private Decision<ReflectorState, ReflectorEffect> retry(ReflectorState state, RequestHeader header, Instant at,
            Policy policy) {
        if (header.attempt() >= MAX_ATTEMPTS) {
            return giveUp(state, policy).count("request.given-up");
        }
        RequestHeader again = header.again(at.plus(LEASE));
        return Decision.of(state.launch(again), List.of(new ReflectorEffect.Request(again)));
    }

    private static Decision<ReflectorState, ReflectorEffect> giveUp(ReflectorState state, Policy policy) {
        return Decision.unchanged(pause(state.land(), policy));
    }

    private static ReflectorState pause(ReflectorState state, Policy policy) {
        return state.pauseUntilAbove(ReflectionThreshold.of(policy).resumeAbove(state.liveTokens()));
    }

    private static Decision<ReflectorState, ReflectorEffect> control(ReflectorState state, Command command,
            Policy policy) {
        return switch (command.kind()) {
            case POLICY -> Decision.unchanged(
                    state.governedBy(state.policy().orElse(PolicyChange.NONE).and(command.arguments())));
            case EDIT -> StateEdit.of(command)
                    .map(edit -> edit.applyTo(state, newestSeq(state), policy.zone()))
                    .map(Reflector::answered)
                    .orElseGet(() -> answered(state).count("edit.unknown"));
            case DELETE, PIN, RELEASE, RESTORE, QUERY, USAGE, COMPACT -> Decision.unchanged(state);
        };
    }

    private static long newestSeq(ReflectorState state) {
        return state.live().isEmpty() ? 0 : state.live().getLast().range().to();
    }

    /** Every edit is answered by the state, even if it changed nothing: the view waits for it. */
    private static Decision<ReflectorState, ReflectorEffect> answered(ReflectorState state) {
        return Decision.of(state, List.of(new ReflectorEffect.WriteState(state.project())));
    }

    private static Decision<ReflectorState, ReflectorEffect> requestIfDue(ReflectorState state, Instant at,
            Policy policy, List<ReflectorEffect> effects) {
        if (state.inFlight().isPresent() || !ReflectionThreshold.of(policy).isDue(state)) {
            return Decision.of(state, effects);
        }
        List<LiveSegment> oldest = OldestSegments.of(state.live(), policy);
        if (oldest.isEmpty()) {
            return Decision.of(state, effects);
        }
        RequestHeader header = header(state, oldest, at);
        return Decision.of(state.launch(header), effects).and(new ReflectorEffect.Request(header));
    }

    private static RequestHeader header(ReflectorState state, List<LiveSegment> oldest, Instant at) {
        List<String> ids = oldest.stream().map(LiveSegment::id).toList();
        String requestId = Sha256.id("reflection", state.thread().toString(), Long.toString(state.incarnation()),
                String.join(",", ids));
        return new RequestHeader(requestId, ids, 1, at.plus(LEASE), Math.round(TARGET_SHARE * tokens(oldest)));
    }

    private static long tokens(List<LiveSegment> segments) {
        return segments.stream().mapToLong(LiveSegment::tokens).sum();
    }

    private static Decision<ReflectorState, ReflectorEffect> preceded(ReflectorEffect first,
            Decision<ReflectorState, ReflectorEffect> rest) {
        List<ReflectorEffect> effects = new ArrayList<>();
        effects.add(first);
        effects.addAll(rest.effects());
        return new Decision<>(rest.state(), effects, rest.counts());
    }
}
