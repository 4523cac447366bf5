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
        assertThat(Changes.of("k", Samples.AT,
                new MemoryRecord(Samples.THREAD, 0, new MemoryEvent.StateChanged(ProjectState.EMPTY)))).isEmpty();
    }

    @Test
    void shouldRemoveTheDocumentOfATombstone() {
        assertThat(Changes.ofTombstone(Samples.key("a"))).containsExactly(new Change.Remove("acme/session-1#0.a"));
    }

    private static MemoryRecord command(Command.Kind kind) {
        return new MemoryRecord(Samples.THREAD, 1,
                new MemoryEvent.Controlled(new Command("c-1", kind, Optional.empty(), Map.of())));
    }
}
