package io.mnemosyne.core.reflect;

import java.time.ZoneId;
import java.util.List;

import io.mnemosyne.core.LogEntry;
import io.mnemosyne.core.Segment;
import io.mnemosyne.core.SegmentText;
import io.mnemosyne.core.SeqRange;
import io.mnemosyne.core.Sha256;
import io.mnemosyne.core.tokens.TokenCounter;

/** Makes a segment of a worker's answer. */
record ReflectionWriter(TokenCounter counter) {

    /** Entries that rest on turns outside the range of what is replaced were made up, and are left out. */
    Segment write(ReflectorState state, String requestId, List<LiveSegment> replaced,
            ReflectionResult.Reflected reflected, ZoneId zone) {
        SeqRange range = replaced.getFirst().range().span(replaced.getLast().range());
        List<LogEntry> entries = reflected.entries().stream().filter(entry -> range.contains(entry.seqs())).toList();
        int level = 1 + reflected.level();
        String id = Sha256.id("segment", state.thread().toString(), Long.toString(state.incarnation()), "reflection",
                Long.toString(range.from()), Long.toString(range.to()), Integer.toString(level), requestId);
        Segment uncounted = new Segment(id, Segment.Kind.REFLECTION, range, level, entries, reflected.title(),
                reflected.currentTask(), reflected.nextStep(), 0).in(zone);
        return uncounted.sized(counter.count(SegmentText.of(uncounted)));
    }
}
