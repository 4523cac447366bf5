package io.mnemosyne.core.observe;

import org.junit.jupiter.api.Test;

import io.mnemosyne.core.Role;
import io.mnemosyne.core.assemble.Conversations;

import static org.assertj.core.api.Assertions.assertThat;

class StandingInstructionTest {

    @Test
    void shouldTellInstructionsFromStatements() {
        assertThat(StandingInstruction.is("don't use mocks")).isTrue();
        assertThat(StandingInstruction.is("From now on, answer in English.")).isTrue();
        assertThat(StandingInstruction.is("use rg instead of grep")).isTrue();
        assertThat(StandingInstruction.is("Unfortunately, I don't have my reservation ID.")).isFalse();
        assertThat(StandingInstruction.is("use the parser")).isFalse();
    }

    @Test
    void shouldFindOneAmongOtherSentencesOfTheUserOnly() {
        // given
        String text = "The build is red. Always run the linter first. Thanks!";
        // then
        assertThat(StandingInstruction.isIn(Conversations.said(3, Role.USER, text))).isTrue();
        assertThat(StandingInstruction.isIn(Conversations.said(3, Role.ASSISTANT, text))).isFalse();
        assertThat(StandingInstruction.isIn(Conversations.said(3, Role.USER, "The build is red."))).isFalse();
    }
}
