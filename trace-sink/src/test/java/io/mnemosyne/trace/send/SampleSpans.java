package io.mnemosyne.trace.send;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import io.mnemosyne.core.Sha256;
import io.mnemosyne.core.trace.Outcome;
import io.mnemosyne.core.trace.PlacedSpan;
import io.mnemosyne.core.trace.Span;
import io.mnemosyne.core.trace.SpanFacts;
import io.mnemosyne.core.trace.SpanId;
import io.mnemosyne.core.trace.SpanMoment;
import io.mnemosyne.core.trace.SpanType;
import io.mnemosyne.core.trace.TraceId;

/** Spans for tests. */
final class SampleSpans {
    static final Instant START = Instant.parse("2026-11-26T10:15:30.123456Z");
    static final TraceId TRACE = new TraceId(Sha256.id("trace"));
    static final SpanId PARENT = id("parent");

    private SampleSpans() {
    }

    static SpanId id(String name) {
        return new SpanId(Sha256.id(name).substring(0, 16));
    }

    static PlacedSpan placed(String name, SpanType type, Outcome outcome, SpanFacts facts) {
        return new PlacedSpan("acme", TRACE, Optional.of(PARENT), Optional.of("root-1"),
                new Span(id(name), type, name, START, START.plusMillis(1500), outcome, facts));
    }

    static PlacedSpan placed(String name, SpanType type, SpanFacts facts) {
        return placed(name, type, Outcome.SUCCESS, facts);
    }

    /** A tool's execution with an input. */
    static PlacedSpan tool(String name, String input) {
        return placed(name, SpanType.TOOL, facts(input));
    }

    static SpanFacts facts(String input) {
        return new SpanFacts(Optional.of(input), Optional.of("done"), Optional.empty(), Map.of(), Map.of(),
                Optional.of("session-7"), Optional.of("ann"), List.of("nightly", "swarm"), Map.of("seq", "12"),
                Map.of(), List.of());
    }

    static SpanFacts withUsage(SpanFacts facts) {
        return new SpanFacts(facts.input(), facts.output(), Optional.of("claude-sonnet-5"),
                Map.of("input", 10L, "input_cached_tokens", 90L, "output", 7L), Map.of("total", 0.0125),
                facts.session(), facts.user(), facts.tags(), facts.metadata(), facts.attributes(),
                List.of(new SpanMoment("first_token", START.plusMillis(3), Map.of("n", "1"))));
    }
}
