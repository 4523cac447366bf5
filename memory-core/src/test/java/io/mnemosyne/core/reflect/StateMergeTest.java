package io.mnemosyne.core.reflect;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

import io.mnemosyne.core.Command;
import io.mnemosyne.core.DateReference;
import io.mnemosyne.core.Policy;
import io.mnemosyne.core.ProjectState;
import io.mnemosyne.core.ProjectState.Item;
import io.mnemosyne.core.SeqRange;
import io.mnemosyne.core.assemble.ProjectStateText;

import static org.assertj.core.api.Assertions.assertThat;

class StateMergeTest {
    private final ProjectState previous = StateField.assemble(3,
            Map.of(StateField.GOALS, List.of(item(1, "ship the importer")), StateField.DECISIONS,
                    List.of(item(2, "listen on port 8080"), item(3, "write Avro"))),
            Map.of("a.py", new ProjectState.FileNote("read", Optional.empty(), 4)));

    @Test
    void shouldKeepWhatTheExtractionDoesNotMention() {
        assertThat(StateMerge.merge(previous, ProjectState.EMPTY, UserEdits.NONE)).isSameAs(previous);
    }

    @Test
    void shouldSupersedeAnOlderItemOnTheSameSubjectAndNameWhereBothStand() {
        // when
        ProjectState merged = StateMerge.merge(previous, decisions(item(9, "listen on port 9090")), UserEdits.NONE);
        // then
        assertThat(merged.decisions()).containsExactly(item(3, "write Avro"),
                new Item("listen on port 9090", SeqRange.of(9), Optional.of(SeqRange.of(2)), List.of()));
        assertThat(merged.version()).isEqualTo(4);
        assertThat(ProjectStateText.of(merged, 100_000)).contains("- listen on port 9090 [9-9, supersedes 2-2]\n");
    }

    @Test
    void shouldKeepNamingWhatWasSupersededWhenTheSameIsSaidAgain() {
        // given
        ProjectState once = StateMerge.merge(previous, decisions(item(9, "listen on port 9090")), UserEdits.NONE);
        // when
        ProjectState again = StateMerge.merge(once, decisions(item(12, "listen on port 9090")), UserEdits.NONE);
        // then
        assertThat(again.decisions()).last().isEqualTo(
                new Item("listen on port 9090", new SeqRange(9, 12), Optional.of(SeqRange.of(2)), List.of()));
    }

    @Test
    void shouldNotCallAListOfToolsThatGrowsAContradiction() {
        // given
        ProjectState few = StateField.assemble(1,
                Map.of(StateField.ENVIRONMENT, List.of(item(1, "tools: git"))), Map.of());
        // when
        ProjectState more = StateMerge.merge(few, StateField.assemble(0,
                Map.of(StateField.ENVIRONMENT, List.of(item(9, "tools: git, mvn"))), Map.of()), UserEdits.NONE);
        // then
        assertThat(more.environment()).containsExactly(item(9, "tools: git, mvn"));
    }

    @Test
    void shouldNameWhatAUserSuperseded() {
        assertThat(edit("decisions", "add", "listen on port 7070").project().decisions()).last().isEqualTo(
                new Item("listen on port 7070", SeqRange.of(5), Optional.of(SeqRange.of(2)), List.of()));
    }

    @Test
    void shouldNotSupersedeByWhatIsOlder() {
        assertThat(StateMerge.merge(previous, decisions(item(1, "listen on port 80")), UserEdits.NONE))
                .isSameAs(previous);
    }

    @Test
    void shouldDropTheOldestItemsBeyondItsBound() {
        // given
        Item[] many = IntStream.range(0, 60).mapToObj(i -> item(10 + i, "decide " + word(i))).toArray(Item[]::new);
        // when
        ProjectState merged = StateMerge.merge(previous, decisions(many), UserEdits.NONE);
        // then
        assertThat(merged.decisions()).hasSize(40).last().isEqualTo(many[59]);
    }

    @Test
    void shouldCloseASubjectThatIsDone() {
        assertThat(StateMerge.merge(previous, decisions(item(9, "done: write Avro")), UserEdits.NONE).decisions())
                .containsExactly(item(2, "listen on port 8080"));
    }

    @Test
    void shouldNotBringBackWhatTheUserRemoved() {
        // given
        ReflectorState edited = edit("decisions", "remove", "write Avro");
        assertThat(edited.project().decisions()).containsExactly(item(2, "listen on port 8080"));
        // when
        ProjectState merged = StateMerge.merge(edited.project(), decisions(item(3, "write Avro")), edited.edits());
        // then
        assertThat(merged).isSameAs(edited.project());
    }

    @Test
    void shouldNotSupersedeWhatTheUserWrote() {
        // given
        ReflectorState edited = edit("decisions", "add", "listen on port 7070");
        // when
        ProjectState merged = StateMerge.merge(edited.project(), decisions(item(900, "listen on port 1")),
                edited.edits());
        // then
        assertThat(merged.decisions()).extracting(Item::text).containsExactly("write Avro", "listen on port 7070");
    }

    @Test
    void shouldReplaceAWholeListAndKeepItsOldItemsAway() {
        // given
        ReflectorState edited = edit("decisions", "replace", "everything is JSON");
        // when
        ProjectState merged = StateMerge.merge(edited.project(), previous, edited.edits());
        // then
        assertThat(merged.decisions()).extracting(Item::text).containsExactly("everything is JSON");
        assertThat(merged.goals()).containsExactly(item(1, "ship the importer"));
    }

    @Test
    void shouldEditTheNoteOfAFile() {
        assertThat(edit("files", "add", "b.py: holds the parser").project().files()).containsEntry("b.py",
                new ProjectState.FileNote("holds the parser", Optional.empty(), 5));
        assertThat(edit("files", "remove", "a.py").project().files()).isEmpty();
    }

    @Test
    void shouldStaySmallWhateverTheUserEdits() {
        // given
        ReflectorState state = ReflectorState.fresh(ReflectedThread.THREAD, 0);
        // when
        for (int i = 0; i < 120; i++) {
            for (String field : List.of("goals", "environment", "preferences", "files")) {
                for (String value : List.of(word(i), word(i) + "x".repeat(2_000),
                        "`" + word(i) + "x".repeat(2_000) + "`",
                        word(i) + ": " + "x".repeat(2_000))) {
                    ReflectorState before = state;
                    state = StateEdit.of(command(field, "add", value)).map(edit -> edit.applyTo(before, 5, Policy.UTC))
                            .orElse(before);
                }
            }
        }
        // then
        assertThat(state.edits().toString().length()).isLessThan(250_000);
        assertThat(state.project().toString().length()).isLessThan(150_000);
        assertThat(state.project().preferences()).last().satisfies(item -> assertThat(item.text())
                .startsWith(word(119)));
    }

    @Test
    void shouldKeepALongItemOfTheUsersWhenAnExtractionSaysOtherwise() {
        // given an item that is clipped
        ReflectorState edited = edit("environment", "add", "java-" + "x".repeat(1_000) + " 25");
        // when
        ProjectState merged = StateMerge.merge(edited.project(), StateField.assemble(0,
                Map.of(StateField.ENVIRONMENT,
                        List.of(item(900, edited.project().environment().getFirst().text() + "!"))),
                Map.of()), edited.edits());
        // then
        assertThat(merged).isSameAs(edited.project());
    }

    @Test
    void shouldKnowNoEditOfAFieldThatThereIsNot() {
        assertThat(StateEdit.of(command("mood", "add", "sunny"))).isEmpty();
        assertThat(StateEdit.of(command("goals", "shuffle", "x"))).isEmpty();
        assertThat(StateEdit.of(command("goals", "add", " "))).isEmpty();
        assertThat(StateEdit.of(command("files", "add", "x".repeat(201) + ": too long"))).isEmpty();
    }

    @Test
    void shouldSayWhichDayAnEditMeant() {
        assertThat(edit("goals", "add", "Ship it tomorrow").project().goals())
                .extracting(item -> DateReference.beside(item.text(), item.dates()))
                .contains("Ship it tomorrow (tomorrow = 2026-03-02)");
    }

    private ReflectorState edit(String field, String op, String value) {
        ReflectorState state = ReflectorState.fresh(ReflectedThread.THREAD, 0).withProject(previous);
        return StateEdit.of(command(field, op, value)).orElseThrow().applyTo(state, 5, Policy.UTC);
    }

    private static Command command(String field, String op, String value) {
        return new Command("c", Command.Kind.EDIT, Optional.of(Instant.parse("2026-03-01T09:00:00Z")),
                Map.of("field", field, "op", op, "value", value));
    }

    private static ProjectState decisions(Item... items) {
        return StateField.assemble(0, Map.of(StateField.DECISIONS, List.of(items)), Map.of());
    }

    private static Item item(long seq, String text) {
        return new Item(text, SeqRange.of(seq));
    }

    private static String word(int i) {
        return "x" + (char) ('a' + i / 26) + (char) ('a' + i % 26);
    }
}
