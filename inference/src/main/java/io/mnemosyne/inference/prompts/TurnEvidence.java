package io.mnemosyne.inference.prompts;

import java.time.Instant;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;

import io.mnemosyne.core.LogEntry.Kind;
import io.mnemosyne.core.Part;
import io.mnemosyne.core.Rendition;
import io.mnemosyne.core.Role;
import io.mnemosyne.core.SeqRange;

/** The turns that an observer was shown. */
record TurnEvidence(SeqRange range, NavigableMap<Long, Rendition> shown) implements Evidence {

    static TurnEvidence of(SeqRange range, List<Rendition> shown) {
        NavigableMap<Long, Rendition> bySeq = new TreeMap<>();
        shown.forEach(turn -> bySeq.put(turn.seq(), turn));
        return new TurnEvidence(range, bySeq);
    }

    @Override
    public boolean wasShown(SeqRange seqs) {
        return range.contains(seqs) && shown.containsKey(seqs.from()) && shown.containsKey(seqs.to());
    }

    @Override
    public List<Instant> times(SeqRange seqs) {
        return shown.subMap(seqs.from(), true, seqs.to(), true).values().stream().flatMap(turn -> turn.at().stream())
                .toList();
    }

    @Override
    public boolean allows(Kind kind, SeqRange seqs) {
        return switch (kind) {
            case REQUEST, INSTRUCTION -> userSpeaksIn(seqs.from());
            case DECISION, FILE, COMMAND, ERROR, RESOLUTION, TEST, FACT -> true;
        };
    }

    /** Whether a user speaks in any of the turns. */
    boolean userSpeaks() {
        return shown.keySet().stream().anyMatch(this::userSpeaksIn);
    }

    private boolean userSpeaksIn(long seq) {
        Rendition turn = shown.get(seq);
        return turn != null && turn.role() == Role.USER
                && turn.parts().stream().anyMatch(part -> !(part instanceof Part.ToolResult));
    }
}
