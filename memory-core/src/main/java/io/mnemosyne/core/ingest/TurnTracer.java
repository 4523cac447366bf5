package io.mnemosyne.core.ingest;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

import io.mnemosyne.core.Decision;
import io.mnemosyne.core.ThreadKey;
import io.mnemosyne.core.Turn;
import io.mnemosyne.core.TurnEvent;
import io.mnemosyne.core.trace.SpanEvent;
import io.mnemosyne.core.trace.Tracing;

/**
 * Tells in spans what the {@link Sequencer} decided: runs of the agent, turns, calls of models and tools. What adds no turn
 * gives no span, so a duplicate or a rejected record is not seen in any trace.
 */
public final class TurnTracer {
    private static final String REDACTED = "redacted.";

    private final Tracing tracing;

    public TurnTracer(Tracing tracing) {
        this.tracing = tracing;
    }

    /**
     * What a raw record means to tracing.
     *
     * @param before the thread's head before the decision
     * @param sentAt when the raw record was sent; counts for a turn that does not say its own time
     */
    public TurnTrace trace(ThreadKey thread, ThreadHead before, Decision<ThreadHead, IngestEffect> decision,
            Instant sentAt) {
        ThreadHead head = decision.state();
        if (!tracing.on()) {
            return TurnTrace.nothing(head);
        }
        if (head.incarnation() != before.incarnation()) {
            return new TurnTrace(head, Optional.empty(), before.run()
                    .<List<SpanEvent>>map(run -> List.of(RunSpans.ended(thread, before.incarnation(), run, tracing)))
                    .orElse(List.of()));
        }
        return appended(decision).map(turn -> new TurnSpans(tracing, turn, moved(decision), redacted(decision))
                .trace(head, turn.body().origin().at().orElse(sentAt))).orElseGet(() -> TurnTrace.nothing(head));
    }

    private static Optional<Turn> appended(Decision<ThreadHead, IngestEffect> decision) {
        for (IngestEffect effect : decision.effects()) {
            if (effect instanceof IngestEffect.Emit(var record)
                    && record.event() instanceof TurnEvent.Appended(Turn turn)) {
                return Optional.of(turn);
            }
        }
        return Optional.empty();
    }

    /** The whole of the texts that were moved out of the turn, by hash. */
    private static Map<String, String> moved(Decision<ThreadHead, IngestEffect> decision) {
        Map<String, String> texts = new HashMap<>();
        for (IngestEffect effect : decision.effects()) {
            if (effect instanceof IngestEffect.Keep(var blob)) {
                texts.put(blob.sha256(), blob.text());
            }
        }
        return texts;
    }

    private static Map<String, Integer> redacted(Decision<ThreadHead, IngestEffect> decision) {
        Map<String, Integer> rules = new TreeMap<>();
        decision.counts().stream().filter(count -> count.startsWith(REDACTED))
                .forEach(rule -> rules.merge(rule, 1, Integer::sum));
        return rules;
    }
}
