package io.mnemosyne.index;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

import org.junit.jupiter.api.Test;

import io.mnemosyne.core.Command;
import io.mnemosyne.core.Content;
import io.mnemosyne.core.Origin;
import io.mnemosyne.core.Part;
import io.mnemosyne.core.Position;
import io.mnemosyne.core.RawTurn;
import io.mnemosyne.core.Role;
import io.mnemosyne.core.Turn;
import io.mnemosyne.core.TurnEvent;
import io.mnemosyne.core.TurnsRecord;
import io.mnemosyne.core.ingest.RowKeys;

import static org.assertj.core.api.Assertions.assertThat;

class TurnDocumentsTest {
    private static final Instant SAID = Instant.parse("2026-05-04T03:02:01Z");
    private static final Position SOURCE = new Position("turns.raw", 0, 7);

    private final Map<String, Map<String, Object>> index = new TreeMap<>();

    @Test
    void shouldShowATurnInTheWindowsThatBeginWithItAndWithTheTwoBefore() {
        // when
        for (long seq = 0; seq < 5; seq++) {
            append(seq, "turn " + seq);
        }
        // then
        assertThat(window(0)).containsEntry(Field.KIND, "window").containsEntry(Field.TENANT, "acme")
                .containsEntry(Field.THREAD, "session-1").containsEntry(Field.INCARNATION, 0L)
                .containsEntry(Field.FROM_SEQ, 0L).containsEntry(Field.TO_SEQ, 2L)
                .containsEntry(Field.SAID, SAID.plusSeconds(2).toString())
                .containsEntry("text0", "turn 0").containsEntry("text1", "turn 1").containsEntry("text2", "turn 2")
                .containsEntry("objects1", List.of("object-1"));
        assertThat(window(4)).containsEntry(Field.TO_SEQ, 4L).containsEntry("text0", "turn 4")
                .doesNotContainKeys("text1", "text2");
        assertThat(index.keySet()).filteredOn(id -> id.contains(".w")).hasSize(5);
    }

    @Test
    void shouldShowBeginningAndEndOfALongTurn() {
        // when
        append(0, "first words " + "x".repeat(100_000) + " last words");
        // then
        assertThat(window(0).get("text0")).asString().hasSizeLessThanOrEqualTo(2_000).startsWith("first words")
                .endsWith("last words");
    }

    @Test
    void shouldTellWhenAnObjectWasSaidWithoutMakingItFindableBeforeItsText() {
        // when
        append(3, "text");
        // then
        assertThat(index.get(Samples.key("object-3"))).containsEntry(Field.SAID, SAID.plusSeconds(3).toString())
                .doesNotContainKey(Field.TENANT);
    }

    @Test
    void shouldLeaveNothingOfATurnWhoseRowIsRemoved() {
        // given
        for (long seq = 0; seq < 5; seq++) {
            append(seq, "turn " + seq);
        }
        // when
        apply(TurnDocuments.ofTombstone(RowKeys.of(record(2, "turn 2"))));
        // then
        assertThat(index.values()).filteredOn(document -> document.containsValue("turn 2")
                || document.containsValue(List.of("object-2"))).isEmpty();
        assertThat(window(1)).containsEntry("text0", "turn 1").containsEntry("text2", "turn 3");
        // and when all go
        for (long seq = 0; seq < 5; seq++) {
            apply(TurnDocuments.ofTombstone(RowKeys.of(record(seq, ""))));
        }
        // then
        assertThat(index.keySet()).filteredOn(id -> id.contains(".w")).isEmpty();
    }

    @Test
    void shouldRemoveAThreadOnItsDeletionAndNothingOnTheRemovalOfOtherRows() {
        var deletion = new TurnsRecord(Samples.THREAD, 1, SOURCE, new TurnEvent.Controlled(
                new Command("c-1", Command.Kind.DELETE, Optional.empty(), Map.of())));
        assertThat(TurnDocuments.of(Samples.AT, deletion)).containsExactly(new Change.RemoveThread(Samples.THREAD, 1));
        assertThat(TurnDocuments.ofTombstone(RowKeys.of(deletion))).isEmpty();
    }

    private Map<String, Object> window(long first) {
        return index.get(Samples.key("w" + first));
    }

    private void append(long seq, String text) {
        apply(TurnDocuments.of(Samples.AT, record(seq, text)));
    }

    private void apply(List<Change> changes) {
        for (Change change : changes) {
            switch (change) {
                case Change.Merge merge when merge.create() -> index.computeIfAbsent(merge.id(), _ -> new TreeMap<>())
                        .putAll(merge.fields());
                case Change.Merge merge -> index.computeIfPresent(merge.id(), (_, fields) -> {
                    fields.putAll(merge.fields());
                    return fields;
                });
                case Change.Remove remove -> index.remove(remove.id());
                case Change.ByQuery query -> throw new AssertionError(query);
            }
        }
    }

    private static TurnsRecord record(long seq, String text) {
        RawTurn body = new RawTurn("e" + seq, Role.USER, List.of(new Part.Text(Content.of(text))),
                Origin.at(SAID.plusSeconds(seq)));
        return new TurnsRecord(Samples.THREAD, 0, SOURCE, new TurnEvent.Appended(new Turn(Samples.THREAD, 0, seq, body,
                3, List.of(Samples.object("object-" + seq, text).object()))));
    }
}
