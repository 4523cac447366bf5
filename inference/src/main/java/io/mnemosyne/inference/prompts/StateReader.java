package io.mnemosyne.inference.prompts;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;

import com.fasterxml.jackson.databind.JsonNode;

import io.mnemosyne.core.LogEntry;
import io.mnemosyne.core.LogEntry.Kind;
import io.mnemosyne.core.ProjectState;
import io.mnemosyne.core.ProjectState.FileNote;
import io.mnemosyne.core.ProjectState.Item;
import io.mnemosyne.core.SeqRange;

/**
 * Reads the changes to the project state out of an answer. What it does not mention is not in it; the reflector merges it into
 * the state that there is, and bounds it.
 */
record StateReader(EntryReader entries, LogEvidence evidence, ProjectState previous) {
    private static final String DONE = "done: ";
    private static final int LONGEST_ITEM = 1_000;
    private static final int LONGEST_PATH = 200;
    private static final int LONGEST_SUMMARY = 120;

    /** The changes that hold, and the user's instructions to the letter. */
    ProjectState read(JsonNode state, Problems problems) {
        Predicate<Item> byUser = item -> evidence.isSaidByUser(item.seqs());
        Predicate<Item> open = item -> !item.text().startsWith(DONE);
        List<Item> preferences = new ArrayList<>(
                items("preferences", state, byUser.and(open), problems));
        evidence.entries().stream().filter(entry -> entry.kind() == Kind.INSTRUCTION).map(StateReader::item)
                .forEach(preferences::add);
        return new ProjectState(0, items("goals", state, byUser.or(open.negate()), problems),
                items("open_questions", state, _ -> true, problems), items("decisions", state, _ -> true, problems),
                files(state.path("files"), problems), items("blockers", state, _ -> true, problems), preferences,
                items("environment", state, _ -> true, problems));
    }

    private static Item item(LogEntry entry) {
        return new Item(entry.text(), entry.seqs(), Optional.empty(), entry.dates());
    }

    private List<Item> items(String field, JsonNode state, Predicate<Item> allowed, Problems problems) {
        List<Item> items = new ArrayList<>();
        for (JsonNode node : state.path(field)) {
            String place = field + " " + (items.size() + 1);
            Optional<SeqRange> seqs = entries.seqs(node, place, problems);
            Optional<String> text = entries.text(node.path("text"), LONGEST_ITEM, place, problems);
            if (seqs.isPresent() && text.isPresent()) {
                Item item = new Item(text.get(), seqs.get(), Optional.empty(),
                        evidence.dates(text.get(), seqs.get()));
                if (allowed.test(item)) {
                    items.add(item);
                } else {
                    problems.add("entry.dropped.not-said", place + " rests on no word of the user");
                }
            }
        }
        return items;
    }

    private Map<String, FileNote> files(JsonNode files, Problems problems) {
        Map<String, FileNote> notes = new TreeMap<>();
        for (JsonNode node : files) {
            String place = "file " + (notes.size() + 1);
            String path = node.path("path").asText().strip();
            JsonNode seq = node.path("seq");
            if (path.isEmpty() || path.length() > LONGEST_PATH
                    || !evidence.names(path, previous.files().keySet())) {
                problems.add("entry.dropped.file", place + " is not named in the log");
            } else if (!seq.isIntegralNumber() || !seq.canConvertToLong() || seq.longValue() < 0
                    || !evidence.wasShown(SeqRange.of(seq.longValue()))) {
                problems.add("entry.dropped.seqs", place + " rests on a turn that was not shown");
            } else {
                entries.text(node.path("summary"), LONGEST_SUMMARY, place, problems).ifPresent(
                        summary -> notes.put(path, new FileNote(summary, Optional.empty(), seq.longValue())));
            }
        }
        return notes;
    }
}
