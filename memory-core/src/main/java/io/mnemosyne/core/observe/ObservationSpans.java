package io.mnemosyne.core.observe;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

import io.mnemosyne.core.Decision;
import io.mnemosyne.core.Provenance;
import io.mnemosyne.core.Segment;
import io.mnemosyne.core.SegmentText;
import io.mnemosyne.core.observe.ObservationResult.Observed;
import io.mnemosyne.core.observe.ObserverEvent.ResultArrived;
import io.mnemosyne.core.trace.FactsBuilder;
import io.mnemosyne.core.trace.Outcome;
import io.mnemosyne.core.trace.Outcome.Level;
import io.mnemosyne.core.trace.SpanEvent;
import io.mnemosyne.core.trace.StageSpans;
import io.mnemosyne.core.trace.StageSpans.Request;
import io.mnemosyne.core.trace.Tracing;

/** Tells in spans what the {@link Observer} decided: observations from the request to what became of it, activations. */
public final class ObservationSpans {
    private final Tracing tracing;
    private final ObserverState before;
    private final ObserverState after;
    private final StageSpans spans;
    private final List<SpanEvent> events = new ArrayList<>();

    private ObservationSpans(Tracing tracing, ObserverState before, ObserverState after, ObserverEvent event) {
        this.tracing = tracing;
        this.before = before;
        this.after = after;
        this.spans = new StageSpans(tracing, before.thread(), after.incarnation(), event.at());
    }

    /** The spans of one decision. */
    public static List<SpanEvent> of(Tracing tracing, ObserverState before, ObserverEvent event,
            Decision<ObserverState, ObserverEffect> decision) {
        if (!tracing.on()) {
            return List.of();
        }
        ObservationSpans told = new ObservationSpans(tracing, before, decision.state(), event);
        before.inFlight().ifPresent(open -> told.answered(open, event));
        decision.effects().forEach(told::caused);
        return told.events;
    }

    private void answered(InFlight open, ObserverEvent event) {
        boolean over = before.incarnation() != after.incarnation()
                || after.inFlight().filter(now -> now.requestId().equals(open.requestId())).isEmpty();
        if (event instanceof ResultArrived(ObservationResult result, var _) && open.isAnsweredBy(result)) {
            String reason = switch (result.outcome()) {
                case ObservationResult.Failed failed -> failed.reason();
                case ObservationResult.Expired _ -> "no answer came before the lease passed";
                case Observed _,ObservationResult.Nothing _,ObservationResult.Idle _ -> "";
            };
            if (over) {
                end(open, reason.isEmpty() ? Outcome.SUCCESS : tracing.error(reason), facts(result));
            } else if (!reason.isEmpty() && open.isFailedBy(result)) {
                events.add(spans.retried(Request.OBSERVATION, open.requestId(), open.range().to(), open.attempt(),
                        reason));
            }
        } else if (over) {
            StageSpans old = new StageSpans(tracing, before.thread(), before.incarnation(), event.at());
            events.add(old.over(Request.OBSERVATION, open.requestId(), open.range().to(),
                    new Outcome(Level.WARNING, Optional.of("it was not wanted any more")),
                    new FactsBuilder()));
        }
    }

    private FactsBuilder facts(ObservationResult result) {
        FactsBuilder facts = new FactsBuilder().metadata("attempt", result.attempt());
        switch (result.outcome()) {
            case Observed observed -> {
                facts.metadata("entries", observed.entries().size());
                after.chunks().buffered().stream().reduce((_, newest) -> newest).map(SegmentText::of)
                        .ifPresent(text -> facts.output(tracing.show(text)));
                by(observed.provenance(), facts);
            }
            case ObservationResult.Nothing(Provenance provenance) -> {
                facts.metadata("entries", 0);
                by(provenance, facts);
            }
            case ObservationResult.Failed _,ObservationResult.Expired _,ObservationResult.Idle _ -> {
                // nobody was paid, and nothing was noted
            }
        }
        return facts;
    }

    private static void by(Provenance provenance, FactsBuilder facts) {
        facts.metadata("model", provenance.provider() + "/" + provenance.model())
                .metadata("tokens.input", provenance.inputTokens())
                .metadata("tokens.output", provenance.outputTokens());
        provenance.insteadOf().ifPresent(reason -> facts.metadata("instead_of", reason));
    }

    private void end(InFlight open, Outcome outcome, FactsBuilder facts) {
        events.add(spans.over(Request.OBSERVATION, open.requestId(), open.range().to(), outcome, facts));
    }

    private void caused(ObserverEffect effect) {
        switch (effect) {
            case ObserverEffect.Request request when request.attempt() == 1 -> events.add(spans.asked(
                    Request.OBSERVATION, request.requestId(), request.range().to(),
                    new FactsBuilder().metadata("from", request.range().from()).metadata("to", request.range().to())
                            .metadata("priority", request.priority().name().toLowerCase(Locale.ROOT))));
            case ObserverEffect.Append(Segment segment) -> events.add(spans.event("activation", segment.id(),
                    segment.range().to(), new FactsBuilder().output(tracing.show(SegmentText.of(segment)))
                            .metadata("from", segment.range().from()).metadata("to", segment.range().to())
                            .metadata("entries", segment.entries().size()).metadata("tokens", segment.tokens())));
            case ObserverEffect.Request _,ObserverEffect.Relay _,ObserverEffect.Keep _,ObserverEffect.Forget _,ObserverEffect.Purge _ -> {
                // a retry is told by what it repeats, all else is housekeeping
            }
        }
    }
}
