package io.mnemosyne.core.trace;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

import io.mnemosyne.core.Decision;
import io.mnemosyne.core.trace.JoinEvent.Alarm;
import io.mnemosyne.core.trace.SpanPart.Begun;
import io.mnemosyne.core.trace.SpanPart.Over;
import io.mnemosyne.core.trace.SpanState.Mark;
import io.mnemosyne.core.trace.SpanState.Stretch;

/**
 * Makes one finished span of what is heard of a step, once, and sees to it that every span has a parent that is there.
 *
 * <p>A span that has left is never changed: a backend may keep both versions for ever.
 */
public final class Joining {
    /** Name of a span that stands for one which others are below and nobody told of. */
    public static final String NOT_RECEIVED = "(not received)";
    /** Room of a record for the texts of a step; the rest of its 16 MiB is for everything else. */
    private static final long MOST_BYTES = 15L << 20;

    private final JoinTimes times;

    public Joining(JoinTimes times) {
        this.times = times;
    }

    /** @param now by the clock of the sink */
    public Decision<Joined, JoinEffect> decide(Joined state, JoinEvent event, Instant now) {
        return switch (event) {
            case JoinEvent.Heard(SpanPart part) -> heard(state, part, now);
            case JoinEvent.Needed(Stretch child) when state.span().missing() -> needed(state, child, now);
            case JoinEvent.Released() when waiting(state) -> send(state, state.span().open().orElseThrow());
            case JoinEvent.Due(Alarm alarm, Instant newest) -> due(state, alarm, newest, now);
            case JoinEvent.Needed _,JoinEvent.Released _ -> Decision.unchanged(state);
        };
    }

    private Decision<Joined, JoinEffect> heard(Joined before, SpanPart part, Instant now) {
        Joined state = before.with(before.trace().heard(part, now));
        boolean released = !before.trace().ready() && state.trace().ready();
        Optional<SpanPart> open = state.span().open();
        if (state.span().sent() || open.filter(known -> !known.lacks(part)).isPresent()) {
            Decision<Joined, JoinEffect> dropped = Decision
                    .<Joined, JoinEffect>unchanged(state)
                    .count(state.span().sent() ? "span.repeated" : "span.doubled");
            return released ? dropped.and(new JoinEffect.ReleaseAll()) : dropped;
        }
        SpanPart whole = open.map(known -> known.and(part)).orElse(part);
        Decision<Joined, JoinEffect> decision = whole.complete() && state.trace().ready()
                ? send(state, whole)
                : hold(state, whole, now);
        return released ? decision.and(new JoinEffect.ReleaseAll()) : decision;
    }

    private Decision<Joined, JoinEffect> hold(Joined state, SpanPart part, Instant now) {
        return Decision.of(state.with(state.span().holding(part)), List.of(part.complete()
                ? new JoinEffect.Wake(Alarm.SESSION, now.plus(times.parent()))
                : new JoinEffect.Wake(Alarm.CLOSE, now.plus(times.span()))));
    }

    private Decision<Joined, JoinEffect> needed(Joined state, Stretch child, Instant now) {
        Decision<Joined, JoinEffect> decision = Decision.unchanged(state.with(state.span().needing(child)));
        return state.span().needed().isPresent()
                ? decision
                : decision.and(new JoinEffect.Wake(Alarm.PARENT, now.plus(times.parent())));
    }

    private Decision<Joined, JoinEffect> due(Joined state, Alarm alarm, Instant newest, Instant now) {
        return switch (alarm) {
            case CLOSE -> state.span().open().filter(part -> !part.complete())
                    .map(part -> afterSilence(state, alarm, times.span(), now)
                            .orElseGet(() -> send(state, closed(part, newest)).count("span.closed")))
                    .orElseGet(() -> Decision.unchanged(state));
            case SESSION -> waiting(state)
                    ? send(state.with(state.trace().withoutSession()), state.span().open().orElseThrow())
                            .and(new JoinEffect.ReleaseAll()).count("trace.sessionless")
                    : Decision.unchanged(state);
            case PARENT -> state.span().missing()
                    ? state.span().needed()
                            .map(children -> afterSilence(state, alarm, times.parent(), now)
                                    .orElseGet(() -> standIn(state, children)))
                            .orElseGet(() -> Decision.unchanged(state))
                    : Decision.unchanged(state.with(state.span().needingNothing()));
        };
    }

    /** Nothing is decided while there still is news of the trace. */
    private static Optional<Decision<Joined, JoinEffect>> afterSilence(Joined state, Alarm alarm, Duration silence,
            Instant now) {
        Instant quiet = state.trace().newsAt().plus(silence);
        return quiet.isAfter(now)
                ? Optional.of(Decision.of(state, List.of(new JoinEffect.Wake(alarm, quiet))))
                : Optional.empty();
    }

    private static boolean waiting(Joined state) {
        return state.span().open().filter(SpanPart::complete).isPresent();
    }

    private SpanPart closed(SpanPart part, Instant newest) {
        String limit = times.span().toString().substring(2).toLowerCase(Locale.ROOT);
        return part.begun()
                .map(begun -> part.endedBy(new Over(later(begun.at(), newest), begun.type() == SpanType.AGENT
                        ? Outcome.SUCCESS
                        : warning("no end within " + limit + " after the last news of the trace"), SpanFacts.NONE)))
                .orElseGet(() -> begunAtItsEnd(part, part.over().orElseThrow(),
                        "no start within " + limit + " after the last news of the trace"));
    }

    private static SpanPart begunAtItsEnd(SpanPart part, Over over, String why) {
        Over told = over.outcome().level() == Outcome.Level.ERROR
                ? over
                : new Over(over.at(), warning(why), over.facts());
        return part.endedBy(told).begunWith(new Begun(SpanType.SPAN, "(start not received)", over.at(),
                SpanFacts.NONE));
    }

    private static Decision<Joined, JoinEffect> send(Joined state, SpanPart part) {
        Begun begun = part.begun().orElseThrow();
        Over over = part.over().orElseThrow();
        boolean late = state.span().mark() == Mark.PLACEHOLDER;
        SpanId id = late ? TraceIds.derived(part.id(), "late", 0) : part.id();
        Optional<SpanId> parent = late ? Optional.of(part.id()) : part.parent();
        boolean fits = begun.facts().bytes() + over.facts().bytes() <= MOST_BYTES;
        Instant end = later(begun.at(), over.at());
        List<JoinEffect> effects = new ArrayList<>();
        effects.add(emit(state, part, parent, new Span(id, begun.type(), begun.name(), begun.at(), end, over.outcome(),
                fits ? begun.facts().and(over.facts()) : over.facts())));
        if (!fits) {
            effects.add(emit(state, part, Optional.of(id), new Span(TraceIds.derived(id, "start", 0), SpanType.EVENT,
                    "(said at the start)", begun.at(), begun.at(), Outcome.SUCCESS, begun.facts())));
        }
        if (!late) {
            part.parent().ifPresent(above -> effects
                    .add(new JoinEffect.Need(above, new Stretch(begun.at(), end, part.thread()))));
        }
        Decision<Joined, JoinEffect> sent = Decision.of(state.with(state.span().gone()), effects);
        return late ? sent.count("span.late") : sent;
    }

    private static Decision<Joined, JoinEffect> standIn(Joined state, Stretch children) {
        SpanId id = state.span().id();
        TraceState trace = state.trace().rootedAt(id);
        Span span = new Span(id, SpanType.SPAN, NOT_RECEIVED, children.from(), children.to(),
                warning("steps below it were received, but not this one"), trace.tell(SpanFacts.NONE));
        JoinEffect emit = new JoinEffect.Emit(new PlacedSpan(trace.tenant(), trace.id(),
                trace.root().filter(root -> !root.equals(id)), children.thread(), span));
        return Decision.<Joined, JoinEffect>of(new Joined(trace, state.span().standIn()), List.of(emit))
                .count("span.placeholder");
    }

    private static JoinEffect emit(Joined state, SpanPart part, Optional<SpanId> parent, Span span) {
        return new JoinEffect.Emit(new PlacedSpan(part.tenant(), part.trace(), parent, part.thread(),
                new Span(span.id(), span.type(), span.name(), span.startedAt(), span.endedAt(), span.outcome(),
                        state.trace().tell(span.facts()))));
    }

    private static Outcome warning(String message) {
        return new Outcome(Outcome.Level.WARNING, Optional.of(message));
    }

    private static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }
}
