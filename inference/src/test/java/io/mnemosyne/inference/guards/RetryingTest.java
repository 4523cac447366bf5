package io.mnemosyne.inference.guards;

import java.time.Duration;
import java.util.Optional;
import java.util.Random;
import java.util.random.RandomGenerator;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import io.mnemosyne.inference.Counts;
import io.mnemosyne.inference.chat.ChatAnswer;
import io.mnemosyne.inference.chat.ChatException;
import io.mnemosyne.inference.chat.ChatException.Failure;
import io.mnemosyne.inference.chat.TokenUsage;

import static io.mnemosyne.inference.guards.ScriptedChat.answers;
import static io.mnemosyne.inference.guards.ScriptedChat.fails;
import static io.mnemosyne.inference.guards.ScriptedChat.limited;
import static io.mnemosyne.inference.guards.ScriptedChat.request;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

class RetryingTest {
    private static final TokenUsage PAID = new TokenUsage(500, 0, 0, 50);
    /** Waits as long as it may. */
    private static final RandomGenerator LONGEST = new Random() {
        private static final long serialVersionUID = 1;

        @Override
        public long nextLong(long bound) {
            return bound - 1;
        }
    };

    private final VirtualTime time = new VirtualTime("2026-01-05T10:00:00Z");
    private final Counts counts = new Counts();

    @ParameterizedTest
    @EnumSource(Failure.class)
    void shouldTryFourTimesWhatIsWorthRepeatingAndOnceWhatIsNot(Failure failure) {
        // given
        ScriptedChat model = new ScriptedChat("p:m", time, fails(failure));
        // when
        Failure last = failed(model, LONGEST, Duration.ofMinutes(1)).failure();
        // then
        assertThat(last).isEqualTo(failure);
        assertThat(model.calls()).isEqualTo(failure.isWorthRepeating() ? 4 : 1);
        if (failure.isWorthRepeating()) {
            assertThat(time.waits()).containsExactly(Duration.ofMillis(500), Duration.ofSeconds(1),
                    Duration.ofSeconds(2));
        }
    }

    @Test
    void shouldWaitARandomPartOfTheTimeSoThatCallersDoNotComeBackTogether() {
        // given
        ScriptedChat model = new ScriptedChat("p:m", time, fails(Failure.OVERLOADED));
        // when
        failed(model, new Random(1), Duration.ofMinutes(1));
        Duration first = time.waits().getFirst();
        failed(model, new Random(2), Duration.ofMinutes(1));
        // then
        assertThat(first).isLessThan(Duration.ofMillis(500)).isNotEqualTo(time.waits().get(3));
    }

    @Test
    void shouldWaitAsLongAsTheProviderWants() {
        // given
        ScriptedChat model = new ScriptedChat("p:m", time, limited(Duration.ofSeconds(9)), fails(Failure.REFUSED));
        // when
        failed(model, LONGEST, Duration.ofMinutes(1));
        // then
        assertThat(time.waits()).containsExactly(Duration.ofSeconds(9));
    }

    @Test
    void shouldGiveUpAtOnceWhenTheWaitWouldLeaveNoTime() {
        // given
        ScriptedChat model = new ScriptedChat("p:m", time, limited(Duration.ofSeconds(9)));
        // when
        ChatException failure = failed(model, LONGEST, Duration.ofSeconds(10));
        // then
        assertThat(failure.retryAfter()).contains(Duration.ofSeconds(9));
        assertThat(model.calls()).isEqualTo(1);
        assertThat(time.waits()).isEmpty();
    }

    @Test
    void shouldGiveEachTryWhatIsLeft() {
        // given
        ScriptedChat model = new ScriptedChat("p:m", time, fails(Failure.DISCONNECTED), fails(Failure.DISCONNECTED),
                ScriptedChat.HANGS);
        // when
        failed(model, LONGEST, Duration.ofSeconds(20));
        // then
        assertThat(model.given()).containsExactly(Duration.ofSeconds(20), Duration.ofMillis(18_500),
                Duration.ofMillis(16_500));
        assertThat(time.passed()).isEqualTo(Duration.ofSeconds(20));
    }

    @Test
    void shouldAddUpWhatAllTriesUsedAndCost() throws Exception {
        // given a paid failure, then an answer
        ScriptedChat model = new ScriptedChat("p:m", time, fails(Failure.EMPTY, PAID, Optional.empty()),
                () -> new ChatAnswer("{}", ScriptedChat.USAGE, 7));
        // when
        ChatAnswer answer = retrying(model, LONGEST).answer(request(time, Duration.ofMinutes(1)));
        // then
        assertThat(answer.usage()).isEqualTo(new TokenUsage(1_500, 0, 0, 150));
        assertThat(answer.micros()).isEqualTo(7 + 550);
        assertThat(counts.snapshot()).containsEntry("try.empty", 1L).containsEntry("try.answered", 1L);
    }

    @Test
    void shouldNotPayMoreThanTwiceForNoAnswer() {
        // given a model that loops
        ScriptedChat model = new ScriptedChat("p:m", time, fails(Failure.REPEATING, PAID, Optional.empty()));
        // when
        ChatException failure = failed(model, LONGEST, Duration.ofMinutes(1));
        // then
        assertThat(model.calls()).isEqualTo(2);
        assertThat(failure.usage()).isEqualTo(PAID.plus(PAID));
    }

    private ChatException failed(ScriptedChat model, RandomGenerator random, Duration within) {
        return catchThrowableOfType(ChatException.class,
                () -> retrying(model, random).answer(request(time, within)));
    }

    private Retrying retrying(ScriptedChat model, RandomGenerator random) {
        return new Retrying(model, TokenUsage::total, random, time, counts);
    }
}
