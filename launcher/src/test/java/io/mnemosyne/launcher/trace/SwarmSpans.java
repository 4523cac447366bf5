package io.mnemosyne.launcher.trace;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

import io.mnemosyne.core.ThreadKey;
import io.mnemosyne.core.trace.Outcome;
import io.mnemosyne.core.trace.Place;
import io.mnemosyne.core.trace.PlacedSpan;
import io.mnemosyne.core.trace.Span;
import io.mnemosyne.core.trace.SpanEvent;
import io.mnemosyne.core.trace.SpanFacts;
import io.mnemosyne.core.trace.SpanId;
import io.mnemosyne.core.trace.SpanRecord;
import io.mnemosyne.core.trace.SpanType;
import io.mnemosyne.core.trace.TraceId;
import io.mnemosyne.core.trace.TraceIds;

/**
 * The spans of an agent that lets sub-agents work, each under the tool call that started it: turns with a model call and
 * tools each.
 */
final class SwarmSpans {
    private static final String TENANT = "acme";
    private static final ThreadKey ROOT = new ThreadKey(TENANT, "swarm");
    private static final Instant START = Instant.parse("2026-11-26T09:00:00Z");
    private static final SpanType[] TYPES = {SpanType.GENERATION, SpanType.TOOL, SpanType.RETRIEVER};

    private final TraceId trace = TraceIds.run(ROOT, 0, 0);
    private final Random random;
    private final List<Step> steps = new ArrayList<>();
    private final Map<ThreadKey, SpanEvent.Linked> links = new HashMap<>();
    private final int wanted;
    private int clock;

    private SwarmSpans(int wanted, long seed) {
        this.wanted = wanted;
        this.random = new Random(seed);
    }

    /**
     * A step of the swarm.
     *
     * @param placed as it is to arrive
     * @param place where the stage that took the step says that it belongs
     */
    record Step(PlacedSpan placed, ThreadKey thread, Place place) {
        String id() {
            return placed.span().id().hex();
        }

        /** The same with a larger input; its output is an image beside some text. */
        Step enlarged(int bytes) {
            Random content = new Random(bytes);
            byte[] image = new byte[20_000];
            content.nextBytes(image);
            SpanFacts facts = placed.span().facts();
            return with(placed.span().name(), new SpanFacts(Optional.of(text(content, bytes)),
                    Optional.of("[{\"type\":\"image\",\"media_type\":\"image/png\",\"data\":\""
                            + Base64.getEncoder().encodeToString(image) + "\"}]"),
                    facts.model(), facts.usage(), facts.cost(), facts.session(), facts.user(), facts.tags(),
                    facts.metadata(), facts.attributes(), facts.events()));
        }

        Step renamed(String name) {
            return with(name, placed.span().facts());
        }

        private Step with(String name, SpanFacts facts) {
            Span span = placed.span();
            return new Step(new PlacedSpan(placed.tenant(), placed.trace(), placed.parent(), placed.thread(), new Span(
                    span.id(), span.type(), name, span.startedAt(), span.endedAt(), span.outcome(), facts)), thread,
                    place);
        }
    }

    /** So many steps in so many branches, each after what it belongs to. */
    static SwarmSpans of(int wanted, int branches, long seed) {
        SwarmSpans swarm = new SwarmSpans(wanted, seed);
        swarm.grow(branches);
        return swarm;
    }

    List<Step> steps() {
        return List.copyOf(steps);
    }

    static List<PlacedSpan> placed(List<Step> steps) {
        return steps.stream().map(Step::placed).toList();
    }

    /** What the stages say of steps in their order; of each thread first where it hangs, unless that was said before. */
    List<SpanRecord> told(List<Step> order) {
        List<SpanRecord> told = new ArrayList<>();
        for (Step step : order) {
            Optional.ofNullable(links.remove(step.thread()))
                    .ifPresent(link -> told.add(new SpanRecord(TENANT, link)));
            Span span = step.placed().span();
            if (span.type() == SpanType.AGENT) {
                told.add(new SpanRecord(TENANT, new SpanEvent.Started(step.place(), span.id(), span.type(),
                        span.name(), span.startedAt(), span.facts())));
                told.add(new SpanRecord(TENANT, new SpanEvent.Ended(step.place(), span.id(), span.endedAt(),
                        span.outcome(), SpanFacts.NONE)));
            } else {
                told.add(new SpanRecord(TENANT, new SpanEvent.Finished(step.place(), span)));
            }
        }
        return told;
    }

    private void grow(int branches) {
        links.put(ROOT, new SpanEvent.Linked(ROOT.thread(), 0, 0,
                new SpanEvent.Target.ToTrace(trace, Optional.empty())));
        SpanId root = TraceIds.runSpan(ROOT, 0, 0);
        add(ROOT, 0, root, Optional.empty(), Optional.empty(), SpanType.AGENT);
        List<ThreadKey> threads = new ArrayList<>();
        for (int branch = 0; branch < branches; branch++) {
            // Every third branch was started by another branch, so the tree is deep as well as wide.
            ThreadKey starter = branch % 3 == 2 ? threads.get(random.nextInt(threads.size())) : ROOT;
            ThreadKey thread = new ThreadKey(TENANT, "swarm-" + branch);
            long seq = 1_000 + branch;
            SpanId call = TraceIds.tool(starter, 0, seq, "call");
            add(starter, seq, call, Optional.of(TraceIds.runSpan(starter, 0, 0)), Optional.empty(), SpanType.TOOL);
            links.put(thread, new SpanEvent.Linked(thread.thread(), 0, 0,
                    new SpanEvent.Target.ToTurn(starter.thread(), seq, Optional.of("call"))));
            add(thread, 0, TraceIds.runSpan(thread, 0, 0), Optional.of(call), Optional.empty(), SpanType.AGENT);
            threads.add(thread);
        }
        for (int turn = 0; steps.size() < wanted; turn++) {
            ThreadKey thread = threads.get(turn % branches);
            long seq = 1 + turn / branches;
            SpanId under = TraceIds.turn(thread, 0, seq);
            add(thread, seq, under, Optional.of(TraceIds.runSpan(thread, 0, 0)), Optional.empty(), SpanType.SPAN);
            for (int step = 0; step < TYPES.length && steps.size() < wanted; step++) {
                add(thread, seq, TraceIds.step("swarm", thread, 0, seq + "." + step), Optional.of(under),
                        Optional.of(under), TYPES[step]);
            }
        }
    }

    /** @param said the parent that the stage names, if it names one */
    private void add(ThreadKey thread, long seq, SpanId id, Optional<SpanId> parent, Optional<SpanId> said,
            SpanType type) {
        Instant start = START.plus(Duration.ofMillis(7L * clock++));
        boolean isModelCall = type == SpanType.GENERATION;
        SpanFacts facts = new SpanFacts(Optional.of(text(random, 400)), Optional.of(text(random, 300)),
                isModelCall ? Optional.of("claude-sonnet-5") : Optional.empty(),
                isModelCall ? Map.of("input", 100L, "output", 20L) : Map.of(), Map.of(), Optional.of(ROOT.thread()),
                Optional.of("ann"), List.of("swarm"), Map.of("seq", Long.toString(seq)), Map.of(), List.of());
        steps.add(new Step(
                new PlacedSpan(TENANT, trace, parent, Optional.of(thread.thread()),
                        new Span(id, type, "step " + clock, start, start.plusMillis(5), Outcome.SUCCESS, facts)),
                thread, new Place.AtTurn(thread.thread(), 0, seq, said)));
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
