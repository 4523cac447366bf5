package io.mnemosyne.index;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.mnemosyne.core.Command;
import io.mnemosyne.core.Excerpt;
import io.mnemosyne.core.Part;
import io.mnemosyne.core.SemanticObject;
import io.mnemosyne.core.SeqRange;
import io.mnemosyne.core.ThreadKey;
import io.mnemosyne.core.Turn;
import io.mnemosyne.core.TurnEvent;
import io.mnemosyne.core.TurnsRecord;

/**
 * Reads turns as windows of three neighbouring ones, and as the time at which their objects were said. The window
 * {@code w<seq>} begins with the turn {@code seq}; a turn adds itself to its own and to the two before. Pure.
 */
final class TurnDocuments {
    private static final String KIND = "window";
    private static final int TURNS = Field.WINDOW_TEXTS.size();
    /** What a turn is shown with in a window: its beginning and end. */
    private static final int MAX_BYTES = 2_000;
    /** The row of a turn, as ingest keys it. */
    private static final Pattern ROW = Pattern.compile(".*#(?<incarnation>\\d+)\\.t(?<seq>\\d+)");

    private TurnDocuments() {
    }

    static List<Change> of(Instant at, TurnsRecord entry) {
        Documents documents = new Documents(entry.thread(), entry.incarnation());
        return switch (entry.event()) {
            case TurnEvent.Appended(Turn turn) -> Stream.concat(windows(documents, at, turn), said(documents, turn))
                    .toList();
            // Once more than the memory says it, for a turn of the old incarnation may be read after that.
            case TurnEvent.Controlled(Command command) when command.kind() == Command.Kind.DELETE ->
                List.of(new Change.RemoveThread(entry.thread(), entry.incarnation()));
            case TurnEvent.Controlled _,TurnEvent.Skipped _ -> List.of();
        };
    }

    /** The turn's own window goes, and the two before lose it. */
    static List<Change> ofTombstone(String key) {
        Matcher row = ROW.matcher(key);
        if (!row.matches()) {
            return List.of();
        }
        Documents documents = new Documents(ThreadKey.ofKey(key), Long.parseLong(row.group("incarnation")));
        long seq = Long.parseLong(row.group("seq"));
        List<Change> changes = new ArrayList<>();
        changes.add(new Change.Remove(documents.id(row(seq))));
        IntStream.range(1, TURNS).filter(place -> seq >= place).forEach(place -> changes.add(new Change.Merge(
                documents.id(row(seq - place)),
                Map.of(Field.WINDOW_TEXTS.get(place), "", Field.WINDOW_OBJECTS.get(place), List.of()), false)));
        return changes;
    }

    private static Stream<Change> windows(Documents documents, Instant at, Turn turn) {
        String text = Excerpt.of(text(turn), MAX_BYTES);
        List<String> objects = turn.objects().stream().map(SemanticObject::id).toList();
        return IntStream.range(0, TURNS).filter(place -> turn.seq() >= place).mapToObj(place -> {
            long first = turn.seq() - place;
            Map<String, Object> fields = documents.found(row(first), KIND, new SeqRange(first, turn.seq()), at);
            fields.put(Field.WINDOW_TEXTS.get(place), text);
            fields.put(Field.WINDOW_OBJECTS.get(place), objects);
            turn.body().origin().at().ifPresent(said -> fields.put(Field.SAID, said.toString()));
            return new Change.Merge(documents.id(row(first)), fields, true);
        });
    }

    /** May come before the objects themselves, as they are of another topic, and waits for them then. */
    private static Stream<Change> said(Documents documents, Turn turn) {
        return turn.body().origin().at().stream().flatMap(said -> turn.objects().stream().map(object -> {
            Map<String, Object> fields = documents.owned();
            fields.put(Field.SAID, said.toString());
            return new Change.Merge(documents.id(object.id()), fields, true);
        }));
    }

    private static String text(Turn turn) {
        return turn.parts().stream().flatMap(TurnDocuments::text).filter(text -> !text.isBlank())
                .collect(Collectors.joining("\n"));
    }

    private static Stream<String> text(Part part) {
        return switch (part) {
            case Part.Text text -> Stream.of(text.content().shown());
            case Part.Thinking thinking -> Stream.of(thinking.content().shown());
            case Part.ToolCall call -> Stream.of(call.name() + " " + call.content().shown());
            case Part.ToolResult result -> Stream.of(result.content().shown());
            case Part.Image _ -> Stream.empty();
        };
    }

    private static String row(long first) {
        return "w" + first;
    }
}
