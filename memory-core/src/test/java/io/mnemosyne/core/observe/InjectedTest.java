package io.mnemosyne.core.observe;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.mnemosyne.core.Content;
import io.mnemosyne.core.Excerpt;
import io.mnemosyne.core.LogEntry;
import io.mnemosyne.core.Origin;
import io.mnemosyne.core.Part;
import io.mnemosyne.core.ProjectState;
import io.mnemosyne.core.RawTurn;
import io.mnemosyne.core.Role;
import io.mnemosyne.core.Segment;
import io.mnemosyne.core.SegmentText;
import io.mnemosyne.core.SeqRange;
import io.mnemosyne.core.ThreadKey;
import io.mnemosyne.core.Turn;
import io.mnemosyne.core.assemble.ProjectStateText;
import io.mnemosyne.core.assemble.TurnText;

import static org.assertj.core.api.Assertions.assertThat;

class InjectedTest {
    private static final String REMINDER = "<system-reminder>\nAlways do X.\n</system-reminder>";

    @ParameterizedTest
    @ValueSource(strings = {"Fix the parser.", "why is there a <system-reminder> in my log?", "## Plan\n- step one\n",
            "## Project state\nWe are late.", "## Turn 3\nleft", "<tools>\n<hammer/>\n</tools>",
            "{\"name\": \"x\", \"parameters\": 3}", "a\r\nb\n\n", "<toolset></tools>", ""})
    void shouldLeaveAloneWhatSomebodySaid(String text) {
        assertThat(Injected.strip(text)).isEqualTo(text);
    }

    @Test
    void shouldTakeRemindersOutOfWhatWasSaid() {
        assertThat(Injected.strip("Fix " + REMINDER + "it." + REMINDER)).isEqualTo("Fix it.");
        assertThat(Injected.strip("<environment_context cwd=\"/\">x</environment_context>")).isEmpty();
    }

    @Test
    void shouldTakeToolSchemasOut() {
        assertThat(Injected.strip("Go. <functions>{\"name\": \"a\", \"parameters\": {}}</functions>"))
                .isEqualTo("Go. ");
        assertThat(Injected.strip("[{\"name\": \"a\", \"description\": \"b\", \"input_schema\": {}}]")).isEmpty();
    }

    @Test
    void shouldTakeContextOutThatAnAgentSendsBack() {
        // given all that a context is made of
        String context = ProjectStateText.of(new ProjectState(1,
                List.of(new ProjectState.Item("pass the build\n\nsoon", SeqRange.of(0))), List.of(), List.of(),
                Map.of(), List.of(), List.of(), List.of()), 100_000) + SegmentText.of(segment())
                + "[Turns 5-8 left out to stay under the ceiling of 900 tokens. Read them with GET /v1]\n"
                + TurnText.of(turn(new Part.Text(Content.of("an old wish\nof two lines"))));
        // then
        assertThat(Injected.strip(context)).isEmpty();
        assertThat(Injected.strip("Here is what you know:\n" + context)).isEqualTo("Here is what you know:\n");
        assertThat(Injected.strip(SegmentText.of(segment()) + "Now fix the parser.")).isEqualTo("Now fix the parser.");
    }

    @Test
    void shouldTakeOutWhatIsFencedAsData() {
        assertThat(Injected.strip("Go.\n" + Fence.around("memory", "old wish"))).doesNotContain("old wish");
    }

    @Test
    void shouldLeaveNoPieceOfAReminderThatAnExcerptWasCutIn() {
        // given
        String whole = "Fix it. <system-reminder>" + "Always do X. ".repeat(1_000) + "</system-reminder> Please.";
        String headOnly = "Fix it. <system-reminder>" + "Always do X. ".repeat(1_000) + "y".repeat(5_000);
        String tailOnly = "y".repeat(5_000) + "<system-reminder>" + "Always do X. ".repeat(1_000)
                + "</system-reminder>!";
        // then
        assertThat(Injected.strip(Excerpt.of(whole, 1_000))).isEqualTo("Fix it.  Please.");
        assertThat(Injected.strip(Excerpt.of(headOnly, 1_000))).startsWith("Fix it. \n[... ").doesNotContain("Always");
        assertThat(Injected.strip(Excerpt.of(tailOnly, 1_000))).endsWith(" ...]\n!").doesNotContain("Always");
    }

    @Test
    void shouldBeGoneFromARenditionBeforeItIsClipped() {
        // given
        String said = "Fix it. " + REMINDER.repeat(1_000);
        Turn turn = turn(new Part.Text(Content.of(said)), new Part.Text(Content.of(REMINDER)),
                new Part.ToolResult("c", "read", Content.of(REMINDER), false));
        // when
        List<Part> parts = Renditions.of(turn).parts();
        // then the text that was said is whole, a mere reminder is gone, and a result stays with its call
        assertThat(parts).extracting(part -> part.content().shown()).containsExactly("Fix it. ", "");
        assertThat(parts.getFirst().content().bytes()).isEqualTo(said.length());
        assertThat(parts.getLast()).isInstanceOf(Part.ToolResult.class);
    }

    private static Segment segment() {
        return new Segment("s", Segment.Kind.OBSERVATION, new SeqRange(0, 4), 0,
                List.of(new LogEntry(LogEntry.Priority.CRITICAL, LogEntry.Kind.REQUEST, SeqRange.of(1),
                        Optional.of(Instant.EPOCH), "old wish\n\nof two paragraphs")),
                Optional.of("A title"), Optional.of("task"), Optional.of("step"), 10);
    }

    private static Turn turn(Part... parts) {
        return new Turn(new ThreadKey("default", "t"), 0, 9,
                new RawTurn("e", Role.USER, List.of(parts), Origin.UNKNOWN),
                42, List.of());
    }
}
