package io.mnemosyne.core.ingest;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

import io.mnemosyne.core.Content;
import io.mnemosyne.core.Part;
import io.mnemosyne.core.Turn;
import io.mnemosyne.core.ingest.TracedRun.OpenTool;
import io.mnemosyne.core.trace.FactsBuilder;
import io.mnemosyne.core.trace.Outcome;
import io.mnemosyne.core.trace.Outcome.Level;
import io.mnemosyne.core.trace.Place;
import io.mnemosyne.core.trace.Span;
import io.mnemosyne.core.trace.SpanEvent;
import io.mnemosyne.core.trace.SpanId;
import io.mnemosyne.core.trace.SpanNames;
import io.mnemosyne.core.trace.SpanType;
import io.mnemosyne.core.trace.TraceIds;
import io.mnemosyne.core.trace.Tracing;

/** Tools at work: from the call in one turn to the result in a later one. */
final class ToolSpans {
    private final Tracing tracing;
    private final Turn turn;
    private final Function<Content, String> texts;
    private final TracedRun run;
    private final Instant at;
    private final Map<String, Integer> redacted;
    private final List<SpanEvent> events = new ArrayList<>();
    private final List<OpenTool> open;
    private Optional<SpanId> first = Optional.empty();

    /**
     * The tools that a turn calls or has results of.
     *
     * @param texts the whole of a text
     * @param redacted what was redacted, by rule, if no other span of the turn says so
     */
    ToolSpans(Tracing tracing, Turn turn, Function<Content, String> texts, TracedRun run, Instant at,
            Map<String, Integer> redacted) {
        this.tracing = tracing;
        this.turn = turn;
        this.texts = texts;
        this.run = run;
        this.at = at;
        this.redacted = redacted;
        this.open = new ArrayList<>(run.open());
        Map<String, Integer> used = new HashMap<>();
        for (int i = 0; i < turn.parts().size(); i++) {
            switch (turn.parts().get(i)) {
                case Part.ToolCall call -> start(call, used.merge(call.id(), 1, Integer::sum));
                case Part.ToolResult result -> end(result, i);
                case Part.Text _,Part.Thinking _,Part.Image _ -> {
                    // no tools
                }
            }
        }
        List<OpenTool> forgotten = List.copyOf(TracedRun.forgotten(open));
        forgotten.forEach(this::forget);
        open.removeAll(forgotten);
    }

    List<SpanEvent> events() {
        return events;
    }

    /** Those whose results are still to come. */
    List<OpenTool> open() {
        return open;
    }

    /** The tool of the turn's first result, if it has any. */
    Optional<SpanId> first() {
        return first;
    }

    private void start(Part.ToolCall call, int time) {
        OpenTool tool = new OpenTool(turn.seq(), call.id(), time == 1 ? call.id() : call.id() + " (" + time + ")");
        open.add(tool);
        events.add(new SpanEvent.Started(place(turn.seq()), id(tool), SpanType.TOOL, SpanNames.of(call.name()), at,
                RunSpans.named(run, new FactsBuilder()).input(tracing.show(texts.apply(call.content())))
                        .metadata("seq", turn.seq()).metadata("call", call.id()).build()));
    }

    private void end(Part.ToolResult result, int part) {
        FactsBuilder facts = new FactsBuilder().output(tracing.show(texts.apply(result.content())))
                .metadata("result.seq", turn.seq());
        if (first.isEmpty()) {
            redacted.forEach((rule, count) -> facts.metadata(rule, count));
        }
        Outcome outcome = result.error() ? tracing.error(result.content().shown()) : Outcome.SUCCESS;
        Optional<OpenTool> called = open.reversed().stream()
                .filter(tool -> !result.callId().isEmpty() && tool.callId().equals(result.callId())).findFirst();
        SpanId id = called.map(this::id).orElseGet(() -> TraceIds.step("result", turn.thread(), turn.incarnation(),
                turn.seq() + "." + part));
        events.add(called.<SpanEvent>map(
                tool -> new SpanEvent.Ended(place(tool.seq()), id, at, outcome, facts.build()))
                .orElseGet(() -> new SpanEvent.Finished(place(turn.seq()),
                        new Span(id, SpanType.TOOL,
                                result.toolName().isBlank() ? "tool" : SpanNames.of(result.toolName()), at, at,
                                outcome, RunSpans.named(run, facts).build()))));
        called.ifPresent(open::remove);
        first = first.or(() -> Optional.of(id));
    }

    private void forget(OpenTool tool) {
        events.add(new SpanEvent.Ended(place(tool.seq()), id(tool), at, new Outcome(Level.WARNING,
                Optional.of("its result is no longer waited for, since too many tools are running")),
                new FactsBuilder().build()));
    }

    private SpanId id(OpenTool tool) {
        return TraceIds.tool(turn.thread(), turn.incarnation(), tool.seq(), tool.name());
    }

    private Place place(long seq) {
        return new Place.AtTurn(turn.thread().thread(), turn.incarnation(), seq, Optional.empty());
    }
}
