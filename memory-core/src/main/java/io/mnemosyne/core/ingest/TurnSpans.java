package io.mnemosyne.core.ingest;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

import io.mnemosyne.core.Content;
import io.mnemosyne.core.Excerpt;
import io.mnemosyne.core.Part;
import io.mnemosyne.core.Role;
import io.mnemosyne.core.Turn;
import io.mnemosyne.core.trace.FactsBuilder;
import io.mnemosyne.core.trace.Outcome;
import io.mnemosyne.core.trace.Place;
import io.mnemosyne.core.trace.ProviderUsage;
import io.mnemosyne.core.trace.Span;
import io.mnemosyne.core.trace.SpanEvent;
import io.mnemosyne.core.trace.SpanId;
import io.mnemosyne.core.trace.SpanNames;
import io.mnemosyne.core.trace.SpanType;
import io.mnemosyne.core.trace.TraceContext;
import io.mnemosyne.core.trace.TraceIds;
import io.mnemosyne.core.trace.Tracing;

/** The spans of one turn. */
final class TurnSpans {
    /** What is shown of a text that stands in full in a span of its own, UTF-8 bytes. */
    private static final int COPY_BYTES = 8 * 1024;
    /** A copied message with more characters is only said to be there: the thread's head keeps it. */
    private static final int MAX_COPY = 16 * 1024;
    /** A field of a record of {@code spans}, UTF-8 bytes. Escaped as JSON a turn may have more than a record takes. */
    private static final int MAX_FIELD_BYTES = 15 << 20;

    private final Tracing tracing;
    private final Turn turn;
    private final Map<String, String> moved;
    private final Map<String, Integer> redacted;
    private final MessageJson whole;
    private final MessageJson copy;
    private final List<SpanEvent> events = new ArrayList<>();

    /**
     * The spans of a turn.
     *
     * @param moved the whole of the texts that are no longer in the turn, by hash
     * @param redacted what was redacted, by rule
     */
    TurnSpans(Tracing tracing, Turn turn, Map<String, String> moved, Map<String, Integer> redacted) {
        this.tracing = tracing;
        this.turn = turn;
        this.moved = moved;
        this.redacted = redacted;
        this.whole = new MessageJson(content -> tracing.show(textOf(content)).orElse(""),
                tracing.content() == Tracing.Content.FULL);
        this.copy = new MessageJson(content -> Excerpt.of(tracing.show(content.shown()).orElse(""), COPY_BYTES), false);
    }

    TurnTrace trace(ThreadHead head, Instant said) {
        Instant before = head.run().map(TracedRun::lastAt).orElse(said);
        Instant at = said.isBefore(before) ? before : said;
        RunSpans runs = new RunSpans(tracing, turn, shown(copy));
        TracedRun run = runs.runOf(head.run(), at);
        events.addAll(runs.events());
        if (RunSpans.opensSession(turn)) {
            add(SpanType.EVENT, "session", TraceIds.step("session", turn.thread(), turn.incarnation(), "0"), at, at,
                    Outcome.SUCCESS, facts(run).metadata("thread", turn.thread().thread()));
        }
        Optional<SpanId> own = said(run, before, at);
        ToolSpans tools = new ToolSpans(tracing, turn, this::textOf, run, at, own.isPresent() ? Map.of() : redacted);
        events.addAll(tools.events());
        TracedRun next = remember(run).with(tools.open()).at(at, RunSpans.asks(turn));
        SpanId id = own.or(tools::first).orElseGet(this::id);
        return new TurnTrace(head.traced(next), run.trace().map(trace -> new TraceContext(trace, id,
                run.context().map(TraceContext::sampled).orElse(true))), events);
    }

    /** What was said, if anything was besides the results of tools. */
    private Optional<SpanId> said(TracedRun run, Instant before, Instant at) {
        boolean onlyResults = !turn.parts().isEmpty()
                && turn.parts().stream().allMatch(Part.ToolResult.class::isInstance);
        if (onlyResults) {
            return Optional.empty();
        }
        SpanId id = id();
        FactsBuilder facts = facts(run).metadata("seq", turn.seq()).metadata("tokens", turn.tokens());
        redacted.forEach((rule, count) -> facts.metadata(rule, count));
        if (turn.role() == Role.ASSISTANT) {
            generation(run, id, before, at, facts);
        } else {
            add(SpanType.EVENT, turn.role().name().toLowerCase(Locale.ROOT), id, at, at, Outcome.SUCCESS,
                    facts.input(shown(whole)));
        }
        return Optional.of(id);
    }

    private void generation(TracedRun run, SpanId id, Instant before, Instant at, FactsBuilder facts) {
        Optional<String> model = turn.body().origin().model();
        if (!isBilled(run)) {
            ProviderUsage usage = Attributes.usage(turn.body().origin());
            facts.usage(usage.tokens()).cost(usage.dollars());
        } else {
            facts.metadata("usage", "in the first turn of the same message");
        }
        if (run.leftOut() > 0) {
            facts.metadata("input.left_out", run.leftOut());
        }
        facts.input(Optional.of(run.input()).filter(messages -> tracing.showsContent() && !messages.isEmpty())
                .map(messages -> "[" + String.join(",", messages) + "]"));
        facts.output(tracing.showsContent()
                ? Optional.of(Excerpt.of(whole.message(Role.ASSISTANT, turn.parts()), MAX_FIELD_BYTES))
                : Optional.empty());
        add(SpanType.GENERATION, model.map(name -> "chat " + name).orElse("chat"), id, before, at, Outcome.SUCCESS,
                facts.model(model));
    }

    /** Some agents tell one message of a model in several turns, each with the usage of all of it. */
    private boolean isBilled(TracedRun run) {
        Optional<String> message = turn.body().origin().messageId();
        return message.isPresent() && message.equals(run.billed());
    }

    private TracedRun remember(TracedRun run) {
        if (turn.role() != Role.ASSISTANT) {
            return tracing.showsContent() ? run.told(copy.all(turn).stream().map(this::bounded).toList()) : run;
        }
        boolean counted = !Attributes.usage(turn.body().origin()).equals(ProviderUsage.NONE);
        return run.answered(tracing.showsContent()
                ? Excerpt.of(copy.joined(turn.parts(), Part.Text.class), COPY_BYTES)
                : "", counted ? turn.body().origin().messageId() : Optional.empty());
    }

    private String bounded(String message) {
        return message.length() <= MAX_COPY
                ? message
                : "{\"role\":\"" + turn.role().name().toLowerCase(Locale.ROOT) + "\",\"content\":\"["
                        + message.length() + " characters, in full in the span of turn " + turn.seq() + "]\"}";
    }

    /** The text where there is nothing but text, else all of it as a message. */
    private Optional<String> shown(MessageJson form) {
        if (!tracing.showsContent()) {
            return Optional.empty();
        }
        return Optional.of(Excerpt.of(turn.parts().stream().allMatch(Part.Text.class::isInstance)
                ? form.joined(turn.parts(), Part.Text.class)
                : form.message(turn.role(),
                        turn.parts().stream().filter(part -> !(part instanceof Part.ToolResult)).toList()),
                MAX_FIELD_BYTES));
    }

    private void add(SpanType type, String name, SpanId id, Instant from, Instant to, Outcome outcome,
            FactsBuilder facts) {
        Place place = new Place.AtTurn(turn.thread().thread(), turn.incarnation(), turn.seq(), Optional.empty());
        events.add(new SpanEvent.Finished(place,
                new Span(id, type, SpanNames.of(name), from, to, outcome, facts.build())));
    }

    private FactsBuilder facts(TracedRun run) {
        return RunSpans.named(run, new FactsBuilder());
    }

    private SpanId id() {
        return TraceIds.turn(turn.thread(), turn.incarnation(), turn.seq());
    }

    private String textOf(Content content) {
        return switch (content) {
            case Content.Inline(String text) -> text;
            case Content.Reference(String sha256, long _, String excerpt) -> moved.getOrDefault(sha256, excerpt);
        };
    }
}
