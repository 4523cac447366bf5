package io.mnemosyne.core.reflect;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

import io.mnemosyne.core.LogEntry;
import io.mnemosyne.core.ProjectState;
import io.mnemosyne.core.Provenance;
import io.mnemosyne.core.Segment;
import io.mnemosyne.core.SegmentText;
import io.mnemosyne.core.SeqRange;
import io.mnemosyne.core.tokens.TokenCounter;

/** Reflects without a model, by rules: deterministic, free, and always at hand. */
public final class OfflineReflection {
    private static final Provenance PROVENANCE = new Provenance("offline", "rules", "1", 0, 0);

    private OfflineReflection() {
    }

    /**
     * Tries the compression levels in order until the answer is smaller than the target; without one the smallest
     * counts. What a level leaves out is declared in a line of its own.
     */
    public static ReflectionResult.Reflected reflect(ReflectionRequest request, TokenCounter counter) {
        List<LogEntry> entries = request.segments().stream().flatMap(segment -> segment.entries().stream()).toList();
        SeqRange range = request.segments().stream().map(Segment::range).reduce(SeqRange::span).orElseThrow();
        List<LogEntry> merged = MergedLog.of(entries.stream().filter(entry -> !LeftOut.is(entry)).toList());
        LeftOut earlier = LeftOut.of(entries);
        List<Candidate> candidates = new ArrayList<>();
        for (Compression compression : Compression.LEVELS) {
            List<LogEntry> dense = compression.apply(merged, request.targetTokens(), counter);
            Candidate candidate = Candidate.of(compression.level(), dense, earlier.and(merged, dense).entry(range),
                    range,
                    counter);
            if (candidate.tokens() < request.targetTokens()) {
                return candidate.outcome(StateExtraction.of(entries, request.previous()));
            }
            candidates.add(candidate);
        }
        Candidate smallest = candidates.stream().min(Comparator.comparingLong(Candidate::tokens)).orElseThrow();
        return smallest.outcome(StateExtraction.of(entries, request.previous()));
    }

    /** What one level made of the log. */
    private record Candidate(int level, List<LogEntry> entries, long tokens) {

        static Candidate of(int level, List<LogEntry> dense, Optional<LogEntry> leftOut, SeqRange range,
                TokenCounter counter) {
            List<LogEntry> all = new ArrayList<>();
            leftOut.ifPresent(all::add);
            all.addAll(dense);
            Segment rendered = new Segment("", Segment.Kind.REFLECTION, range, level, all, Optional.empty(),
                    Optional.empty(), Optional.empty(), 0);
            return new Candidate(level, List.copyOf(all), counter.count(SegmentText.of(rendered)));
        }

        /** Task and next step of an old stretch have passed; the newest observations name the current ones. */
        ReflectionResult.Reflected outcome(ProjectState state) {
            return new ReflectionResult.Reflected(entries, Optional.empty(), Optional.empty(), Optional.empty(), level,
                    state, PROVENANCE);
        }
    }
}
