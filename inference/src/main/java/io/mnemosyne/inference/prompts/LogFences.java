package io.mnemosyne.inference.prompts;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

import io.mnemosyne.core.LogEntry;
import io.mnemosyne.core.ProjectState;
import io.mnemosyne.core.Segment;
import io.mnemosyne.core.observe.Fence;
import io.mnemosyne.core.reflect.LeftOut;
import io.mnemosyne.core.reflect.Phrases;
import io.mnemosyne.core.tokens.TokenCounter;

/** A log and a project state as they stand in a prompt: one fence for each segment, one line for each entry. */
record LogFences(TokenCounter counter) {
    private static final int LONGEST_ENTRY = 2_000;
    private static final int SHORTEST_ENTRY = 80;

    /** The segments with their longest entries clipped to one limit, so that they fit; empty if there are too many. */
    Optional<String> fit(List<Segment> segments, long room) {
        int limit = LONGEST_ENTRY;
        String text = of(segments, limit);
        while (counter.count(text) > room) {
            if (limit == SHORTEST_ENTRY) {
                return Optional.empty();
            }
            limit = Math.max(SHORTEST_ENTRY, limit * 2 / 3);
            text = of(segments, limit);
        }
        return Optional.of(text);
    }

    private static String of(List<Segment> segments, int maxChars) {
        return segments.stream()
                .map(segment -> Fence.around("log of turns " + segment.range(),
                        segment.entries().stream().filter(entry -> !LeftOut.is(entry))
                                .map(entry -> line(entry, maxChars)).collect(Collectors.joining())))
                .collect(Collectors.joining());
    }

    private static String line(LogEntry entry, int maxChars) {
        return "[" + entry.seqs() + "]" + entry.at().map(at -> " " + at).orElse("") + " " + word(entry.priority()) + " "
                + word(entry.kind()) + ": " + oneItem(Phrases.clip(entry.text(), maxChars));
    }

    private static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    /** The text of a state, each statement with its turns. */
    static String state(ProjectState state) {
        String files = state.files().entrySet().stream().map(
                file -> "- [" + file.getValue().seq() + "] "
                        + oneItem(file.getKey() + ": " + file.getValue().summary()))
                .collect(Collectors.joining());
        return items("goals", state.goals()) + items("open_questions", state.openQuestions())
                + items("decisions", state.decisions()) + items("blockers", state.blockers())
                + items("preferences", state.preferences()) + items("environment", state.environment())
                + (files.isEmpty() ? "" : "files:\n" + files);
    }

    private static String items(String field, List<ProjectState.Item> items) {
        String lines = items.stream().map(item -> "- [" + item.seqs() + "] " + oneItem(item.text()))
                .collect(Collectors.joining());
        return lines.isEmpty() ? "" : field + ":\n" + lines;
    }

    /** Further lines are indented, so that none of them looks like an item. */
    private static String oneItem(String text) {
        return text.strip().replace("\n", "\n  ") + "\n";
    }
}
