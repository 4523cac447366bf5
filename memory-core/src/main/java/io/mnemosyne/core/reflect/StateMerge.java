package io.mnemosyne.core.reflect;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

import io.mnemosyne.core.DateReference;
import io.mnemosyne.core.ProjectState;
import io.mnemosyne.core.ProjectState.FileNote;
import io.mnemosyne.core.ProjectState.Item;
import io.mnemosyne.core.SeqRange;

/**
 * Merges what a reflection extracted into the project state. What the extraction does not mention is kept, what it says
 * anew on the same subject supersedes, and what the user edited by hand stands.
 */
final class StateMerge {
    /** An extracted item that begins so closes its subject: an answered question, a resolved blocker. */
    static final String DONE = "done: ";
    static final String FILES = "files";
    private static final int MAX_ITEMS = 40;
    private static final int MAX_FILES = 200;
    static final int MAX_PATH = 200;
    private static final int MAX_SUMMARY = 120;

    private StateMerge() {
    }

    /** The previous state itself if nothing changed, else the merged one with its version raised by one. */
    static ProjectState merge(ProjectState previous, ProjectState extraction, UserEdits edits) {
        Map<StateField, List<Item>> merged = StateField.listsOf(previous);
        merged.replaceAll((field, items) -> items(field, items, field.of(extraction), edits));
        return next(previous, merged, files(previous.files(), extraction.files(), edits));
    }

    /** The previous state itself if the parts are its own, else a state of them with the version raised by one. */
    static ProjectState next(ProjectState previous, Map<StateField, List<Item>> lists, Map<String, FileNote> files) {
        ProjectState same = StateField.assemble(previous.version(), lists, files);
        return same.equals(previous) ? previous : StateField.assemble(previous.version() + 1, lists, files);
    }

    private static List<Item> items(StateField field, List<Item> previous, List<Item> extracted, UserEdits edits) {
        Map<String, Item> bySubject = new LinkedHashMap<>();
        previous.forEach(item -> bySubject.put(field.subject(item.text()), item));
        for (Item item : extracted) {
            boolean done = item.text().startsWith(DONE);
            String subject = field.subject(done ? item.text().substring(DONE.length()) : item.text());
            if (edits.isKept(field.key(), subject) && bySubject.containsKey(subject)) {
                continue;
            }
            if (done) {
                bySubject.remove(subject);
            } else if (!edits.isRemoved(field.key(), subject)) {
                put(bySubject, subject, field.clip(item));
            }
        }
        return bounded(field, List.copyOf(bySubject.values()), edits);
    }

    /** The same words again widen the evidence in place; other words supersede, unless they are older. */
    private static void put(Map<String, Item> bySubject, String subject, Item item) {
        Item known = bySubject.get(subject);
        if (known == null) {
            bySubject.put(subject, item);
        } else if (known.text().equals(item.text())) {
            SeqRange evidence = known.seqs().contains(item.seqs()) ? known.seqs() : known.seqs().span(item.seqs());
            bySubject.put(subject, new Item(known.text(), evidence, known.supersedes(),
                    DateReference.union(known.dates(), item.dates())));
        } else if (item.seqs().to() >= known.seqs().to()) {
            bySubject.remove(subject);
            bySubject.put(subject, superseding(known, item));
        }
    }

    /** The newer of two statements on one subject. It names where the older one stands, unless it only adds to it. */
    static Item superseding(Item older, Item newer) {
        boolean adds = newer.text().equals(older.text()) || newer.text().startsWith(StateExtraction.TOOLS);
        return new Item(newer.text(), newer.seqs(), adds ? older.supersedes() : Optional.of(older.seqs()),
                newer.dates());
    }

    /** The newest items; those that the user wrote go last. */
    static List<Item> bounded(StateField field, List<Item> items, UserEdits edits) {
        int surplus = items.size() - MAX_ITEMS;
        List<Item> kept = new ArrayList<>();
        for (Item item : items) {
            if (surplus > 0 && !edits.isKept(field.key(), field.subject(item.text()))) {
                surplus--;
            } else {
                kept.add(item);
            }
        }
        return kept.subList(Math.max(0, kept.size() - MAX_ITEMS), kept.size());
    }

    private static Map<String, FileNote> files(Map<String, FileNote> previous, Map<String, FileNote> extracted,
            UserEdits edits) {
        Map<String, FileNote> files = new TreeMap<>(previous);
        extracted.forEach((path, note) -> {
            boolean untouchable = edits.isRemoved(FILES, path) || edits.isKept(FILES, path)
                    || path.length() > MAX_PATH;
            if (!untouchable) {
                files.merge(path, clip(note), (known, seen) -> seen.seq() >= known.seq() ? seen : known);
            }
        });
        return newest(files, edits);
    }

    static FileNote clip(FileNote note) {
        return new FileNote(Phrases.clip(note.summary(), MAX_SUMMARY), note.lastSeenHash(), note.seq());
    }

    /** The newest notes; those that the user wrote go last. */
    static Map<String, FileNote> newest(Map<String, FileNote> files, UserEdits edits) {
        Comparator<Map.Entry<String, FileNote>> keptFirst = Comparator
                .comparing(file -> !edits.isKept(FILES, file.getKey()));
        Comparator<Map.Entry<String, FileNote>> byUse = keptFirst
                .thenComparing(file -> file.getValue().seq(), Comparator.reverseOrder())
                .thenComparing(Map.Entry::getKey);
        Map<String, FileNote> newest = new TreeMap<>();
        files.entrySet().stream().sorted(byUse).limit(MAX_FILES).forEach(f -> newest.put(f.getKey(), f.getValue()));
        return newest;
    }
}
