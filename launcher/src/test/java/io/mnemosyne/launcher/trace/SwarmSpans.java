package io.mnemosyne.launcher.trace;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

import io.mnemosyne.core.ThreadKey;
import io.mnemosyne.core.trace.Outcome;
import io.mnemosyne.core.trace.PlacedSpan;
import io.mnemosyne.core.trace.Span;
import io.mnemosyne.core.trace.SpanFacts;
import io.mnemosyne.core.trace.SpanId;
import io.mnemosyne.core.trace.SpanType;
import io.mnemosyne.core.trace.TraceId;
import io.mnemosyne.core.trace.TraceIds;

/**
 * The spans of an agent that lets sub-agents work, each under the tool call that started it: turns with a model call and
 * tools each, in an order that has nothing to do with the tree.
 */
final class SwarmSpans {
    private static final ThreadKey ROOT = new ThreadKey("acme", "swarm");
    private static final Instant START = Instant.parse("2026-11-26T09:00:00Z");
    private static final SpanType[] STEPS = {SpanType.GENERATION, SpanType.TOOL, SpanType.RETRIEVER};

    private final TraceId trace;
    private final Random random;
    private final List<PlacedSpan> spans = new ArrayList<>();
    private final int wanted;
    private int clock;

    private SwarmSpans(int wanted, long seed) {
        this.wanted = wanted;
        this.random = new Random(seed);
        this.trace = TraceIds.run(ROOT, 0, seed);
    }

    /** So many spans in so many branches. */
    static List<PlacedSpan> of(int wanted, int branches, long seed) {
        SwarmSpans swarm = new SwarmSpans(wanted, seed);
        swarm.grow(branches);
        return swarm.spans;
    }

    static List<PlacedSpan> shuffled(List<PlacedSpan> spans, long seed) {
        List<PlacedSpan> shuffled = new ArrayList<>(spans);
        Collections.shuffle(shuffled, new Random(seed));
        return shuffled;
    }

    /** The same with a larger input; its output is an image beside some text. */
    static PlacedSpan enlarged(PlacedSpan placed, int bytes, long seed) {
        Random random = new Random(seed);
        byte[] image = new byte[20_000];
        random.nextBytes(image);
        Span span = placed.span();
        SpanFacts facts = new SpanFacts(Optional.of(text(random, bytes)),
                Optional.of("[{\"type\":\"image\",\"media_type\":\"image/png\",\"data\":\""
                        + Base64.getEncoder().encodeToString(image) + "\"}]"),
                span.facts().model(), span.facts().usage(), span.facts().cost(), span.facts().session(),
                span.facts().user(), span.facts().tags(), span.facts().metadata(), span.facts().attributes(),
                span.facts().events());
        return new PlacedSpan(placed.tenant(), placed.trace(), placed.parent(), placed.thread(), new Span(span.id(),
                span.type(), span.name(), span.startedAt(), span.endedAt(), span.outcome(), facts));
    }

    /** The same under another name. */
    static PlacedSpan renamed(PlacedSpan placed, String name) {
        Span span = placed.span();
        return new PlacedSpan(placed.tenant(), placed.trace(), placed.parent(), placed.thread(), new Span(span.id(),
                span.type(), name, span.startedAt(), span.endedAt(), span.outcome(), span.facts()));
    }

    private void grow(int branches) {
        SpanId root = add(ROOT, "run", Optional.empty(), SpanType.AGENT);
        List<ThreadKey> threads = new ArrayList<>();
        List<SpanId> runs = new ArrayList<>();
        for (int branch = 0; branch < branches; branch++) {
            // Every third branch was started by another branch, so the tree is deep as well as wide.
            boolean nested = branch % 3 == 2;
            ThreadKey starter = nested ? threads.get(random.nextInt(threads.size())) : ROOT;
            SpanId above = nested ? runs.get(threads.indexOf(starter)) : root;
            SpanId call = add(starter, "call-" + branch, Optional.of(above), SpanType.TOOL);
            ThreadKey thread = new ThreadKey("acme", "swarm-" + branch);
            threads.add(thread);
            runs.add(add(thread, "run", Optional.of(call), SpanType.AGENT));
        }
        for (int turn = 0; spans.size() < wanted; turn++) {
            int branch = turn % branches;
            SpanId under = add(threads.get(branch), "turn-" + turn, Optional.of(runs.get(branch)), SpanType.SPAN);
            for (int step = 0; step < STEPS.length && spans.size() < wanted; step++) {
                add(threads.get(branch), "step-" + turn + "-" + step, Optional.of(under), STEPS[step]);
            }
        }
    }

    private SpanId add(ThreadKey thread, String name, Optional<SpanId> parent, SpanType type) {
        SpanId id = TraceIds.step("swarm", thread, 0, name);
        Instant start = START.plus(Duration.ofMillis(7L * clock++));
        boolean isModelCall = type == SpanType.GENERATION;
        SpanFacts facts = new SpanFacts(Optional.of(text(random, 400)), Optional.of(text(random, 300)),
                isModelCall ? Optional.of("claude-sonnet-5") : Optional.empty(),
                isModelCall ? Map.of("input", 100L, "output", 20L) : Map.of(), Map.of(), Optional.of(ROOT.thread()),
                Optional.of("ann"), List.of("swarm"), Map.of("branch", thread.thread()), Map.of(), List.of());
        spans.add(new PlacedSpan("acme", trace, parent, Optional.of(thread.thread()),
                new Span(id, type, name, start, start.plusMillis(5), Outcome.SUCCESS, facts)));
        return id;
    }

    /** Characters of one to four bytes that hardly compress. */
    private static String text(Random random, int bytes) {
        StringBuilder text = new StringBuilder(bytes);
        for (int size = 0; size < bytes; size += 4) {
            if (random.nextInt(40) == 0) {
                text.appendCodePoint(0x1F600 + random.nextInt(60));
            } else {
                for (int i = 0; i < 4; i++) {
                    text.append((char) (' ' + random.nextInt(95)));
                }
            }
        }
        return text.toString();
    }
}
