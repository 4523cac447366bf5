package io.mnemosyne.core.view;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.mnemosyne.core.Command;
import io.mnemosyne.core.MemoryEvent;
import io.mnemosyne.core.Origin;
import io.mnemosyne.core.Policy;
import io.mnemosyne.core.RawTurn;
import io.mnemosyne.core.Role;
import io.mnemosyne.core.Segment;
import io.mnemosyne.core.SeqRange;
import io.mnemosyne.core.Turn;
import io.mnemosyne.core.TurnEvent;
import io.mnemosyne.core.assemble.Conversations;

import static org.assertj.core.api.Assertions.assertThat;

/** What the view makes of the agent's provider: how much it counted, and which model was called. */
class ProviderSignalsTest {
    private static final String LONG_TEXT = "The build of module core failed again. ".repeat(50);
    private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");
    private final ThreadUnderTest thread = new ThreadUnderTest(Policy.standard());
    private int seq;

    @Test
    void shouldShowWhatWasKeptBackWhenTheWholePromptIsNearlyFull() {
        // given an observation that saves some thousand tokens, in front of so many that it does not pay to show it
        talk(100);
        observe(0, 9);
        assertThat(thread.journal).isEmpty();
        // when
        report(Policy.standard().totalLine() - 1);
        // then
        assertThat(thread.journal).isEmpty();
        // when
        report(Policy.standard().totalLine());
        // then
        assertThat(thread.journal).singleElement().isInstanceOfSatisfying(ViewEvent.EpochOpened.class, epoch -> {
            assertThat(epoch.reason()).isEqualTo(ViewEvent.Reason.CEILING);
            assertThat(epoch.tokensAfter()).isLessThan(epoch.tokensBefore());
        });
    }

    @Test
    void shouldShowAnObservationWhenItComesAfterTheReportThatAskedForIt() {
        // given
        talk(100);
        report(Policy.standard().totalLine());
        assertThat(thread.journal).isEmpty();
        // when
        observe(0, 9);
        // then
        assertThat(thread.journal).hasSize(1);
    }

    @Test
    void shouldNotRewriteAtEveryCallWhenTheAgentsOwnPromptIsAlwaysTooLarge() {
        // given memory comes in small pieces
        talk(100);
        int pieces = 45;
        for (int i = 0; i < pieces; i++) {
            // when
            observe(2L * i, 2L * i + 1);
            report(Policy.standard().window());
            report(Policy.standard().window());
        }
        // then each rewrite for this reason saved at least half of the smallest stretch that is worth observing
        assertThat(thread.journal).hasSizeBetween(1, pieces / 3).map(ViewEvent.EpochOpened.class::cast)
                .filteredOn(epoch -> epoch.reason() == ViewEvent.Reason.CEILING).isNotEmpty()
                .allSatisfy(epoch -> assertThat(epoch.tokensBefore() - epoch.tokensAfter())
                        .isGreaterThanOrEqualTo(Policy.standard().minBufferInterval() / 2));
    }

    @ParameterizedTest
    @ValueSource(strings = {"-1", "all of them", "100000001", ""})
    void shouldIgnoreAndCountAReportThatMakesNoSense(String tokens) {
        // given
        talk(100);
        observe(0, 9);
        // when
        report(tokens);
        // then
        assertThat(thread.journal).isEmpty();
        assertThat(thread.counts).containsExactly(View.IGNORED);
    }

    @Test
    void shouldShowWhatWasKeptBackWhenAnotherModelIsCalled() {
        // given
        reply("one", NOON);
        talk(100);
        observe(0, 1);
        reply("one", NOON.plusSeconds(1));
        assertThat(thread.journal).isEmpty();
        // when
        reply("other", NOON.plusSeconds(2));
        // then
        assertThat(thread.journal).singleElement().isInstanceOfSatisfying(ViewEvent.EpochOpened.class,
                epoch -> assertThat(epoch.reason()).isEqualTo(ViewEvent.Reason.CACHE_COLD));
    }

    @Test
    void shouldNotRewriteWhenAnAgentGoesBackAndForthBetweenTwoModels() {
        // given
        reply("one", NOON);
        reply("other", NOON);
        talk(100);
        for (int i = 0; i < 40; i++) {
            // when
            observe(2L * i, 2L * i + 1);
            reply(i % 2 == 0 ? "one" : "other", NOON.plusSeconds(i));
        }
        // then the few rewrites are those that pay, as for an agent with one model
        assertThat(thread.journal).extracting(event -> ((ViewEvent.EpochOpened) event).reason())
                .doesNotContain(ViewEvent.Reason.CACHE_COLD);
    }

    @Test
    void shouldRewriteNoMoreOftenThanThereIsSomethingNewHoweverManyModelsTakeTurns() {
        // given
        talk(100);
        observe(0, 1);
        // when
        for (int i = 0; i < 50; i++) {
            reply("model-" + i % 7, NOON.plusSeconds(i));
        }
        // then
        assertThat(thread.journal).hasSize(1);
    }

    private void talk(int turns) {
        for (int i = 0; i < turns; i++) {
            thread.read(Conversations.said(seq, Role.TOOL, LONG_TEXT + seq));
            seq++;
        }
    }

    private void reply(String model, Instant at) {
        Turn said = Conversations.said(seq, Role.ASSISTANT, "Done.");
        Origin origin = new Origin(Optional.of(at), OptionalLong.empty(), Optional.empty(), Optional.of(model),
                Optional.empty(), OptionalLong.empty(), Optional.empty(), Optional.empty(), Map.of());
        thread.read(new Turn(said.thread(), 0, seq++, new RawTurn(said.body().eventId(), Role.ASSISTANT, said.parts(),
                origin), said.tokens(), said.objects()));
    }

    private void observe(long from, long to) {
        thread.remember(new MemoryEvent.Observed(
                Lives.segment(Segment.Kind.OBSERVATION, new SeqRange(from, to), 0)));
    }

    private void report(long tokens) {
        report(Long.toString(tokens));
    }

    private void report(String tokens) {
        thread.read(0, new TurnEvent.Controlled(new Command("c", Command.Kind.USAGE, Optional.empty(),
                Map.of("inputTokens", tokens))));
    }
}
