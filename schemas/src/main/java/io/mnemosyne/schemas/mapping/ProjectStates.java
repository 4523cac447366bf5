package io.mnemosyne.schemas.mapping;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

import io.mnemosyne.avro.FileNoteData;
import io.mnemosyne.avro.ItemData;
import io.mnemosyne.avro.ProjectStateData;
import io.mnemosyne.core.ProjectState;
import io.mnemosyne.core.ProjectState.FileNote;
import io.mnemosyne.core.ProjectState.Item;

/** Project states. */
final class ProjectStates {
    private ProjectStates() {
    }

    static ProjectStateData toAvro(ProjectState state) {
        return new ProjectStateData(state.version(), toAvro(state.goals()), toAvro(state.openQuestions()),
                toAvro(state.decisions()), sorted(state.files(), ProjectStates::toAvro), toAvro(state.blockers()),
                toAvro(state.preferences()), toAvro(state.environment()));
    }

    static ProjectState toCore(ProjectStateData state) {
        return new ProjectState(state.getVersion(), toCore(state.getGoals()), toCore(state.getOpenQuestions()),
                toCore(state.getDecisions()), sorted(state.getFiles(), ProjectStates::toCore),
                toCore(state.getBlockers()), toCore(state.getPreferences()), toCore(state.getEnvironment()));
    }

    private static List<ItemData> toAvro(List<Item> items) {
        return items.stream().map(item -> new ItemData(item.text(), Places.toAvro(item.seqs()),
                Nullables.toAvro(item.supersedes().map(Places::toAvro)), Dates.toAvro(item.dates()))).toList();
    }

    private static List<Item> toCore(List<ItemData> items) {
        return items.stream().map(item -> new Item(item.getText(), Places.toCore(item.getSeqs()),
                Nullables.toCore(item.getSupersedes()).map(Places::toCore), Dates.toCore(item.getDates()))).toList();
    }

    private static FileNoteData toAvro(FileNote note) {
        return new FileNoteData(note.summary(), Nullables.toAvro(note.lastSeenHash()), note.seq());
    }

    private static FileNote toCore(FileNoteData note) {
        return new FileNote(note.getSummary(), Nullables.toCore(note.getLastSeenHash()), note.getSeq());
    }

    /** Sorted, so that equal states have equal bytes. */
    private static <A, B> Map<String, B> sorted(Map<String, A> values, Function<A, B> mapping) {
        Map<String, B> mapped = new TreeMap<>();
        values.forEach((key, value) -> mapped.put(key, mapping.apply(value)));
        return mapped;
    }
}
