package io.mnemosyne.core.view;

import org.junit.jupiter.api.Test;

import io.mnemosyne.core.MemoryEvent;
import io.mnemosyne.core.Policy;
import io.mnemosyne.core.Role;
import io.mnemosyne.core.Segment;
import io.mnemosyne.core.SeqRange;
import io.mnemosyne.core.assemble.Assembly;
import io.mnemosyne.core.assemble.Block;
import io.mnemosyne.core.assemble.Conversations;

import static org.assertj.core.api.Assertions.assertThat;

/** How other systems that compact prompts are known to fail. What the other tests of this package cover is not here. */
class KnownViewFailuresTest {
    private static final String LONG_TEXT = "The build of module core failed again. ".repeat(50);
    private final ThreadUnderTest thread = new ThreadUnderTest(Policy.standard());

    @Test
    void shouldServeAPromptUnderItsCeilingWhenNothingWasEverObserved() {
        // given a thread of far more than its budget, and no memory of it
        talk(0, 200);
        thread.read(Conversations.said(200, Role.USER, "What is left to do?"));
        // when
        Assembly prompt = thread.assemble(5_000);
        // then
        assertThat(prompt).isInstanceOfSatisfying(Assembly.Context.class, context -> {
            assertThat(context.tokens()).isLessThanOrEqualTo(5_000);
            assertThat(context.text()).contains("What is left to do?");
        });
    }

    @Test
    void shouldShowANewTurnTogetherWithTheHistory() {
        // given
        talk(0, 40);
        thread.remember(new MemoryEvent.Observed(Lives.segment(Segment.Kind.OBSERVATION, new SeqRange(0, 29), 0)));
        talk(40, 50);
        // when
        thread.read(Conversations.said(50, Role.USER, "What is left to do?"));
        // then
        assertThat(thread.prompt().blocks()).extracting(Block::kind).contains(Block.Kind.OBSERVATION)
                .last().isEqualTo(Block.Kind.TURN);
        assertThat(thread.prompt().text()).contains("What was worth keeping of turns 0-29", "failed again. 30",
                "What is left to do?");
    }

    @Test
    void shouldShowTurnsRawWhileTheirSegmentIsKeptBack() {
        // given a segment that saves too little to be shown
        talk(0, 40);
        thread.remember(new MemoryEvent.Observed(Lives.segment(Segment.Kind.OBSERVATION, SeqRange.of(0), 0)));
        assertThat(thread.head.available().watermark()).isZero();
        // then
        assertThat(thread.head.shown().watermark()).isEqualTo(-1);
        assertThat(thread.prompt().text()).contains("failed again. 0");
    }

    private void talk(int from, int to) {
        for (int seq = from; seq < to; seq++) {
            thread.read(Conversations.said(seq, Role.ASSISTANT, LONG_TEXT + seq));
        }
    }
}
