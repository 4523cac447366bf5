package io.mnemosyne.index;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import io.mnemosyne.core.DateReference;
import io.mnemosyne.core.ProjectState;
import io.mnemosyne.core.ProjectState.Item;
import io.mnemosyne.core.SeqRange;

/** Reads a project state as one document for each of its fields. Pure. */
final class StateDocuments {
    private static final String KIND = "state";
    /** The usual estimate. */
    private static final int CHARS_PER_TOKEN = 4;

    private StateDocuments() {
    }

    /** A field that has become empty loses its document. */
    static List<Change> of(Documents documents, Instant at, ProjectState state) {
        return lines(state).entrySet().stream()
                .map(field -> of(documents, at, field.getKey(), field.getValue())).toList();
    }

    private static Change of(Documents documents, Instant at, String field, List<Line> lines) {
        String id = documents.id(KIND + "." + field);
        if (lines.isEmpty()) {
            return new Change.Remove(id);
        }
        String text = lines.stream().map(Line::text).collect(Collectors.joining("\n"));
        SeqRange seqs = lines.stream().map(Line::seqs).reduce(SeqRange::span).orElseThrow();
        Map<String, Object> fields = documents.found(field, KIND, seqs, at);
        fields.put(Field.STUB, field);
        fields.put(Field.TEXT, text);
        fields.put(Field.EXCERPT, false);
        fields.put(Field.TOKENS, Math.ceilDiv(text.length(), CHARS_PER_TOKEN));
        fields.put(Field.ADMITTED, true);
        return new Change.Merge(id, fields, true);
    }

    /** By the name of the field, which is that of the record's component. */
    private static Map<String, List<Line>> lines(ProjectState state) {
        Map<String, List<Line>> lines = new LinkedHashMap<>();
        lines.put("goals", lines(state.goals()));
        lines.put("openQuestions", lines(state.openQuestions()));
        lines.put("decisions", lines(state.decisions()));
        lines.put("files", state.files().entrySet().stream().map(file -> new Line(
                file.getKey() + ": " + file.getValue().summary(), SeqRange.of(file.getValue().seq()))).toList());
        lines.put("blockers", lines(state.blockers()));
        lines.put("preferences", lines(state.preferences()));
        lines.put("environment", lines(state.environment()));
        return lines;
    }

    private static List<Line> lines(List<Item> items) {
        return items.stream().map(item -> new Line(DateReference.beside(item.text(), item.dates()), item.seqs()))
                .toList();
    }

    private record Line(String text, SeqRange seqs) {
    }
}
