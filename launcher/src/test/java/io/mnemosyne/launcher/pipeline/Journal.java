package io.mnemosyne.launcher.pipeline;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.mnemosyne.core.MemoryEvent;
import io.mnemosyne.core.SeqRange;
import io.mnemosyne.core.TurnEvent;
import io.mnemosyne.core.TurnsRecord;

/**
 * What the topics say of one thread, each in the order of its offsets.
 *
 * @param asked what workers were asked, under every attempt
 * @param answers what was written to the topics of results
 */
record Journal(List<TurnsRecord> turns, List<MemoryEvent> memory, List<Asked> asked, List<Answer> answers) {

    /** Which stage asks. */
    enum Kind {
        OBSERVER,
        REFLECTOR
    }

    /** One sending of a request. */
    record Answer(Kind kind, String requestId, int attempt) {
    }

    /**
     * One request.
     *
     * @param range of the turns that it is about
     * @param about tells it from requests about something else
     */
    record Asked(Answer sending, SeqRange range, String about) {
        String requestId() {
            return sending.requestId();
        }
    }

    static Journal empty() {
        return new Journal(new ArrayList<>(), new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
    }

    /** Where the last observation ends, -1 if there is none. */
    long watermark() {
        return memory.stream().flatMap(event -> event instanceof MemoryEvent.Observed(var segment)
                ? Stream.of(segment.range().to())
                : Stream.empty()).max(Long::compare).orElse(-1L);
    }

    /** Tokens of the turns after the watermark. */
    long uncoveredTokens() {
        return turns.stream()
                .flatMap(row -> row.event() instanceof TurnEvent.Appended(var turn) ? Stream.of(turn) : Stream.empty())
                .filter(turn -> turn.seq() > watermark()).mapToLong(turn -> turn.tokens()).sum();
    }

    /** Ids of the requests of a stage whose latest attempt has no answer. */
    Set<String> unanswered(Kind kind) {
        Set<Answer> answered = Set.copyOf(answers);
        return asked.stream().map(Asked::sending)
                .filter(sending -> sending.kind() == kind && !answered.contains(sending)).map(Answer::requestId)
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    /** Whether every request has its answer. */
    boolean isAnswered() {
        return Stream.of(Kind.values()).allMatch(kind -> unanswered(kind).isEmpty());
    }

    /** Answers that were written again. */
    int repeatedAnswers() {
        return answers.size() - Set.copyOf(answers).size();
    }

    int records() {
        return turns.size() + memory.size() + asked.size() + answers.size();
    }

    @Override
    public String toString() {
        return "a journal of %d turns, %d records of memory up to turn %d, %d tokens uncovered, unanswered %s and %s"
                .formatted(turns.size(), memory.size(), watermark(), uncoveredTokens(), unanswered(Kind.OBSERVER),
                        unanswered(Kind.REFLECTOR));
    }
}
