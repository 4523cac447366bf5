package io.mnemosyne.core.reflect;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import io.mnemosyne.core.Decision;
import io.mnemosyne.core.Segment;
import io.mnemosyne.core.SegmentText;
import io.mnemosyne.core.reflect.ReflectionResult.Reflected;
import io.mnemosyne.core.reflect.ReflectorEvent.ResultArrived;
import io.mnemosyne.core.trace.FactsBuilder;
import io.mnemosyne.core.trace.Outcome;
import io.mnemosyne.core.trace.Outcome.Level;
import io.mnemosyne.core.trace.SpanEvent;
import io.mnemosyne.core.trace.StageSpans;
import io.mnemosyne.core.trace.StageSpans.Request;
import io.mnemosyne.core.trace.Tracing;

/** Tells in spans what the {@link Reflector} decided: reflections from the request to what became of it, project states. */
public final class ReflectionSpans {
    private final Tracing tracing;
    private final ReflectorState before;
    private final Decision<ReflectorState, ReflectorEffect> decision;
    private final ReflectorState after;
    private final StageSpans spans;
    private final List<SpanEvent> events = new ArrayList<>();

    private ReflectionSpans(Tracing tracing, ReflectorState before, Decision<ReflectorState, ReflectorEffect> decision,
            Instant at) {
        this.tracing = tracing;
        this.before = before;
        this.decision = decision;
        this.after = decision.state();
        this.spans = new StageSpans(tracing, before.thread(), after.incarnation(), at);
    }

    /** The spans of one decision. */
    public static List<SpanEvent> of(Tracing tracing, ReflectorState before, ReflectorEvent event,
            Decision<ReflectorState, ReflectorEffect> decision) {
        if (!tracing.on()) {
            return List.of();
        }
        ReflectionSpans told = new ReflectionSpans(tracing, before, decision, event.at());
        before.inFlight().ifPresent(open -> told.answered(open, event));
        decision.effects().forEach(told::caused);
        return told.events;
    }

    private void answered(RequestHeader open, ReflectorEvent event) {
        boolean over = before.incarnation() != after.incarnation()
                || after.inFlight().filter(now -> now.requestId().equals(open.requestId())).isEmpty();
        long seq = newest(before, open);
        if (event instanceof ResultArrived(ReflectionResult result, var _)
                && result.requestId().equals(open.requestId())) {
            Optional<String> reason = failure(result);
            if (over) {
                events.add(spans.over(Request.REFLECTION, open.requestId(), seq,
                        reason.map(tracing::error).orElse(Outcome.SUCCESS), facts(result)));
            } else {
                events.add(spans.retried(Request.REFLECTION, open.requestId(), seq, open.attempt(),
                        reason.orElse("the answer could not be used")));
            }
        } else if (over) {
            events.add(new StageSpans(tracing, before.thread(), before.incarnation(), event.at()).over(
                    Request.REFLECTION, open.requestId(), seq,
                    new Outcome(Level.WARNING, Optional.of("it was not wanted any more")), new FactsBuilder()));
        }
    }

    private Optional<String> failure(ReflectionResult result) {
        boolean applied = decision.effects().stream().anyMatch(ReflectorEffect.Reflect.class::isInstance);
        return switch (result.outcome()) {
            case Reflected _ -> applied ? Optional.empty() : Optional.of("the answer was not acceptable");
            case ReflectionResult.Failed failed -> Optional.of(failed.reason());
            case ReflectionResult.Expired _ -> Optional.of("no answer came before the lease passed");
        };
    }

    private FactsBuilder facts(ReflectionResult result) {
        FactsBuilder facts = new FactsBuilder().metadata("attempt", result.attempt());
        if (result.outcome() instanceof Reflected reflected) {
            facts.metadata("entries", reflected.entries().size()).metadata("level", reflected.level())
                    .metadata("model", reflected.provenance().provider() + "/" + reflected.provenance().model())
                    .metadata("tokens.input", reflected.provenance().inputTokens())
                    .metadata("tokens.output", reflected.provenance().outputTokens());
            reflected.provenance().insteadOf().ifPresent(reason -> facts.metadata("instead_of", reason));
        }
        for (ReflectorEffect effect : decision.effects()) {
            if (effect instanceof ReflectorEffect.Reflect(Segment segment, List<String> replaces)) {
                facts.metadata("replaces", replaces.size()).metadata("tokens", segment.tokens())
                        .output(tracing.show(SegmentText.of(segment)));
            }
        }
        return facts;
    }

    private void caused(ReflectorEffect effect) {
        switch (effect) {
            case ReflectorEffect.Request(RequestHeader header) when header.attempt() == 1 -> events.add(spans.asked(
                    Request.REFLECTION, header.requestId(), newest(after, header),
                    new FactsBuilder().metadata("segments", header.segments().size())
                            .metadata("target_tokens", header.targetTokens())));
            case ReflectorEffect.WriteState(var state) -> events.add(spans.event("project state",
                    Long.toString(state.version()), newest(after),
                    new FactsBuilder().metadata("version", state.version())
                            .metadata("open_questions", state.openQuestions().size())
                            .metadata("goals", state.goals().size())));
            case ReflectorEffect.Request _,ReflectorEffect.Reflect _,ReflectorEffect.Keep _,ReflectorEffect.Forget _ -> {
                // told by the request that they belong to, or housekeeping
            }
        }
    }

    private static long newest(ReflectorState state, RequestHeader header) {
        return state.live(header.segments()).stream().mapToLong(segment -> segment.range().to()).max().orElse(0);
    }

    private static long newest(ReflectorState state) {
        return state.live().stream().mapToLong(segment -> segment.range().to()).max().orElse(0);
    }
}
