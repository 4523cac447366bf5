package io.mnemosyne.inference.prompts;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

import com.fasterxml.jackson.databind.JsonNode;

import io.mnemosyne.core.LogEntry;
import io.mnemosyne.core.LogEntry.Kind;
import io.mnemosyne.core.ProjectState;
import io.mnemosyne.core.Segment;
import io.mnemosyne.core.SegmentText;
import io.mnemosyne.core.reflect.LeftOut;
import io.mnemosyne.core.reflect.ReflectionRequest;
import io.mnemosyne.core.tokens.TokenCounter;

/** Makes a denser log of what a model answered to a request. */
final class ReflectionReader {
    private final ReflectionRequest request;
    private final TokenCounter counter;
    private final LogEvidence evidence;
    private final List<LogEntry> before;
    private final List<LogEntry> instructions;

    ReflectionReader(ReflectionRequest request, TokenCounter counter) {
        this.request = request;
        this.counter = counter;
        before = request.segments().stream().flatMap(segment -> segment.entries().stream()).toList();
        evidence = new LogEvidence(ReflectorPrompt.range(request),
                before.stream().filter(entry -> !LeftOut.is(entry)).toList());
        instructions = Instructions.of(evidence.entries(), request.targetTokens(), counter);
    }

    /**
     * What one level came to.
     *
     * @param tokens of the segment that it would make
     */
    record Candidate(List<LogEntry> entries, Optional<String> title, ProjectState state, int level, long tokens) {
    }

    /** Whether there is nothing that a model could condense. */
    boolean hasNothingToRead() {
        return evidence.entries().isEmpty();
    }

    /** Tokens that are left for the model's own entries. */
    long target() {
        return Math.max(1, request.targetTokens() - Instructions.tokens(instructions, counter));
    }

    /** Of use, but without a candidate, is an answer that says nothing or goes round in circles: that level failed. */
    Reading<Optional<Candidate>> read(String answer, int level) {
        Problems problems = new Problems();
        Optional<JsonNode> json = AnswerJson.read(answer, problems);
        if (json.isEmpty()) {
            return Reading.useless(problems);
        }
        JsonNode entries = json.get().path("entries");
        if (Circles.areIn(entries)) {
            problems.add("answer.degenerate", "the entries say the same over and over");
            return Reading.of(Optional.empty(), problems);
        }
        EntryReader reader = new EntryReader(evidence, ReflectorPrompt.OWN_WORDS);
        List<LogEntry> own = reader.read(entries, problems).stream()
                .filter(entry -> entry.kind() != Kind.INSTRUCTION && !LeftOut.is(entry))
                .map(entry -> entry.withDates(evidence.dates(entry.text(), entry.seqs())))
                .collect(Collectors.toMap(LogEntry::text, Function.identity(), (_, newer) -> newer, LinkedHashMap::new))
                .values().stream().toList();
        boolean silent = own.isEmpty()
                && evidence.entries().stream().anyMatch(entry -> entry.kind() != Kind.INSTRUCTION);
        if (silent && !entries.isEmpty()) {
            problems.add("there are no entries that hold");
            return Reading.useless(problems);
        }
        if (silent) {
            problems.add("answer.empty", "there are no entries");
            return Reading.of(Optional.empty(), problems);
        }
        ProjectState state = new StateReader(reader, evidence, request.previous()).read(json.get().path("state"),
                problems);
        return Reading.of(
                Optional.of(candidate(own, Line.of(json.get().path("title"), Line.TITLE, ReflectorPrompt.OWN_WORDS),
                        state, level)),
                problems);
    }

    private Candidate candidate(List<LogEntry> own, Optional<String> title, ProjectState state, int level) {
        List<LogEntry> entries = new ArrayList<>(own);
        entries.addAll(instructions);
        entries.sort(Comparator.comparingLong((LogEntry entry) -> entry.seqs().from())
                .thenComparingLong(entry -> entry.seqs().to()));
        LeftOut.line(before, entries, evidence.range()).ifPresent(entries::addFirst);
        Segment segment = new Segment("", Segment.Kind.REFLECTION, evidence.range(), level, entries, title,
                Optional.empty(), Optional.empty(), 0, request.segments().getLast().zone());
        return new Candidate(List.copyOf(entries), title, state, level, counter.count(SegmentText.of(segment)));
    }

    static String repair(Problems problems) {
        return ReflectorPrompt.TEMPLATE.section("repair", Map.of("problems", problems.list().stripTrailing()));
    }
}
