package io.mnemosyne.index;

import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.junit.jupiter.api.Test;

import io.mnemosyne.core.Command;
import io.mnemosyne.core.Content;
import io.mnemosyne.core.MemoryEvent;
import io.mnemosyne.core.MemoryRecord;
import io.mnemosyne.core.ProjectState;
import io.mnemosyne.core.SemanticObject.Relation;
import io.mnemosyne.core.SeqRange;

import static org.assertj.core.api.Assertions.assertThat;

class ChangesTest {

    @Test
    void shouldKeepADocumentUnderTheKeyOfItsRecord() {
        // when
        var changes = Changes.of(Samples.key("a"), Samples.AT, Samples.object("a", "class Main {}"));
        // then
        assertThat(changes).singleElement().isInstanceOfSatisfying(Change.Merge.class, merge -> {
            assertThat(merge.id()).isEqualTo("acme/session-1#0.a");
            assertThat(merge.create()).isTrue();
            assertThat(merge.fields()).containsEntry(Field.TENANT, "acme").containsEntry(Field.THREAD, "session-1")
                    .containsEntry(Field.TEXT, "class Main {}").containsEntry(Field.TYPE, "file_context")
                    .containsEntry(Field.PATH, "src/Main.java").containsEntry(Field.FROM_SEQ, 3L)
                    .containsEntry(Field.EXCERPT, false).containsEntry(Field.TIME, "2026-11-21T10:15:30Z")
                    .doesNotContainKeys(Field.VECTOR, Field.SUPERSEDED_BY, Field.RETIRED_BY);
        });
    }

    @Test
    void shouldIndexALargeTextByItsExcerpt() {
        // given
        var content = new Content.Reference("0f", 90_000, "first ... last");
        // when
        var changes = Changes.of("k", Samples.AT, Samples.object("a", content, Optional.empty(), true));
        // then
        assertThat(changes.getFirst()).isInstanceOfSatisfying(Change.Merge.class, merge -> assertThat(merge.fields())
                .containsEntry(Field.TEXT, "first ... last").containsEntry(Field.EXCERPT, true));
    }

    @Test
    void shouldMarkTheOlderObjectThatANewerOneMakesStale() {
        var changes = Changes.of(Samples.key("b"), Samples.AT,
                Samples.object("b", Content.of("new"), Optional.of("a"), true));
        assertThat(changes).hasSize(2).last()
                .isEqualTo(new Change.Merge(Samples.key("a"), Map.of(Field.SUPERSEDED_BY, "b"), false));
    }

    @Test
    void shouldRetireWhatAReflectionReplaces() {
        var changes = Changes.of(Samples.key("rr1"), Samples.AT, Samples.reflected("r1", 0, 9, "s1", "s2"));
        assertThat(changes).hasSize(2).last()
                .isEqualTo(new Change.Retire(Samples.THREAD, 0, List.of("s1", "s2"), "r1"));
    }

    @Test
    void shouldRemoveAThreadOnItsDeletionOnly() {
        assertThat(Changes.of("k", Samples.AT, command(Command.Kind.DELETE)))
                .containsExactly(new Change.RemoveThread(Samples.THREAD, 1));
        assertThat(Changes.of("k", Samples.AT, command(Command.Kind.PIN))).isEmpty();
    }

    @Test
    void shouldRemoveTheDocumentOfATombstone() {
        assertThat(Changes.ofTombstone(Samples.key("a"))).containsExactly(new Change.Remove("acme/session-1#0.a"));
    }

    @Test
    void shouldMarkEveryOlderObjectThatANewerOneIsRelatedToAsItsSuccessor() {
        // given
        var relations = List.of(new Relation(Relation.Kind.SUPERSEDES, "a"),
                new Relation(Relation.Kind.SUPERSEDES, "c"),
                new Relation(Relation.Kind.REFERENCES, "d"));
        // when
        var changes = Changes.of(Samples.key("b"), Samples.AT, Samples.related("b", Optional.of("a"), relations));
        // then
        assertThat(changes).hasSize(3).contains(
                new Change.Merge(Samples.key("a"), Map.of(Field.SUPERSEDED_BY, "b"), false),
                new Change.Merge(Samples.key("c"), Map.of(Field.SUPERSEDED_BY, "b"), false));
    }

    @Test
    void shouldKeepTheProjectStateByFieldAndForgetEmptyFields() {
        // given
        var goal = new ProjectState.Item("ship it", new SeqRange(2, 4));
        var newer = new ProjectState.Item("test it", new SeqRange(7, 7));
        var state = new ProjectState(3, List.of(goal, newer), List.of(), List.of(),
                Map.of("a.txt", new ProjectState.FileNote("notes", Optional.empty(), 5)), List.of(), List.of(),
                List.of());
        // when
        var changes = Changes.of("k", Samples.AT,
                new MemoryRecord(Samples.THREAD, 0, new MemoryEvent.StateChanged(state)));
        // then
        assertThat(changes).filteredOn(Change.Remove.class::isInstance).extracting(change -> ((Change.Remove) change)
                .id()).containsExactly(Samples.key("state.openQuestions"), Samples.key("state.decisions"),
                        Samples.key("state.blockers"), Samples.key("state.preferences"),
                        Samples.key("state.environment"));
        assertThat(fields(changes, "state.goals")).containsEntry(Field.KIND, "state")
                .containsEntry(Field.SUBJECT, "goals").containsEntry(Field.TEXT, "ship it\ntest it")
                .containsEntry(Field.FROM_SEQ, 2L).containsEntry(Field.TO_SEQ, 7L)
                .containsEntry(Field.TENANT, "acme");
        assertThat(fields(changes, "state.files")).containsEntry(Field.TEXT, "a.txt: notes");
    }

    @Test
    void shouldSayWhenTheNewestEntryOfASegmentWasSaid() {
        assertThat(fields(Changes.of(Samples.key("o0"), Samples.AT, Samples.observed("s1", 0, 9)), "o0"))
                .containsEntry(Field.SAID, Samples.AT.toString());
    }

    private static Map<String, Object> fields(List<Change> changes, String row) {
        return changes.stream().filter(Change.Merge.class::isInstance).map(Change.Merge.class::cast)
                .filter(merge -> merge.id().equals(Samples.key(row))).findFirst().orElseThrow().fields();
    }

    private static MemoryRecord command(Command.Kind kind) {
        return new MemoryRecord(Samples.THREAD, 1,
                new MemoryEvent.Controlled(new Command("c-1", kind, Optional.empty(), Map.of())));
    }
}
