package io.mnemosyne.inference.prompts;

import java.util.List;
import java.util.Optional;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.mnemosyne.core.Content;
import io.mnemosyne.core.Part;
import io.mnemosyne.core.Role;
import io.mnemosyne.core.Sha256;
import io.mnemosyne.core.tokens.O200kTokenCounter;
import io.mnemosyne.inference.Counts;
import io.mnemosyne.inference.calibration.BilledTokens;
import io.mnemosyne.inference.chat.ChatPrompt;
import io.mnemosyne.inference.chat.ModelId;

import static org.assertj.core.api.Assertions.assertThat;

/** A prompt is part of what a recorded call is found by, so a new text must have a new name. */
class TemplatesTest {
    private static final PromptRoom ROOM = new PromptRoom(O200kTokenCounter.shared(), 128_000,
            new ModelId("scripted", "brain"), new BilledTokens(new Counts()));

    @ParameterizedTest
    @CsvSource({"observer-1, e1d6824a175d71e9397f87af8d0ab708", "reflector-1, efcee49ac7ff1280de7a5b7dd3c2adca",
            "recall-1, 41eba06c9afcb3d505c3ed052e21905b", "summarizer-1, 89b8c6872a225f2f9cb6e4612a71f490"})
    void shouldAskTheSameUnderTheSameVersion(String version, String pinned) {
        // given all sections, the shape of the answer, and a prompt with everything that is rendered
        Template template = Template.load(version);
        ChatPrompt sample = switch (template.schema().name()) {
            case "observer_answer" -> observerSample();
            case "reflector_answer" -> reflectorSample();
            case "recall_answer" -> recallSample();
            default -> summarizerSample();
        };
        // when
        String hash = Sha256.id(template.sections().toString(), template.schema().json(), sample.system(),
                sample.messages().getFirst().text(), sample.temperature() + " " + sample.maxOutputTokens());
        // then
        assertThat(hash)
                .as("""
                    What is asked under the version %1$s has changed, so that recorded answers would be taken for answers to
                    another question. Leave %1$s.md and %1$s.json as they were released, write the new text into files with the
                    next number, name that version where %1$s is loaded, and pin %2$s here.
                    Only if %1$s was never released, just pin the new hash.""",
                        version, hash)
                .isEqualTo(pinned);
        assertThat(List.of(ObserverPrompt.TEMPLATE.version(), ReflectorPrompt.TEMPLATE.version(),
                SummarizerPrompt.TEMPLATE.version(), RecallPrompt.TEMPLATE.version())).contains(version);
    }

    private static ChatPrompt observerSample() {
        Turns turns = new Turns().user("Fix it.").assistant("I will.")
                .call("read", "{\"path\":\"" + "a/".repeat(9_000) + "\"}")
                .result("line\n".repeat(9_000))
                .turn(Role.USER, new Part.Thinking(Content.of("hm ".repeat(900))),
                        new Part.Image("image/png", Content.of("AAAA")),
                        new Part.ToolResult("c", "", Content.of("no"), true));
        return new ObserverPrompt(ROOM).of(turns.request("- an older line\n")).orElseThrow().prompt();
    }

    private static ChatPrompt reflectorSample() {
        var request = Logs.request(Logs.standard(), Optional.of("Ship it"), 500);
        ReflectorPrompt prompts = new ReflectorPrompt(ROOM);
        return prompts.prompt(request, prompts.of(request).orElseThrow(), 3, 400);
    }

    private static ChatPrompt recallSample() {
        return new RecallPrompt(ROOM).of(Questions.request(Questions.found("ab", 3, "8081 ".repeat(9_000), "cd"),
                Questions.found("cd", 1, "8080"))).orElseThrow().prompt();
    }

    private static ChatPrompt summarizerSample() {
        return new SummarizerPrompt(ROOM).of(Objects.request(Objects.TEXT.repeat(900))).orElseThrow().prompt();
    }
}
