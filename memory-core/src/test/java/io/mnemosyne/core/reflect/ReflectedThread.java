package io.mnemosyne.core.reflect;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import io.mnemosyne.core.Command;
import io.mnemosyne.core.Decision;
import io.mnemosyne.core.LogEntry;
import io.mnemosyne.core.Policy;
import io.mnemosyne.core.ProjectState;
import io.mnemosyne.core.Provenance;
import io.mnemosyne.core.Segment;
import io.mnemosyne.core.SegmentText;
import io.mnemosyne.core.SeqRange;
import io.mnemosyne.core.ThreadKey;
import io.mnemosyne.core.tokens.TokenCounter;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A thread that lives through observations and answers, with the journal that its reflector writes. Every event is
 * followed by a check of what must always hold.
 */
final class ReflectedThread {
    static final TokenCounter FOUR_CHARS = text -> (text.length() + 3) / 4;
    static final ThreadKey THREAD = new ThreadKey("default", "t");
    static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    private final Reflector reflector = new Reflector(FOUR_CHARS);
    private final Policy policy;
    private final Map<String, Segment> journal = new LinkedHashMap<>();
    private final List<RequestHeader> requests = new ArrayList<>();
    private final List<String> counts = new ArrayList<>();
    private final List<ProjectState> states = new ArrayList<>();
    private ReflectorState state = ReflectorState.fresh(THREAD, 0);
    private long head = -1;
    private long minutes;
    private long reflectedTokens;

    ReflectedThread(Policy policy) {
        this.policy = policy;
    }

    ReflectorState state() {
        return state;
    }

    /** Every request sent so far, retries included. */
    List<RequestHeader> requests() {
        return requests;
    }

    List<String> counts() {
        return counts;
    }

    List<ProjectState> states() {
        return states;
    }

    /** Segments as the journal has them live, oldest first. */
    List<Segment> live() {
        return journal.values().stream().sorted((a, b) -> Long.compare(a.range().from(), b.range().from())).toList();
    }

    long liveTokens() {
        return live().stream().mapToLong(Segment::tokens).sum();
    }

    /** Input tokens of all reflections that were applied. */
    long reflectedTokens() {
        return reflectedTokens;
    }

    /** The observer appends a segment of about this many tokens over the next ten turns. */
    void observe(long tokens) {
        observe(segment(new SeqRange(head + 1, head + 10), tokens));
    }

    void observe(Segment segment) {
        head = Math.max(head, segment.range().to());
        tell(new ReflectorEvent.SegmentObserved(state.incarnation(), segment, now()));
    }

    void answer(RequestHeader request, ReflectionResult.Outcome outcome) {
        tell(new ReflectorEvent.ResultArrived(
                new ReflectionResult(THREAD, state.incarnation(), request.requestId(), request.attempt(), outcome),
                now()));
    }

    void command(Command command) {
        long incarnation = state.incarnation() + (command.kind() == Command.Kind.DELETE ? 1 : 0);
        if (command.kind() == Command.Kind.DELETE) {
            head = -1;
        }
        tell(new ReflectorEvent.Controlled(incarnation, command, now()));
    }

    /** An answer of this share of the tokens that it replaces, with a goal. */
    ReflectionResult.Reflected compressed(RequestHeader request, double share) {
        SeqRange range = rangeOf(request);
        long tokens = request.segments().stream().mapToLong(id -> tokensOf(id)).sum();
        Segment dense = segment(range, Math.max(1, (long) (share * tokens) - 20));
        return reflected(dense.entries(), StateField.assemble(0, Map.of(StateField.GOALS,
                List.of(new ProjectState.Item("finish " + range, range))), Map.of()));
    }

    static ReflectionResult.Reflected reflected(List<LogEntry> entries, ProjectState state) {
        return new ReflectionResult.Reflected(entries, Optional.empty(), Optional.empty(), Optional.empty(), 0, state,
                new Provenance("test", "test", "1", 0, 0));
    }

    void tell(ReflectorEvent event) {
        minutes++;
        ReflectorState before = state;
        Decision<ReflectorState, ReflectorEffect> decision = reflector.decide(before, event, policy);
        state = decision.state();
        counts.addAll(decision.counts());
        assertThat(decision.effects().stream().dropWhile(effect -> !(effect instanceof ReflectorEffect.Reflect)))
                .as("a reflection finds its project state available")
                .noneMatch(ReflectorEffect.WriteState.class::isInstance);
        decision.effects().forEach(effect -> live(before, effect));
        check();
    }

    private void live(ReflectorState before, ReflectorEffect effect) {
        switch (effect) {
            case ReflectorEffect.Forget _ -> {
                journal.clear();
                requests.clear();
            }
            case ReflectorEffect.Keep(Segment segment) -> journal.put(segment.id(), segment);
            case ReflectorEffect.WriteState(ProjectState project) -> states.add(project);
            case ReflectorEffect.Reflect(Segment segment, List<String> replaces) -> replace(before, segment, replaces);
            case ReflectorEffect.Request(RequestHeader header) -> {
                assertThat(before.inFlight().filter(waiting -> state.inFlight().filter(waiting::equals).isPresent()))
                        .as("an unanswered request besides the new one")
                        .isEmpty();
                assertThat(state.inFlight()).contains(header);
                requests.add(header);
            }
        }
    }

    private void replace(ReflectorState before, Segment segment, List<String> replaces) {
        assertThat(before.inFlight().map(RequestHeader::segments)).as("fenced").contains(replaces);
        assertThat(journal.keySet()).as("named segments are live").containsAll(replaces);
        long replaced = replaces.stream().mapToLong(this::tokensOf).sum();
        assertThat(segment.tokens()).as("smaller than what it replaces").isLessThan(replaced);
        reflectedTokens += replaced;
        replaces.forEach(journal::remove);
        journal.put(segment.id(), segment);
    }

    private void check() {
        List<Segment> live = live();
        assertThat(state.live().stream().map(LiveSegment::id)).as("state is the fold of the journal")
                .containsExactlyElementsOf(live.stream().map(Segment::id).toList());
        long next = 0;
        for (Segment segment : live) {
            assertThat(segment.range().from()).as("coverage without gap or overlap").isEqualTo(next);
            next = segment.range().to() + 1;
        }
        assertThat(next).as("everything observed is covered").isEqualTo(head + 1);
    }

    private long tokensOf(String id) {
        return Optional.ofNullable(journal.get(id)).map(Segment::tokens).orElse(0L);
    }

    private SeqRange rangeOf(RequestHeader request) {
        return request.segments()
                .stream()
                .flatMap(id -> Optional.ofNullable(journal.get(id)).stream())
                .map(Segment::range)
                .reduce(SeqRange::span)
                .orElse(SeqRange.of(0));
    }

    private Instant now() {
        return START.plusSeconds(60 * minutes);
    }

    /** An observation of about this many tokens whose lines differ from each other. */
    static Segment segment(SeqRange range, long tokens) {
        int lines = (int) Math.max(1, tokens / 20);
        List<LogEntry> entries = IntStream.range(0, lines)
                .mapToObj(line -> entry(LogEntry.Kind.FACT, range.from(), "fact " + line + " of " + range + " "
                        + filler(range.from() * 31 + line)))
                .toList();
        Segment uncounted = new Segment("o" + range, Segment.Kind.OBSERVATION, range, 0, entries, Optional.empty(),
                Optional.empty(), Optional.empty(), 0);
        return new Segment("o" + range, Segment.Kind.OBSERVATION, range, 0, entries, Optional.empty(), Optional.empty(),
                Optional.empty(), FOUR_CHARS.count(SegmentText.of(uncounted)));
    }

    static LogEntry entry(LogEntry.Kind kind, long seq, String text) {
        return new LogEntry(LogEntry.Priority.NOTABLE, kind, SeqRange.of(seq), Optional.empty(), text);
    }

    private static String filler(long seed) {
        return IntStream.range(0, 6)
                .mapToObj(i -> Long.toString(Math.abs((seed + i) * 2_654_435_761L) % 100_000, 36))
                .collect(Collectors.joining(" "));
    }
}
