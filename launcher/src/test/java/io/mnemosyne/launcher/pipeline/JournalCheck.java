package io.mnemosyne.launcher.pipeline;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.LongStream;

import io.mnemosyne.core.MemoryEvent;
import io.mnemosyne.core.Segment;
import io.mnemosyne.core.SeqRange;
import io.mnemosyne.core.TurnEvent;
import io.mnemosyne.core.TurnsRecord;
import io.mnemosyne.launcher.pipeline.Journal.Answer;
import io.mnemosyne.launcher.pipeline.Journal.Asked;
import io.mnemosyne.launcher.pipeline.Journal.Kind;

/**
 * Checks a journal by a fold of its own, which shares nothing with those of the stages. Stricter than these: they
 * pass over a record that comes twice, here it is a fault.
 */
final class JournalCheck {
    private final Journal journal;
    private final List<String> faults = new ArrayList<>();
    private final Map<String, SeqRange> live = new LinkedHashMap<>();
    private final Set<String> written = new HashSet<>();
    private long covered;

    private JournalCheck(Journal journal) {
        this.journal = journal;
    }

    /** Everything that is wrong, empty if nothing is. */
    static List<String> faults(Journal journal) {
        JournalCheck check = new JournalCheck(journal);
        check.turns();
        journal.memory().forEach(check::fold);
        check.coverage();
        for (Kind kind : Kind.values()) {
            check.requests(kind);
        }
        return List.copyOf(check.faults);
    }

    private void turns() {
        long next = 0;
        Set<Object> sources = new HashSet<>();
        for (TurnsRecord row : journal.turns()) {
            if (!sources.add(row.source())) {
                faults.add("raw record " + row.source() + " was taken twice");
            }
            if (row.event() instanceof TurnEvent.Appended(var turn)) {
                if (turn.seq() != next) {
                    faults.add("turn " + turn.seq() + " stands where " + next + " should");
                }
                next = turn.seq() + 1;
            }
        }
    }

    private void fold(MemoryEvent event) {
        switch (event) {
            case MemoryEvent.Observed(Segment segment) -> {
                if (segment.range().from() != covered) {
                    faults.add("observation of " + segment.range() + " follows on " + (covered - 1));
                }
                covered = Math.max(covered, segment.range().to() + 1);
                append(segment);
            }
            case MemoryEvent.Reflected(Segment segment, List<String> replaces) -> {
                List<SeqRange> replaced = new ArrayList<>();
                replaces.forEach(id -> {
                    SeqRange range = live.remove(id);
                    if (range == null) {
                        faults.add("reflection of " + segment.range() + " replaces " + id + ", which is not live");
                    } else {
                        replaced.add(range);
                    }
                });
                if (replaced.stream().mapToLong(SeqRange::size).sum() != segment.range().size()
                        || !replaced.stream().allMatch(segment.range()::contains)) {
                    faults.add("reflection of " + segment.range() + " replaces " + replaced);
                }
                append(segment);
            }
            case MemoryEvent.StateChanged _,MemoryEvent.Controlled _ -> {
                // Says nothing about coverage.
            }
        }
    }

    private void append(Segment segment) {
        if (!written.add(segment.id())) {
            faults.add("segment " + segment.id() + " of " + segment.range() + " was written twice");
        }
        live.merge(segment.id(), segment.range(), SeqRange::span);
    }

    private void coverage() {
        int[] forms = new int[Math.toIntExact(covered)];
        live.values().forEach(range -> LongStream.rangeClosed(range.from(), range.to())
                .forEach(seq -> forms[Math.toIntExact(seq)]++));
        for (int seq = 0; seq < forms.length; seq++) {
            if (forms[seq] != 1) {
                faults.add("turn " + seq + " is in " + forms[seq] + " live segments");
            }
        }
    }

    private void requests(Kind kind) {
        Set<Answer> sendings = new HashSet<>();
        Map<String, String> subjects = new LinkedHashMap<>();
        long next = 0;
        for (Asked asked : journal.asked()) {
            if (asked.sending().kind() != kind) {
                continue;
            }
            if (!sendings.add(asked.sending())) {
                faults.add("attempt %d of the %s's request about %s was sent twice".formatted(
                        asked.sending().attempt(), kind, asked.range()));
            }
            String before = subjects.put(asked.requestId(), asked.about());
            if (before != null && !before.equals(asked.about())) {
                faults.add("request %s of the %s changed its subject".formatted(asked.requestId(), kind));
            }
            if (before == null && kind == Kind.OBSERVER) {
                if (asked.range().from() != next) {
                    faults.add("the OBSERVER asked about " + asked.range() + " after " + (next - 1));
                }
                next = asked.range().to() + 1;
            }
        }
        if (new HashSet<>(subjects.values()).size() != subjects.size()) {
            faults.add("the %s has %d requests about %d subjects".formatted(kind, subjects.size(),
                    new HashSet<>(subjects.values()).size()));
        }
        if (journal.unanswered(kind).size() > 1) {
            faults.add("the %s has %d unanswered requests".formatted(kind, journal.unanswered(kind).size()));
        }
    }
}
