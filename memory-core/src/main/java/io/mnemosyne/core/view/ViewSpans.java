package io.mnemosyne.core.view;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

import io.mnemosyne.core.Command;
import io.mnemosyne.core.Decision;
import io.mnemosyne.core.ThreadKey;
import io.mnemosyne.core.fidelity.HeldObject;
import io.mnemosyne.core.fidelity.SummaryResult;
import io.mnemosyne.core.trace.FactsBuilder;
import io.mnemosyne.core.trace.Outcome;
import io.mnemosyne.core.trace.Outcome.Level;
import io.mnemosyne.core.trace.SpanEvent;
import io.mnemosyne.core.trace.SpanType;
import io.mnemosyne.core.trace.StageSpans;
import io.mnemosyne.core.trace.StageSpans.Request;
import io.mnemosyne.core.trace.Tracing;
import io.mnemosyne.core.view.ViewEvent.Change;

/** Tells in spans what the {@link View} decided: compactions, faults, questions, what was asked back or let go, summaries. */
public final class ViewSpans {
    private final Tracing tracing;
    private final ViewState before;
    private final ViewState after;
    private final StageSpans spans;
    private final List<SpanEvent> events = new ArrayList<>();

    private ViewSpans(Tracing tracing, ThreadKey thread, ViewState before, ViewState after, Instant at) {
        this.tracing = tracing;
        this.before = before;
        this.after = after;
        this.spans = new StageSpans(tracing, thread, after.incarnation(), at);
    }

    /**
     * The spans of one decision.
     *
     * @param at the time of the record that caused it
     */
    public static List<SpanEvent> of(Tracing tracing, ViewState before, ViewInput input,
            Decision<ViewState, ViewEffect> decision, Instant at) {
        if (!tracing.on()) {
            return List.of();
        }
        ViewSpans told = new ViewSpans(tracing, input.thread(), before, decision.state(), at);
        before.asked().filter(_ -> before.incarnation() == decision.state().incarnation())
                .ifPresent(asked -> told.answered(asked, input));
        decision.effects().forEach(told::caused);
        return told.events;
    }

    private void answered(Asked asked, ViewInput input) {
        boolean over = after.asked().filter(now -> now.requestId().equals(asked.requestId())).isEmpty();
        long seq = before.held().find(asked.object()).map(HeldObject::seq).orElse(asked.atSeq());
        if (input instanceof ViewInput.OfSummaries(SummaryResult result)
                && result.requestId().equals(asked.requestId())) {
            Optional<String> reason = switch (result.outcome()) {
                case SummaryResult.Summarized _ -> Optional.empty();
                case SummaryResult.Failed failed -> Optional.of(failed.reason());
                case SummaryResult.Expired _ -> Optional.of("no answer came before the lease passed");
            };
            if (over) {
                events.add(spans.over(Request.SUMMARY, asked.requestId(), seq,
                        reason.map(tracing::error).orElse(Outcome.SUCCESS), facts(result)));
            } else if (after.asked().filter(now -> now.attempt() > asked.attempt()).isPresent()) {
                events.add(spans.retried(Request.SUMMARY, asked.requestId(), seq, asked.attempt(),
                        reason.orElse("the answer could not be used")));
            }
        } else if (over) {
            events.add(spans.over(Request.SUMMARY, asked.requestId(), seq,
                    new Outcome(Level.WARNING, Optional.of("no answer came within many turns")), new FactsBuilder()));
        }
    }

    private FactsBuilder facts(SummaryResult result) {
        FactsBuilder facts = new FactsBuilder().metadata("attempt", result.attempt());
        if (result.outcome() instanceof SummaryResult.Summarized summary) {
            facts.output(tracing.show(summary.text()))
                    .metadata("model", summary.provenance().provider() + "/" + summary.provenance().model())
                    .metadata("tokens.input", summary.provenance().inputTokens())
                    .metadata("tokens.output", summary.provenance().outputTokens());
        }
        return facts;
    }

    private void caused(ViewEffect effect) {
        if (effect instanceof ViewEffect.Summarize ask && ask.attempt() == 1) {
            events.add(spans.asked(Request.SUMMARY, ask.requestId(), ask.seq(),
                    new FactsBuilder().metadata("object", ask.object()).metadata("fidelity", lower(ask.fidelity()))
                            .metadata("target_tokens", ask.targetTokens())));
        } else if (effect instanceof ViewEffect.Journal(ViewEvent event)) {
            journalled(event);
        }
    }

    private void journalled(ViewEvent event) {
        switch (event) {
            case ViewEvent.EpochOpened epoch -> events.add(spans.event("compaction", Long.toString(epoch.epoch()),
                    epoch.atSeq(), new FactsBuilder().metadata("epoch", epoch.epoch())
                            .metadata("reason", lower(epoch.reason())).metadata("tokens.before", epoch.tokensBefore())
                            .metadata("tokens.after", epoch.tokensAfter()).metadata("watermark", epoch.watermark())
                            .metadata("segments", epoch.segments().size())
                            .metadata("objects.degraded", epoch.changes().stream().filter(ViewSpans::less).count())
                            .metadata("objects.restored", epoch.changes().stream()
                                    .filter(change -> !less(change)).count())));
            case ViewEvent.Faulted fault -> events.add(spans.event("fault", Long.toString(fault.number()),
                    fault.atSeq(), new FactsBuilder().metadata("object", fault.object())
                            .metadata("kind", lower(fault.kind())).metadata("shown", lower(fault.shown()))));
            case ViewEvent.Obeyed command -> obeyed(command);
            case ViewEvent.Regrouped _ -> {
                // changes what is said of objects, not what is shown
            }
        }
    }

    private void obeyed(ViewEvent.Obeyed command) {
        boolean asked = command.kind() == Command.Kind.QUERY;
        FactsBuilder facts = new FactsBuilder().metadata("objects", command.objects().size())
                .metadata("missing", command.missing().size()).metadata("tokens", command.tokens())
                .input(command.question().flatMap(tracing::show))
                .output(Optional.of(String.join("\n", command.objects())).filter(ids -> !ids.isEmpty()));
        Outcome outcome = command.refusal()
                .map(refusal -> new Outcome(Level.WARNING, Optional.of("refused: " + lower(refusal))))
                .orElse(Outcome.SUCCESS);
        events.add(spans.event(asked ? "recall" : lower(command.kind()), Long.toString(command.number()),
                command.atSeq(), asked ? SpanType.RETRIEVER : SpanType.EVENT, outcome, facts));
    }

    private static boolean less(Change change) {
        return change.to().compareTo(change.from()) > 0;
    }

    private static String lower(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
