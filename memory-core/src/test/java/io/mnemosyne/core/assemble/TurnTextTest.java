package io.mnemosyne.core.assemble;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

import io.mnemosyne.core.Content;
import io.mnemosyne.core.Origin;
import io.mnemosyne.core.Part;
import io.mnemosyne.core.ProjectState;
import io.mnemosyne.core.RawTurn;
import io.mnemosyne.core.Role;
import io.mnemosyne.core.SeqRange;
import io.mnemosyne.core.Turn;

import static io.mnemosyne.core.assemble.Conversations.COUNTER;
import static org.assertj.core.api.Assertions.assertThat;

class TurnTextTest {

    @Property(tries = 150)
    void shouldCountAtLeastTheTokensOfItsText(@ForAll("threads") List<Turn> turns) {
        for (Turn turn : turns) {
            assertThat(COUNTER.count("before\n" + TurnText.of(turn) + "\n") - COUNTER.count("before\n"))
                    .isLessThanOrEqualTo(TurnText.tokens(turn, COUNTER));
        }
    }

    @Property(tries = 150)
    void shouldHoldEveryTextVerbatim(@ForAll("threads") List<Turn> turns) {
        for (Turn turn : turns) {
            turn.parts().stream().filter(part -> !(part instanceof Part.Image))
                    .forEach(part -> assertThat(TurnText.of(turn)).contains(part.content().shown()));
        }
    }

    @Test
    void shouldNameTheTurnAndEachPart() {
        // given
        Turn turn = Conversations.numbered(new RawTurn("e", Role.ASSISTANT,
                List.of(new Part.Thinking(Content.of("Hm.")), new Part.Text(Content.of("Let me look.")),
                        new Part.ToolCall("c", "run \"it\"", Content.of("{\"n\":1}")),
                        new Part.ToolResult("c", "bash", Content.of("boom"), true),
                        new Part.Image("image/png", Content.of("aGk="))),
                Origin.UNKNOWN), 12);
        // then
        assertThat(TurnText.of(turn)).isEqualTo("""
                                                ## Turn 12: assistant
                                                [thinking]
                                                Hm.
                                                Let me look.
                                                {"name": "run \\"it\\"", "arguments": {"n":1}}
                                                [failed result of bash]
                                                boom
                                                [image image/png, 4 bytes]
                                                """);
    }

    @Test
    void shouldRenderOnlyWhatAProjectStateHasToSay() {
        // given
        ProjectState state = new ProjectState(3,
                List.of(new ProjectState.Item("Pass the build", new SeqRange(0, 4))), List.of(), List.of(),
                Map.of("src/B.java", new ProjectState.FileNote("fixed", Optional.empty(), 9), "src/A.java",
                        new ProjectState.FileNote("read", Optional.empty(), 7)),
                List.of(), List.of(), List.of());
        // then
        assertThat(ProjectStateText.of(state, 10_000)).isEqualTo("""
                                                                 ## Project state
                                                                 ### Goals
                                                                 - Pass the build [0-4]
                                                                 ### Files
                                                                 - src/A.java: read [7]
                                                                 - src/B.java: fixed [9]
                                                                 """);
        assertThat(ProjectStateText.of(ProjectState.EMPTY, 10_000)).isEmpty();
    }

    @Provide
    Arbitrary<List<Turn>> threads() {
        return Conversations.conversations(15);
    }

    @Test
    void shouldShowTheNewestOfEachFieldWhenAProjectStateIsLargerThanItsRoom() {
        // given 40 goals and as many preferences, under a budget that leaves room for 2,000 characters
        List<ProjectState.Item> goals = IntStream.range(0, 40)
                .mapToObj(i -> new ProjectState.Item("goal number " + i + " in a few words", SeqRange.of(i))).toList();
        List<ProjectState.Item> preferences = IntStream.range(0, 40)
                .mapToObj(i -> new ProjectState.Item("always do thing number " + i, SeqRange.of(i))).toList();
        ProjectState state = new ProjectState(1, goals, List.of(), List.of(), Map.of(), List.of(), preferences,
                List.of());
        // when
        String text = ProjectStateText.of(state, 10_000);
        // then
        assertThat(text).hasSizeLessThan(2_100).contains("goal number 39", "always do thing number 39")
                .doesNotContain("goal number 0 ", "always do thing number 0 ").containsPattern(
                        "### Goals \\(\\d+ not shown\\)\n- goal number");
        assertThat(ProjectStateText.of(state, 100_000)).contains("goal number 0 ", "always do thing number 0 ")
                .doesNotContain("not shown");
    }
}
