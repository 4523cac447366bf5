package io.mnemosyne.core.thread;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

import io.mnemosyne.core.LogEntry;
import io.mnemosyne.core.ModelRequest;
import io.mnemosyne.core.ProjectState;
import io.mnemosyne.core.Provenance;
import io.mnemosyne.core.Rendition;
import io.mnemosyne.core.Segment;
import io.mnemosyne.core.SeqRange;
import io.mnemosyne.core.ThreadKey;
import io.mnemosyne.core.observe.ObservationRequest;
import io.mnemosyne.core.observe.ObservationResult;
import io.mnemosyne.core.reflect.ReflectionRequest;
import io.mnemosyne.core.reflect.ReflectionResult;

/** Answers requests, well or badly. */
final class Worker {
    private static final Provenance NOBODY = new Provenance("test", "test", "1", 0, 0);
    private static final double WELL = 0.4;
    private static final int LINE = 80;

    private Worker() {
    }

    /** What an answer to a request for an observation may be. */
    enum Observing {
        WELL,
        WORDILY,
        NOTHING,
        FAILED,
        REFUSED,
        EXPIRED,
        NONSENSE,
        EMPTY
    }

    /** What an answer to a request for a reflection may be. */
    enum Reflecting {
        WELL,
        BARELY,
        TOO_LARGE,
        DEGENERATE,
        EMPTY,
        FAILED,
        REFUSED,
        EXPIRED
    }

    /** Observes well what is asked for; false if nothing is. */
    static boolean observeAll(Pipeline pipeline) {
        return answerAll(pipeline.observations.requests.committed(), pipeline.observations.results.committed().stream()
                .map(result -> new Sent(result.requestId(), result.incarnation(), result.attempt())).toList(),
                request -> answer(pipeline, request, Observing.WELL, 0, 0));
    }

    /** Reflects well what is asked for; false if nothing is. */
    static boolean reflectAll(Pipeline pipeline) {
        return answerAll(pipeline.reflections.requests.committed(), pipeline.reflections.results.committed().stream()
                .map(result -> new Sent(result.requestId(), result.incarnation(), result.attempt())).toList(),
                request -> answer(pipeline, request, Reflecting.WELL, 0, 0));
    }

    private static <Q extends ModelRequest> boolean answerAll(List<Q> requests, List<Sent> answered,
            Consumer<Q> answer) {
        Map<ThreadKey, Q> newest = new LinkedHashMap<>();
        requests.forEach(request -> newest.put(request.thread(), request));
        List<Q> open = newest.values().stream().filter(request -> !answered.contains(Sent.of(request))).toList();
        open.forEach(answer);
        return !open.isEmpty();
    }

    static void answer(Pipeline pipeline, ObservationRequest request, Observing how, int attemptsOff,
            int incarnationsOff) {
        ObservationResult.Outcome outcome = switch (how) {
            case WELL -> observed(entries(request.range(), request.requestId(), tokens(request)));
            case WORDILY -> observed(entries(request.range(), request.requestId(), 2 * tokens(request)));
            case NOTHING -> new ObservationResult.Nothing(NOBODY);
            case FAILED -> new ObservationResult.Failed("overloaded", true);
            case REFUSED -> new ObservationResult.Failed("refused", false);
            case EXPIRED -> new ObservationResult.Expired();
            case NONSENSE -> observed(entries(new SeqRange(1_000_000, 1_000_001), "?", 10));
            case EMPTY -> observed(List.of());
        };
        pipeline.pass(Duration.ofMillis(500));
        pipeline.observations.results.append(new ObservationResult(request.thread(),
                request.incarnation() - incarnationsOff, request.requestId(), request.attempt() - attemptsOff,
                outcome), pipeline.now(), Transaction.NONE);
    }

    static void answer(Pipeline pipeline, ReflectionRequest request, Reflecting how, int attemptsOff,
            int incarnationsOff) {
        ReflectionResult.Outcome outcome = switch (how) {
            case WELL -> reflected(request, WELL);
            case BARELY -> reflected(request, 0.85);
            case TOO_LARGE -> reflected(request, 1.5);
            case DEGENERATE -> reflected(request, List.of(entry(range(request),
                    "the build is green and the tests pass\n".repeat(55))));
            case EMPTY -> reflected(request, List.of());
            case FAILED -> new ReflectionResult.Failed("overloaded", true);
            case REFUSED -> new ReflectionResult.Failed("refused", false);
            case EXPIRED -> new ReflectionResult.Expired();
        };
        pipeline.pass(Duration.ofMillis(500));
        pipeline.reflections.results.append(new ReflectionResult(request.thread(),
                request.incarnation() - incarnationsOff, request.requestId(), request.attempt() - attemptsOff,
                outcome), pipeline.now(), Transaction.NONE);
    }

    private static long tokens(ObservationRequest request) {
        return request.turns().stream().mapToLong(Rendition::tokens).sum();
    }

    private static ReflectionResult.Outcome reflected(ReflectionRequest request, double share) {
        long tokens = request.segments().stream().mapToLong(Segment::tokens).sum();
        return reflected(request,
                entries(range(request), request.requestId() + request.attempt(), Math.round(share / WELL * tokens)));
    }

    private static ReflectionResult.Outcome reflected(ReflectionRequest request, List<LogEntry> entries) {
        ProjectState state = new ProjectState(0,
                List.of(new ProjectState.Item("finish " + range(request), range(request))), List.of(), List.of(),
                Map.of(), List.of(), List.of(), List.of());
        return new ReflectionResult.Reflected(entries, Optional.empty(), Optional.empty(), Optional.empty(), 0, state,
                NOBODY);
    }

    private static SeqRange range(ReflectionRequest request) {
        return request.segments().stream().map(Segment::range).reduce(SeqRange::span).orElseThrow();
    }

    private static ObservationResult.Outcome observed(List<LogEntry> entries) {
        return new ObservationResult.Observed(entries, Optional.empty(), Optional.empty(), Optional.empty(), NOBODY);
    }

    /** Lines that differ from each other, together about as long as it is to say so much well. */
    private static List<LogEntry> entries(SeqRange range, String about, long tokens) {
        long chars = Math.min(40_000, Math.round(WELL * tokens));
        List<LogEntry> entries = new ArrayList<>();
        for (int line = 0; line == 0 || chars > 0; line++) {
            String text = line + " noted of " + about + " " + filler(about.hashCode() + line);
            String cut = text.substring(0, (int) Math.max(8, Math.min(Math.min(LINE, text.length()), chars)));
            entries.add(entry(range, cut));
            chars -= cut.length() + 16;
        }
        return entries;
    }

    private static LogEntry entry(SeqRange range, String text) {
        return new LogEntry(LogEntry.Priority.NOTABLE, LogEntry.Kind.FACT, range, Optional.empty(), text);
    }

    private static String filler(long seed) {
        StringBuilder words = new StringBuilder();
        for (int i = 0; i < 8; i++) {
            words.append(Long.toString(Math.abs((seed + i) * 2_654_435_761L) % 100_000, 36)).append(' ');
        }
        return words.toString();
    }
}
