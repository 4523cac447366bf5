package io.mnemosyne.core;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Locale;
import java.util.Optional;

/**
 * Renders a segment. The text is a pure function of the segment and never changes for one that is written, so that a
 * provider's prompt cache keeps it.
 */
public final class SegmentText {
    private SegmentText() {
    }

    /** Markdown: a heading with the range, date lines where the day changes, one bullet per entry with the dates
     * that its words refer to; ends with a newline. */
    public static String of(Segment segment) {
        StringBuilder text = new StringBuilder();
        text.append(segment.kind() == Segment.Kind.OBSERVATION ? "## Observed" : "## Reflected");
        text.append(" turns ").append(segment.range());
        segment.zone().ifPresent(zone -> text.append(", times in ").append(zone));
        segment.title().ifPresent(title -> text.append(": ").append(title));
        text.append('\n');
        if (segment.entries().isEmpty()) {
            text.append("Nothing notable.\n");
        }
        ZoneId zone = segment.zone().orElse(Policy.UTC);
        Optional<LocalDate> day = Optional.empty();
        for (LogEntry entry : segment.entries()) {
            Optional<LocalDate> entryDay = entry.at().map(at -> LocalDate.ofInstant(at, zone));
            if (entryDay.isPresent() && !entryDay.equals(day)) {
                text.append("### ").append(entryDay.get()).append('\n');
                day = entryDay;
            }
            line(text, entry, zone);
        }
        segment.currentTask().ifPresent(task -> text.append("Current task: ").append(task).append('\n'));
        segment.nextStep().ifPresent(step -> text.append("Next step: ").append(step).append('\n'));
        return text.toString();
    }

    private static void line(StringBuilder text, LogEntry entry, ZoneId zone) {
        text.append("- ").append(mark(entry.priority())).append(' ');
        entry.at().ifPresent(at -> text.append(timeOfDay(at, zone)).append(' '));
        text.append('[')
                .append(entry.seqs().size() == 1 ? Long.toString(entry.seqs().from()) : entry.seqs().toString());
        text.append("] ").append(entry.kind().name().toLowerCase(Locale.ROOT)).append(": ");
        text.append(DateReference.beside(entry.text().replace("\n", "\n  "), entry.dates())).append('\n');
    }

    private static String mark(LogEntry.Priority priority) {
        return switch (priority) {
            case CRITICAL -> "!!";
            case NOTABLE -> "!";
            case MINOR -> "·";
            case DONE -> "✓";
        };
    }

    private static String timeOfDay(Instant at, ZoneId zone) {
        return at.atZone(zone).toLocalTime().withNano(0).withSecond(0).toString();
    }
}
