package io.mnemosyne.inference.providers.offline;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class QuestionsTest {

    @Test
    void shouldKeepWhatTheAssistantAskedBeforeItStopped() {
        assertThat(Questions.in(new Conversation().user("Release it.")
                .assistant("The version is 0.7.\nShould I tag it? Or do you want a patch?").transcript()))
                .singleElement()
                .satisfies(only -> assertThat(only.entry().text())
                        .isEqualTo("asked the user: Or do you want a patch?"));
    }

    @Test
    void shouldKeepNoQuestionThatTheAssistantAnswersItself() {
        assertThat(Questions.in(new Conversation().assistant("Is there a registry?").bash("ls", "registry")
                .assistant("There is. Where is it read?").assistant("In main.").user("Any news?").transcript()))
                .isEmpty();
    }
}
