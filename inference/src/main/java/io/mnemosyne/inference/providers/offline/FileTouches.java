package io.mnemosyne.inference.providers.offline;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import io.mnemosyne.core.SeqRange;

import static io.mnemosyne.core.LogEntry.Kind.ERROR;
import static io.mnemosyne.core.LogEntry.Kind.FILE;
import static io.mnemosyne.core.LogEntry.Priority.MINOR;
import static io.mnemosyne.core.LogEntry.Priority.NOTABLE;

/** Which files were read and changed: one entry per file and kind of touch, however often it was touched. */
final class FileTouches {
    private static final double CHANGE = 60;
    private static final double READ = 35;
    private static final double REREAD = 10;
    private static final double FAILURE = 40;
    private static final int MOST_CHANGES = 12;

    private FileTouches() {
    }

    static List<Candidate> in(Transcript transcript) {
        Map<String, List<FileTouch>> reads = new LinkedHashMap<>();
        Map<String, List<FileTouch>> changes = new LinkedHashMap<>();
        List<Candidate> candidates = new ArrayList<>();
        for (Transcript.ToolUse use : transcript.uses()) {
            for (FileTouch touch : FileTouch.of(use)) {
                if (failed(touch)) {
                    candidates.add(failure(touch));
                } else {
                    (touch.change() ? changes : reads).computeIfAbsent(touch.path(), _ -> new ArrayList<>()).add(touch);
                }
            }
        }
        changes.values().forEach(touches -> candidates.add(changed(touches)));
        reads.values().forEach(touches -> candidates.add(read(touches)));
        return candidates;
    }

    private static boolean failed(FileTouch touch) {
        String start = Texts.head(touch.use().output(), 400);
        return touch.use().failed() || start.contains("No replacement was performed") || start.startsWith("ERROR")
                || start.startsWith("Error");
    }

    private static Candidate failure(FileTouch touch) {
        List<String> errors = ErrorLines.in(touch.use().output(), 2);
        String why = errors.isEmpty()
                ? Texts.head(Texts.firstLine(touch.use().output()), 200)
                : String.join("; ", errors);
        return Candidate.of(FAILURE, MINOR, ERROR, touch.use().seqs(), touch.use().at(),
                (touch.change() ? "changing " : "reading ") + touch.path() + " failed: " + why);
    }

    private static Candidate changed(List<FileTouch> touches) {
        StringBuilder text = new StringBuilder("changed ").append(touches.getFirst().path());
        if (touches.size() > 1) {
            text.append(", ").append(touches.size()).append(" times");
        }
        int skipped = Math.max(0, touches.size() - MOST_CHANGES);
        String separator = ": ";
        for (FileTouch touch : touches.subList(skipped, touches.size())) {
            if (!touch.what().isEmpty()) {
                text.append(separator).append(touch.what());
                separator = "; ";
            }
        }
        TestCounts.in(touches.getLast().use().output())
                .ifPresent(counts -> text.append("; tests: ").append(counts.told()));
        return Candidate.of(CHANGE + touches.size(), NOTABLE, FILE, span(touches), touches.getLast().use().at(),
                Texts.head(text.toString(), 1_200));
    }

    private static Candidate read(List<FileTouch> touches) {
        FileTouch last = touches.getLast();
        StringBuilder text = new StringBuilder("read ").append(last.path());
        List<String> parts = touches.stream().map(FileTouch::what).filter(what -> !what.isEmpty()).distinct().limit(6)
                .toList();
        text.append(" (").append(size(last.use().bytes()));
        if (!parts.isEmpty()) {
            text.append("; ").append(String.join(", ", parts));
        }
        if (touches.size() > 1) {
            text.append("; ").append(touches.size()).append(" times");
        }
        text.append(')');
        return Candidate.of(READ + REREAD * (touches.size() - 1), MINOR, FILE, span(touches), last.use().at(),
                text.toString());
    }

    private static SeqRange span(List<FileTouch> touches) {
        return touches.stream().map(touch -> touch.use().seqs()).reduce(SeqRange::span).orElseThrow();
    }

    private static String size(long bytes) {
        return bytes < 1_000 ? bytes + " B" : String.format(Locale.ROOT, "%.1f kB", bytes / 1_000.0);
    }
}
