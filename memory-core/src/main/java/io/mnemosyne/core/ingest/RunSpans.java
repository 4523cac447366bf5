package io.mnemosyne.core.ingest;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import io.mnemosyne.core.Origin;
import io.mnemosyne.core.Role;
import io.mnemosyne.core.ThreadKey;
import io.mnemosyne.core.Turn;
import io.mnemosyne.core.ingest.TracedRun.Caller;
import io.mnemosyne.core.ingest.TracedRun.People;
import io.mnemosyne.core.trace.FactsBuilder;
import io.mnemosyne.core.trace.Outcome;
import io.mnemosyne.core.trace.Place;
import io.mnemosyne.core.trace.SpanEvent;
import io.mnemosyne.core.trace.SpanEvent.Target;
import io.mnemosyne.core.trace.SpanType;
import io.mnemosyne.core.trace.TraceContext;
import io.mnemosyne.core.trace.TraceId;
import io.mnemosyne.core.trace.TraceIds;
import io.mnemosyne.core.trace.Tracing;

/**
 * Decides to which run of the agent a turn belongs. A run goes from what a user says to what the user says next; it is a
 * trace of its own, or part of that of the caller.
 */
final class RunSpans {
    /**
     * A longer run goes on in a new trace: of a trace with more than about 10,000 spans Langfuse shows nothing, and a turn may
     * bring several.
     */
    static final int MAX_TURNS = 1_000;

    private final Tracing tracing;
    private final Turn turn;
    private final Optional<String> said;
    private final List<SpanEvent> events = new ArrayList<>();

    /** @param said what opens a run, shortened; empty where nothing is shown */
    RunSpans(Tracing tracing, Turn turn, Optional<String> said) {
        this.tracing = tracing;
        this.turn = turn;
        this.said = said;
    }

    /** What is to be said of runs before the turn's own spans. */
    List<SpanEvent> events() {
        return events;
    }

    /** The run that the turn belongs to. */
    TracedRun runOf(Optional<TracedRun> last, Instant at) {
        if (last.isEmpty()) {
            Optional<Caller> caller = caller(turn.body().origin());
            return begin(caller, Attributes.people(turn.body().origin()), at, Optional.empty());
        }
        TracedRun run = last.get();
        Optional<Caller> caller = run.caller().or(() -> caller(turn.body().origin()));
        if (turn.isByUser() && !joins(run)) {
            events.add(ended(turn.thread(), turn.incarnation(), run, tracing));
            People people = Attributes.people(turn.body().origin()).or(run.people());
            return begin(caller, people, at, last);
        }
        return turn.seq() - run.fromSeq() >= MAX_TURNS ? goOn(run, at) : run;
    }

    /** What the system says before the user belongs to the user's run. */
    private boolean joins(TracedRun run) {
        Optional<TraceContext> context = turn.body().origin().traceContext();
        return !run.asked() && (context.isEmpty() || context.equals(run.context()));
    }

    private TracedRun begin(Optional<Caller> caller, People people, Instant at, Optional<TracedRun> last) {
        Optional<TraceContext> context = turn.body().origin().traceContext();
        TraceId own = TraceIds.run(turn.thread(), turn.incarnation(), turn.seq());
        Target target = context
                .<Target>map(theirs -> new Target.ToTrace(theirs.trace(), Optional.of(theirs.span())))
                .or(() -> caller.filter(it -> it.turn().isPresent()).map(
                        it -> new Target.ToTurn(it.thread(), it.turn().orElseThrow(), it.call())))
                .orElseGet(() -> new Target.ToTrace(own, Optional.empty()));
        Optional<TraceId> trace = target instanceof Target.ToTrace(TraceId known, var _)
                ? Optional.of(known)
                : Optional.empty();
        TracedRun run = new TracedRun(turn.seq(), false, trace, context, caller, people, at, "",
                last.map(TracedRun::input).orElse(List.of()), last.map(TracedRun::leftOut).orElse(0),
                last.flatMap(TracedRun::billed), last.map(TracedRun::open).orElse(List.of()));
        start(run, target, new FactsBuilder().input(said));
        return run;
    }

    private TracedRun goOn(TracedRun run, Instant at) {
        events.add(ended(turn.thread(), turn.incarnation(), run, tracing));
        TraceId own = TraceIds.run(turn.thread(), turn.incarnation(), turn.seq());
        TracedRun next = run.continued(turn.seq(), own);
        FactsBuilder facts = new FactsBuilder().metadata("continues.span",
                TraceIds.runSpan(turn.thread(), turn.incarnation(), run.fromSeq()).hex());
        run.trace().ifPresent(trace -> facts.metadata("continues.trace", trace.hex()));
        start(next.at(at, true), new Target.ToTrace(own, Optional.empty()), facts);
        return next;
    }

    private void start(TracedRun run, Target target, FactsBuilder facts) {
        events.add(new SpanEvent.Linked(turn.thread().thread(), turn.incarnation(), turn.seq(), target));
        facts.metadata("thread", turn.thread().thread()).metadata("seq", turn.seq());
        run.caller().ifPresent(caller -> {
            facts.metadata("parent.thread", caller.thread());
            caller.turn().ifPresent(seq -> facts.metadata("parent.turn", seq));
            caller.call().ifPresent(call -> facts.metadata("parent.call", call));
        });
        events.add(new SpanEvent.Started(at(run), TraceIds.runSpan(turn.thread(), turn.incarnation(), run.fromSeq()),
                SpanType.AGENT, turn.thread().thread(), run.lastAt(), named(run, facts).build()));
    }

    private Place at(TracedRun run) {
        return new Place.AtTurn(turn.thread().thread(), turn.incarnation(), run.fromSeq(), Optional.empty());
    }

    /** A sub-agent whose run is in a trace of its own is looked for where its caller is. */
    static FactsBuilder named(TracedRun run, FactsBuilder facts) {
        People people = run.people();
        return facts.user(people.user()).tags(people.tags()).session(people.session()
                .or(() -> run.caller().filter(_ -> run.trace().isPresent()).map(Caller::thread)));
    }

    static SpanEvent ended(ThreadKey thread, long incarnation, TracedRun run, Tracing tracing) {
        return new SpanEvent.Ended(
                new Place.AtTurn(thread.thread(), incarnation, run.fromSeq(), Optional.empty()),
                TraceIds.runSpan(thread, incarnation, run.fromSeq()), run.lastAt(), Outcome.SUCCESS,
                new FactsBuilder().output(Optional.of(run.answer()).filter(text -> !text.isEmpty())
                        .flatMap(tracing::show)).build());
    }

    private static Optional<Caller> caller(Origin origin) {
        return origin.parentThread().map(parent -> new Caller(parent, origin.parentTurn(), origin.parentCall()));
    }

    /** Whether a turn opens a session: the first of a thread that nobody called. */
    static boolean opensSession(Turn turn) {
        return turn.seq() == 0 && turn.body().origin().parentThread().isEmpty();
    }

    /** Whether somebody else than the system speaks. */
    static boolean asks(Turn turn) {
        return turn.role() != Role.SYSTEM;
    }
}
