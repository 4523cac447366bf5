package io.mnemosyne.core.assemble;

import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;

import org.junit.jupiter.api.Test;

import io.mnemosyne.core.Content;
import io.mnemosyne.core.Origin;
import io.mnemosyne.core.Part;
import io.mnemosyne.core.Policy;
import io.mnemosyne.core.ProjectState;
import io.mnemosyne.core.RawTurn;
import io.mnemosyne.core.Role;
import io.mnemosyne.core.SeqRange;
import io.mnemosyne.core.Turn;
import io.mnemosyne.core.assemble.AnthropicPrompt.Message;
import io.mnemosyne.core.assemble.AnthropicPrompt.Text;
import io.mnemosyne.core.assemble.AnthropicPrompt.ToolResult;
import io.mnemosyne.core.assemble.AnthropicPrompt.ToolUse;

import static io.mnemosyne.core.assemble.Conversations.COUNTER;
import static io.mnemosyne.core.assemble.Conversations.THREAD;
import static org.assertj.core.api.Assertions.assertThat;

class TimeLinesTest {
    private static final Instant MORNING = Instant.parse("2026-03-01T09:00:00Z");
    private static final Instant FORTNIGHT_LATER = Instant.parse("2026-03-15T08:30:00Z");

    @Test
    void shouldSayWhenTheUserReturned() {
        // given
        List<Turn> turns = List.of(Conversations.saidAt(0, Role.USER, "Fix it.", MORNING),
                Conversations.saidAt(1, Role.ASSISTANT, "Done.", MORNING.plusSeconds(600)),
                Conversations.saidAt(2, Role.USER, "And now?", FORTNIGHT_LATER));
        // when, then
        assertThat(assembled(turns, Optional.empty(), Policy.UTC).text())
                .isEqualTo("""
                           [Sunday 2026-03-01 09:00]

                           ## Turn 0: user
                           Fix it.

                           ## Turn 1: assistant
                           Done.

                           [Sunday 2026-03-15 08:30, returned after 14 days]

                           ## Turn 2: user
                           And now?
                           """);
    }

    @Test
    void shouldSayThatTheDayHasChangedWhereTheUserIs() {
        // given turns ten minutes apart, around midnight in Berlin
        List<Turn> turns = List.of(
                Conversations.saidAt(0, Role.USER, "Go.", Instant.parse("2026-03-01T22:55:00Z")),
                Conversations.saidAt(1, Role.ASSISTANT, "Gone.", Instant.parse("2026-03-01T23:05:00Z")),
                Conversations.saidAt(2, Role.ASSISTANT, "Back.", Instant.parse("2026-03-02T00:06:00Z")));
        // when, then
        assertThat(times(assembled(turns, Optional.empty(), ZoneId.of("Europe/Berlin")))).containsExactly(
                "[Sunday 2026-03-01 23:55]\n", "[Monday 2026-03-02 00:05]\n",
                "[Monday 2026-03-02 01:06, 1 hour later]\n");
    }

    @Test
    void shouldMeasureTheGapFromWhatIsCovered() {
        // given
        List<Turn> tail = List.of(Conversations.saidAt(5, Role.USER, "I am back.", FORTNIGHT_LATER));
        // when
        Assembly.Context context = assembled(tail, Optional.of(MORNING), Policy.UTC);
        // then
        assertThat(times(context)).containsExactly("[Sunday 2026-03-15 08:30, returned after 14 days]\n");
        assertThat(context.blocks()).filteredOn(block -> block.kind() == Block.Kind.TIME)
                .allMatch(block -> block.seqs().isEmpty());
        // when nothing has happened meanwhile
        assertThat(times(assembled(tail, Optional.of(FORTNIGHT_LATER.minusSeconds(60)), Policy.UTC))).isEmpty();
    }

    @Test
    void shouldSayNothingOfTurnsWithoutTimesOrWithAClockThatGoesBack() {
        // given
        List<Turn> turns = List.of(Conversations.said(0, Role.USER, "Go."),
                Conversations.saidAt(1, Role.ASSISTANT, "Gone.", MORNING.plusSeconds(60)),
                Conversations.said(2, Role.USER, "Where?"),
                Conversations.saidAt(3, Role.ASSISTANT, "There.", MORNING.minusSeconds(90_000)),
                Conversations.saidAt(4, Role.ASSISTANT, "Here.", MORNING.plusSeconds(120)));
        // when, then
        assertThat(times(assembled(turns, Optional.empty(), Policy.UTC)))
                .containsExactly("[Sunday 2026-03-01 09:01]\n");
    }

    @Test
    void shouldComeBehindTheResultsThatWereWaitedFor() {
        // given two parallel calls, of which the second waited two hours for the user
        List<Turn> turns = List.of(Conversations.saidAt(0, Role.USER, "Deploy.", MORNING),
                callAt(1, "a", MORNING), callAt(2, "b", MORNING.plusSeconds(7_200)),
                resultAt(3, "a", MORNING.plusSeconds(7_260)), resultAt(4, "b", MORNING.plusSeconds(7_320)),
                Conversations.saidAt(5, Role.ASSISTANT, "Deployed.", MORNING.plusSeconds(7_380)));
        // when
        Assembly.Context context = assembled(turns, Optional.empty(), Policy.UTC);
        // then
        assertThat(AnthropicMessages.of(context).messages()).containsExactly(
                new Message(AnthropicPrompt.Role.USER, List.of(new Text("[Sunday 2026-03-01 09:00]\n"),
                        new Text("Deploy."))),
                new Message(AnthropicPrompt.Role.ASSISTANT,
                        List.of(new ToolUse("a", "bash", "{}"), new ToolUse("b", "bash", "{}"))),
                new Message(AnthropicPrompt.Role.USER, List.of(new ToolResult("a", "ok", false),
                        new ToolResult("b", "ok", false), new Text("[Sunday 2026-03-01 11:03, 2 hours later]\n"))),
                new Message(AnthropicPrompt.Role.ASSISTANT, List.of(new Text("Deployed."))),
                new Message(AnthropicPrompt.Role.USER, List.of(new Text("(The assistant goes on.)"))));
    }

    @Test
    void shouldKeepTheSystemTurnInFrontOfTheTimes() {
        // given
        List<Turn> turns = List.of(Conversations.saidAt(0, Role.SYSTEM, "Be brief.", MORNING),
                Conversations.saidAt(1, Role.USER, "Go.", MORNING));
        // when
        AnthropicPrompt prompt = AnthropicMessages.of(assembled(turns, Optional.empty(), Policy.UTC));
        // then
        assertThat(prompt.system()).isEqualTo("Be brief.");
        assertThat(prompt.messages().getFirst().content()).first().isEqualTo(new Text("[Sunday 2026-03-01 09:00]\n"));
    }

    @Test
    void shouldSayWhenACopyWasSaid() {
        // given
        Turn user = Conversations.saidAt(0, Role.USER, "Do what I said yesterday.", MORNING);
        ViewContent content = new ViewContent(THREAD, List.of(), ProjectState.EMPTY,
                List.of(AssemblerTest.segment(SeqRange.of(0))), Conversations.sized(List.of(user)), List.of(),
                List.of(), Optional.of(MORNING), ZoneId.of("+09:00"), 10_000);
        // when, then
        assertThat(((Assembly.Context) new Assembler(COUNTER).assemble(content, 1_000)).text())
                .contains("## Turn 0: user, repeated, said 2026-03-01 18:00\nDo what I said yesterday.\n");
    }

    private static Turn callAt(long seq, String id, Instant at) {
        return Conversations.numbered(new RawTurn("e", Role.ASSISTANT,
                List.of(new Part.ToolCall(id, "bash", Content.of("{}"))), Origin.at(at)), seq);
    }

    private static Turn resultAt(long seq, String id, Instant at) {
        return Conversations.numbered(new RawTurn("e", Role.TOOL,
                List.of(new Part.ToolResult(id, "bash", Content.of("ok"), false)), Origin.at(at)), seq);
    }

    private static List<String> times(Assembly.Context context) {
        return context.blocks().stream().filter(block -> block.kind() == Block.Kind.TIME).map(Block::text).toList();
    }

    private static Assembly.Context assembled(List<Turn> tail, Optional<Instant> coveredAt, ZoneId zone) {
        return (Assembly.Context) new Assembler(COUNTER).assemble(new ViewContent(THREAD, List.of(), ProjectState.EMPTY,
                List.of(), List.of(), Conversations.sized(tail), List.of(), coveredAt, zone, 10_000), 10_000);
    }
}
