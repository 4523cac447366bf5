package io.mnemosyne.inference.guards;

import java.time.Duration;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

import io.mnemosyne.inference.Counts;
import io.mnemosyne.inference.chat.ChatException;
import io.mnemosyne.inference.chat.ChatException.Failure;
import io.mnemosyne.inference.guards.Breaker.State;

import static io.mnemosyne.inference.guards.ScriptedChat.answers;
import static io.mnemosyne.inference.guards.ScriptedChat.fails;
import static io.mnemosyne.inference.guards.ScriptedChat.request;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

class BreakerTest {
    private final VirtualTime time = new VirtualTime("2026-01-05T10:00:00Z");
    private final Counts counts = new Counts();

    @ParameterizedTest
    @EnumSource(value = Failure.class, mode = Mode.EXCLUDE, names = {"RATE_LIMITED", "REFUSED", "TOO_LARGE",
            "REPEATING", "CUT_OFF",
            "OUT_OF_BUDGET", "CIRCUIT_OPEN"})
    void shouldLeaveAModelAloneThatFailedFiveTimes(Failure failure) {
        // given
        ScriptedChat model = new ScriptedChat("p:m", time, fails(failure));
        Breaker breaker = new Breaker(model, time, counts);
        // when
        for (int i = 0; i < 5; i++) {
            assertThat(failureOf(breaker)).isEqualTo(failure);
        }
        // then
        assertThat(failureOf(breaker)).isEqualTo(Failure.CIRCUIT_OPEN);
        assertThat(model.calls()).isEqualTo(5);
        assertThat(breaker.state()).isEqualTo(State.OPEN);
        assertThat(counts.snapshot()).containsEntry("circuit.open", 1L);
    }

    @ParameterizedTest
    @EnumSource(value = Failure.class, names = {"RATE_LIMITED", "REFUSED", "TOO_LARGE", "REPEATING", "CUT_OFF",
            "OUT_OF_BUDGET",
            "CIRCUIT_OPEN"})
    void shouldGoOnCallingAModelWhoseFailuresAreNotItsFault(Failure failure) {
        // given
        ScriptedChat model = new ScriptedChat("p:m", time, fails(failure));
        Breaker breaker = new Breaker(model, time, counts);
        // when
        for (int i = 0; i < 30; i++) {
            failureOf(breaker);
        }
        // then
        assertThat(model.calls()).isEqualTo(30);
        assertThat(breaker.state()).isEqualTo(State.CLOSED);
    }

    @Test
    void shouldTryTwoCallsAfterARestAndThenTrustTheModelAgain() throws Exception {
        // given
        ScriptedChat model = new ScriptedChat("p:m", time, fails(Failure.OVERLOADED), fails(Failure.OVERLOADED),
                fails(Failure.OVERLOADED), fails(Failure.OVERLOADED), fails(Failure.OVERLOADED), answers());
        Breaker breaker = opened(model);
        // when
        time.pass(Duration.ofSeconds(16));
        breaker.answer(request(time, Duration.ofMinutes(1)));
        assertThat(breaker.state()).isEqualTo(State.HALF_OPEN);
        breaker.answer(request(time, Duration.ofMinutes(1)));
        // then
        assertThat(breaker.state()).isEqualTo(State.CLOSED);
    }

    @Test
    void shouldRestTwiceAsLongAfterFailedProbes() {
        // given
        ScriptedChat model = new ScriptedChat("p:m", time, fails(Failure.TIMEOUT));
        Breaker breaker = opened(model);
        time.pass(Duration.ofSeconds(16));
        failureOf(breaker);
        failureOf(breaker);
        assertThat(breaker.state()).isEqualTo(State.OPEN);
        // when
        time.pass(Duration.ofSeconds(16));
        Failure early = failureOf(breaker);
        time.pass(Duration.ofSeconds(15));
        Failure late = failureOf(breaker);
        // then
        assertThat(early).isEqualTo(Failure.CIRCUIT_OPEN);
        assertThat(late).isEqualTo(Failure.TIMEOUT);
    }

    @Test
    void shouldNotLoseAProbeToACallThatSaysNothingOfTheModel() throws Exception {
        // given probes that were rate limited or interrupted
        ScriptedChat model = new ScriptedChat("p:m", time, fails(Failure.TIMEOUT), fails(Failure.TIMEOUT),
                fails(Failure.TIMEOUT), fails(Failure.TIMEOUT), fails(Failure.TIMEOUT), fails(Failure.RATE_LIMITED),
                () -> {
                    throw new InterruptedException();
                }, fails(Failure.REFUSED), answers());
        Breaker breaker = opened(model);
        time.pass(Duration.ofSeconds(16));
        // when
        assertThat(failureOf(breaker)).isEqualTo(Failure.RATE_LIMITED);
        catchThrowableOfType(InterruptedException.class, () -> breaker.answer(request(time, Duration.ofMinutes(1))));
        assertThat(failureOf(breaker)).isEqualTo(Failure.REFUSED);
        breaker.answer(request(time, Duration.ofMinutes(1)));
        breaker.answer(request(time, Duration.ofMinutes(1)));
        // then
        assertThat(breaker.state()).isEqualTo(State.CLOSED);
    }

    private Breaker opened(ScriptedChat model) {
        Breaker breaker = new Breaker(model, time, counts);
        for (int i = 0; i < 5; i++) {
            failureOf(breaker);
        }
        assertThat(breaker.state()).isEqualTo(State.OPEN);
        return breaker;
    }

    private Failure failureOf(Breaker breaker) {
        return catchThrowableOfType(ChatException.class,
                () -> breaker.answer(request(time, Duration.ofMinutes(1)))).failure();
    }
}
