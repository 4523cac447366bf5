package io.mnemosyne.core.thread;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

import io.mnemosyne.core.Command;
import io.mnemosyne.core.LogEntry;
import io.mnemosyne.core.MemoryEvent;
import io.mnemosyne.core.MemoryRecord;
import io.mnemosyne.core.Segment;
import io.mnemosyne.core.ThreadKey;
import io.mnemosyne.core.observe.ObservationRequest;
import io.mnemosyne.core.observe.ObservationResult;
import io.mnemosyne.core.observe.Observer;
import io.mnemosyne.core.reflect.ReflectionRequest;
import io.mnemosyne.core.reflect.ReflectionResult;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Reads what was committed as anybody could, and compares it with what was asked and answered. Knows nothing of the
 * machines.
 */
final class Audit {
    private final Pipeline pipeline;
    private final Map<ThreadKey, Remembered> threads = new HashMap<>();
    private int memory;
    private int observations;
    private int reflections;
    private final Map<ThreadKey, Sent> observing = new HashMap<>();
    private final Map<ThreadKey, Sent> reflecting = new HashMap<>();

    /** The memory of one thread by the book. */
    private static final class Remembered {
        private long incarnation;
        private final List<Segment> live = new ArrayList<>();
    }

    Audit(Pipeline pipeline) {
        this.pipeline = pipeline;
    }

    /** Ids of live segments, oldest first. */
    List<String> live(ThreadKey thread) {
        return of(thread).live.stream().map(Segment::id).toList();
    }

    void readAll() {
        for (var found = pipeline.memory.next(memory); found.isPresent(); found = pipeline.memory.next(memory)) {
            memory = found.get().position();
            read(found.get().value());
        }
        for (var found = pipeline.observations.requests.next(observations); found
                .isPresent(); found = pipeline.observations.requests.next(observations)) {
            observations = found.get().position();
            ObservationRequest request = found.get().value();
            Optional.ofNullable(observing.put(request.thread(), Sent.of(request)))
                    .ifPresent(before -> assertThat(before.incarnation() < request.incarnation()
                            || observationsOf(before).anyMatch(result -> ends(result, before)))
                            .as("3 one in flight: %s was sent before %s came to an end", Sent.of(request), before)
                            .isTrue());
        }
        for (var found = pipeline.reflections.requests.next(reflections); found
                .isPresent(); found = pipeline.reflections.requests.next(reflections)) {
            reflections = found.get().position();
            ReflectionRequest request = found.get().value();
            Optional.ofNullable(reflecting.put(request.thread(), Sent.of(request)))
                    .ifPresent(before -> assertThat(before.incarnation() < request.incarnation()
                            || reflectionsOf(before).anyMatch(result -> ends(result, before)))
                            .as("3 one in flight: %s was sent before %s came to an end", Sent.of(request), before)
                            .isTrue());
        }
    }

    private Remembered of(ThreadKey thread) {
        return threads.computeIfAbsent(thread, _ -> new Remembered());
    }

    private void read(MemoryRecord record) {
        Remembered thread = of(record.thread());
        if (record.incarnation() < thread.incarnation) {
            return;
        }
        if (record.incarnation() > thread.incarnation) {
            assertThat(record.event()).as("an incarnation begins with a deletion").isInstanceOfSatisfying(
                    MemoryEvent.Controlled.class,
                    control -> assertThat(control.command().kind()).isEqualTo(Command.Kind.DELETE));
            thread.incarnation = record.incarnation();
            thread.live.clear();
        }
        switch (record.event()) {
            case MemoryEvent.Observed(Segment segment) -> {
                thread.live.add(segment);
                wasAnswered(record, segment);
                pipeline.tally.count("observed");
            }
            case MemoryEvent.Reflected(Segment segment, List<String> replaces) -> {
                replace(thread, record, segment, replaces);
                pipeline.tally.count("reflected");
            }
            case MemoryEvent.StateChanged _,MemoryEvent.Controlled _ -> {
                // Covers nothing.
            }
        }
        Invariants.segmentsFollowEachOther(thread.live.stream().map(Segment::range).toList());
    }

    private void replace(Remembered thread, MemoryRecord record, Segment segment, List<String> replaces) {
        List<ReflectionRequest> asked = pipeline.reflections.requests.committed().stream()
                .filter(request -> request.thread().equals(record.thread())
                        && request.incarnation() == record.incarnation())
                .toList();
        Invariants.namedReplacement(replaces,
                asked.stream().map(request -> request.segments().stream().map(Segment::id).toList()).toList(),
                thread.live.stream().map(Segment::id).toList());
        List<Segment> replaced = thread.live.stream().filter(live -> replaces.contains(live.id())).toList();
        assertThat(segment.tokens()).as("5 named replacement: it is smaller than what it replaces")
                .isLessThan(replaced.stream().mapToLong(Segment::tokens).sum());
        thread.live.set(thread.live.indexOf(replaced.getFirst()), segment);
        thread.live.removeAll(replaced);
    }

    /** 6: nothing is covered but by an answer to a request for just that. */
    private void wasAnswered(MemoryRecord record, Segment segment) {
        boolean answered = pipeline.observations.requests.committed().stream()
                .filter(request -> request.thread().equals(record.thread())
                        && request.incarnation() == record.incarnation() && request.range().equals(segment.range()))
                .flatMap(request -> observationsOf(Sent.of(request))
                        .filter(result -> covers(result, request, segment)))
                .findAny().isPresent();
        assertThat(answered).as("6 failed is not empty: somebody observed %s", segment).isTrue();
    }

    /** A line that the machine itself adds for a turn that was too large to be shown whole. */
    private static boolean saysWhatNobodyRead(LogEntry entry) {
        return entry.text().endsWith("to be recalled by turn");
    }

    private static boolean covers(ObservationResult result, ObservationRequest request, Segment segment) {
        return switch (result.outcome()) {
            case ObservationResult.Nothing _ -> segment.entries().stream().allMatch(Audit::saysWhatNobodyRead);
            case ObservationResult.Observed _ -> !segment.entries().isEmpty()
                    || request.attempt() > Observer.MAX_ATTEMPTS;
            case ObservationResult.Failed _,ObservationResult.Expired _,ObservationResult.Idle _ -> false;
        };
    }

    private Stream<ObservationResult> observationsOf(Sent sent) {
        return pipeline.observations.results.committed().stream().filter(
                result -> result.requestId().equals(sent.requestId()) && result.incarnation() == sent.incarnation());
    }

    private Stream<ReflectionResult> reflectionsOf(Sent sent) {
        return pipeline.reflections.results.committed().stream().filter(
                result -> result.requestId().equals(sent.requestId()) && result.incarnation() == sent.incarnation());
    }

    private static boolean ends(ObservationResult result, Sent sent) {
        return switch (result.outcome()) {
            case ObservationResult.Observed _,ObservationResult.Nothing _ -> true;
            case ObservationResult.Failed _,ObservationResult.Expired _ -> result.attempt() == sent.attempt();
            case ObservationResult.Idle _ -> false;
        };
    }

    private static boolean ends(ReflectionResult result, Sent sent) {
        return result.outcome() instanceof ReflectionResult.Reflected || result.attempt() == sent.attempt();
    }
}
