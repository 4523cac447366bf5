package io.mnemosyne.schemas.mapping;

import java.time.ZoneId;
import java.util.List;

import io.mnemosyne.avro.LogEntryData;
import io.mnemosyne.avro.LogKind;
import io.mnemosyne.avro.LogPriority;
import io.mnemosyne.avro.SegmentData;
import io.mnemosyne.avro.SegmentKind;
import io.mnemosyne.core.LogEntry;
import io.mnemosyne.core.Segment;

/** Segments and their entries. */
final class Segments {
    private Segments() {
    }

    static SegmentData toAvro(Segment segment) {
        return new SegmentData(segment.id(), Symbols.toAvro(SegmentKind.class, segment.kind()),
                Places.toAvro(segment.range()), segment.level(), toAvro(segment.entries()),
                Nullables.toAvro(segment.title()), Nullables.toAvro(segment.currentTask()),
                Nullables.toAvro(segment.nextStep()), segment.tokens(),
                Nullables.toAvro(segment.zone().map(ZoneId::getId)));
    }

    static Segment toCore(SegmentData segment) {
        return new Segment(segment.getId(), Symbols.toCore(Segment.Kind.class, segment.getKind()),
                Places.toCore(segment.getRange()), segment.getLevel(), toCore(segment.getEntries()),
                Nullables.toCore(segment.getTitle()), Nullables.toCore(segment.getCurrentTask()),
                Nullables.toCore(segment.getNextStep()), segment.getTokens(),
                Nullables.toCore(segment.getZone()).map(ZoneId::of));
    }

    static List<LogEntryData> toAvro(List<LogEntry> entries) {
        return entries.stream().map(Segments::toAvro).toList();
    }

    static List<LogEntry> toCore(List<LogEntryData> entries) {
        return entries.stream().map(Segments::toCore).toList();
    }

    private static LogEntryData toAvro(LogEntry entry) {
        return new LogEntryData(Symbols.toAvro(LogPriority.class, entry.priority()),
                Symbols.toAvro(LogKind.class, entry.kind()), Places.toAvro(entry.seqs()),
                Nullables.toAvro(entry.at()), entry.text(), Dates.toAvro(entry.dates()));
    }

    private static LogEntry toCore(LogEntryData entry) {
        return new LogEntry(Symbols.toCore(LogEntry.Priority.class, entry.getPriority()),
                Symbols.toCore(LogEntry.Kind.class, entry.getKind()), Places.toCore(entry.getSeqs()),
                Nullables.toCore(entry.getAt()), entry.getText(), Dates.toCore(entry.getDates()));
    }
}
