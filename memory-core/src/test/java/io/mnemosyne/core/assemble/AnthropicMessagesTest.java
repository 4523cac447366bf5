package io.mnemosyne.core.assemble;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import com.fasterxml.jackson.databind.json.JsonMapper;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

import io.mnemosyne.core.ProjectState;
import io.mnemosyne.core.Role;
import io.mnemosyne.core.Turn;
import io.mnemosyne.core.assemble.AnthropicPrompt.Message;
import io.mnemosyne.core.assemble.AnthropicPrompt.Text;
import io.mnemosyne.core.assemble.AnthropicPrompt.ToolResult;
import io.mnemosyne.core.assemble.AnthropicPrompt.ToolUse;

import static org.assertj.core.api.Assertions.assertThat;

class AnthropicMessagesTest {

    @Property(tries = 150)
    void shouldBeginAndEndWithTheUserAndAlternate(@ForAll("threads") List<Turn> turns) {
        List<Message> messages = prompt(turns).messages();
        assertThat(messages.size() % 2).isOne();
        for (int i = 0; i < messages.size(); i++) {
            assertThat(messages.get(i).role())
                    .isEqualTo(i % 2 == 0 ? AnthropicPrompt.Role.USER : AnthropicPrompt.Role.ASSISTANT);
        }
    }

    @Property(tries = 150)
    void shouldAnswerEveryToolUseAtTheHeadOfTheNextMessage(@ForAll("threads") List<Turn> turns) {
        List<Message> messages = prompt(turns).messages();
        for (int i = 0; i < messages.size(); i++) {
            List<String> uses = messages.get(i).content().stream().filter(ToolUse.class::isInstance)
                    .map(use -> ((ToolUse) use).id()).toList();
            List<AnthropicPrompt.Content> next = i + 1 < messages.size() ? messages.get(i + 1).content() : List.of();
            List<String> results = next.stream().takeWhile(ToolResult.class::isInstance)
                    .map(result -> ((ToolResult) result).toolUseId()).toList();
            assertThat(results).isEqualTo(uses);
            assertThat(next.stream().skip(results.size())).noneMatch(ToolResult.class::isInstance);
        }
    }

    @Property(tries = 150)
    void shouldHaveNoEmptyContentAndNoIdTwice(@ForAll("threads") List<Turn> turns) throws Exception {
        Set<String> ids = new HashSet<>();
        for (Message message : prompt(turns).messages()) {
            assertThat(message.content()).isNotEmpty();
            for (AnthropicPrompt.Content content : message.content()) {
                switch (content) {
                    case Text text -> assertThat(text.text()).isNotBlank();
                    case AnthropicPrompt.Image image -> assertThat(image.data()).isNotBlank();
                    case ToolResult result -> assertThat(result.text()).isNotBlank();
                    case ToolUse use -> {
                        assertThat(use.id()).matches("[A-Za-z0-9_-]+");
                        assertThat(ids.add(use.id())).isTrue();
                        assertThat(new JsonMapper().readTree(use.inputJson()).isObject()).isTrue();
                    }
                }
            }
        }
    }

    @Property(tries = 150)
    void shouldLeaveOutNothingButBlankTexts(@ForAll("threads") List<Turn> turns) {
        AnthropicPrompt prompt = prompt(turns);
        StringBuilder all = new StringBuilder(prompt.system());
        prompt.messages().stream().flatMap(message -> message.content().stream())
                .forEach(content -> all.append('\n').append(content));
        turns.stream().flatMap(turn -> turn.parts().stream()).map(part -> part.content().shown())
                .filter(text -> !text.isBlank()).forEach(text -> assertThat(all.toString()).contains(text));
    }

    @Test
    void shouldPairParallelCallsWithTheirResults() {
        // given two calls in messages of their own, answered in the other order
        List<Turn> turns = List.of(Conversations.said(0, Role.SYSTEM, "Be brief."),
                Conversations.said(1, Role.USER, "Look at both."), Conversations.call(2, "a", "{\"n\": 1}"),
                Conversations.call(3, "b", "not json"), Conversations.result(4, "b", "two"),
                Conversations.result(5, "a", ""), Conversations.said(6, Role.USER, "And?"));
        // when
        AnthropicPrompt prompt = prompt(turns);
        // then
        assertThat(prompt.system()).isEqualTo("Be brief.");
        assertThat(prompt.messages()).containsExactly(
                new Message(AnthropicPrompt.Role.USER, List.of(new Text("Look at both."))),
                new Message(AnthropicPrompt.Role.ASSISTANT,
                        List.of(new ToolUse("a", "bash", "{\"n\": 1}"),
                                new ToolUse("b", "bash", "{\"arguments\": \"not json\"}"))),
                new Message(AnthropicPrompt.Role.USER, List.of(new ToolResult("a", "(no output)", true),
                        new ToolResult("b", "two", false), new Text("And?"))));
    }

    @Test
    void shouldStandInForAResultThatIsStillToCome() {
        // given
        List<Turn> turns = new ArrayList<>(List.of(Conversations.said(0, Role.USER, "Go."),
                Conversations.call(1, "a", "{}")));
        // when
        Message last = prompt(turns).messages().getLast();
        // then
        assertThat(last).isEqualTo(new Message(AnthropicPrompt.Role.USER,
                List.of(new ToolResult("a", "(no result was recorded)", false))));
    }

    private static AnthropicPrompt prompt(List<Turn> turns) {
        return AnthropicMessages.of((Assembly.Context) new Assembler(Conversations.COUNTER).assemble(
                new ViewContent(Conversations.THREAD, List.of(), ProjectState.EMPTY, List.of(), List.of(),
                        Conversations.sized(turns)),
                10_000_000));
    }

    @Provide
    Arbitrary<List<Turn>> threads() {
        return Conversations.conversations(20);
    }
}
