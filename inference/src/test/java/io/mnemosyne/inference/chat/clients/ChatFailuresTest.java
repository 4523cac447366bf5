package io.mnemosyne.inference.chat.clients;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

import io.mnemosyne.inference.chat.ChatException;
import io.mnemosyne.inference.chat.ChatException.Failure;
import io.mnemosyne.inference.chat.TokenUsage;
import io.mnemosyne.inference.chat.stream.Patience;
import io.mnemosyne.scripted.Behaviour;
import io.mnemosyne.scripted.Behaviour.Fault;
import io.mnemosyne.scripted.Behaviour.Trouble;
import io.mnemosyne.scripted.Call;
import io.mnemosyne.scripted.Script;
import io.mnemosyne.scripted.ScriptedModels;
import io.mnemosyne.scripted.Wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

class ChatFailuresTest {
    private static final Duration LONG = Duration.ofMinutes(5);
    private static final String SECRET_OF_ANSWER = "ouagadougou";
    private static final Behaviour.Say ANSWER = Behaviour.answer((SECRET_OF_ANSWER + " is the answer. ").repeat(12));

    private final ScriptedModels models = ScriptedModels.start(Script.always(ANSWER));
    private final ChatClients clients = new ChatClients();

    @AfterEach
    void close() {
        clients.close();
        models.close();
    }

    static Stream<Arguments> failures() {
        return Stream.of(Wire.values()).flatMap(wire -> Stream.of(
                Arguments.of(wire, Behaviour.rateLimited(Duration.ofSeconds(3)), Failure.RATE_LIMITED, false),
                Arguments.of(wire, Behaviour.fail(Trouble.SERVER_ERROR), Failure.OVERLOADED, false),
                Arguments.of(wire, Behaviour.fail(Trouble.OVERLOADED), Failure.OVERLOADED, false),
                Arguments.of(wire, Behaviour.fail(Trouble.TOO_LARGE), Failure.TOO_LARGE, false),
                Arguments.of(wire, Behaviour.fail(Trouble.CONTEXT_TOO_LONG), Failure.TOO_LARGE, false),
                Arguments.of(wire, Behaviour.fail(Trouble.UNAUTHORIZED), Failure.UNAUTHORIZED, false),
                Arguments.of(wire, Behaviour.fail(Trouble.FORBIDDEN), Failure.UNAUTHORIZED, false),
                Arguments.of(wire, Behaviour.fail(Trouble.NOT_FOUND), Failure.REJECTED, false),
                Arguments.of(wire, Behaviour.fail(Trouble.OUT_OF_CREDIT), Failure.REJECTED, false),
                Arguments.of(wire, new Behaviour.Fail(Trouble.REJECTED, "'" + Endpoints.SECRET_OF_PROMPT
                        + "' is not allowed with the key " + Endpoints.KEY, Optional.empty(), Map.of()),
                        Failure.REJECTED, false),
                Arguments.of(wire, Behaviour.badGateway(), Failure.OVERLOADED, false),
                Arguments.of(wire, Behaviour.htmlInsteadOfJson(), Failure.MALFORMED, true),
                Arguments.of(wire, ANSWER.with(Fault.BROKEN), Failure.DISCONNECTED, true),
                Arguments.of(wire, ANSWER.with(Fault.ENDED), Failure.DISCONNECTED, true),
                Arguments.of(wire, ANSWER.with(Fault.GARBLED), Failure.MALFORMED, true),
                Arguments.of(wire, ANSWER.with(Fault.ERROR), Failure.OVERLOADED, true),
                Arguments.of(wire, Behaviour.empty(), Failure.EMPTY, true),
                Arguments.of(wire, Behaviour.answer(" \n\n"), Failure.EMPTY, true),
                Arguments.of(wire, Behaviour.refusal(), Failure.REFUSED, true),
                Arguments.of(wire, Behaviour.filtered(), Failure.REFUSED, true),
                Arguments.of(wire, Behaviour.cutOff(SECRET_OF_ANSWER), Failure.CUT_OFF, true),
                Arguments.of(wire, Behaviour.looping("I look at the file " + SECRET_OF_ANSWER + " again. "),
                        Failure.REPEATING, true)));
    }

    @ParameterizedTest
    @MethodSource("failures")
    void shouldSayHowAModelFailedAndWhatThatCost(Wire wire, Behaviour behaviour, Failure failure, boolean paid) {
        // given
        models.goOnWith(Script.always(behaviour));
        // when
        ChatException thrown = ask(wire, LONG);
        // then
        assertThat(thrown.failure()).as("%s", models.calls()).isEqualTo(failure);
        assertThat(thrown.usage().input() > 0).isEqualTo(paid);
        assertThat(thrown.getMessage()).isNotBlank().doesNotContain("some-model", Endpoints.SECRET_OF_PROMPT,
                Endpoints.KEY, SECRET_OF_ANSWER);
        assertThat(models.calls()).as("ours decide about another try").hasSize(1);
    }

    @ParameterizedTest
    @EnumSource(Wire.class)
    void shouldPassOnForHowLongTheProviderWantsToBeLeftAlone(Wire wire) {
        // given
        models.goOnWith(Script.inTurn(Behaviour.rateLimited(Duration.ofSeconds(17)),
                Behaviour.rateLimitedUntil(Instant.now().plusSeconds(1000)),
                Behaviour.fail(Trouble.OVERLOADED, Map.of("retry-after-ms", "250")),
                Behaviour.fail(Trouble.RATE_LIMITED)));
        // when // then
        assertThat(ask(wire, LONG).retryAfter()).contains(Duration.ofSeconds(17));
        assertThat(ask(wire, LONG).retryAfter().orElseThrow()).isBetween(Duration.ofSeconds(900),
                Duration.ofSeconds(1000));
        assertThat(ask(wire, LONG).retryAfter()).contains(Duration.ofMillis(250));
        assertThat(ask(wire, LONG).retryAfter()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(Wire.class)
    void shouldEndAtTheDeadlineWhenTheFirstByteDoesNotCome(Wire wire) {
        // given
        models.goOnWith(Script.always(ANSWER.slowly(LONG, Duration.ZERO)));
        // when
        ChatException thrown = ask(wire, Duration.ofMillis(300));
        // then
        assertThat(thrown.failure()).isEqualTo(Failure.TIMEOUT);
        awaitThatTheConnectionIsClosed();
    }

    @ParameterizedTest
    @EnumSource(Wire.class)
    void shouldEndAtTheDeadlineWhenTheAnswerComesDropByDrop(Wire wire) {
        // given
        models.goOnWith(Script.always(ANSWER.slowly(Duration.ZERO, Duration.ofMillis(100))));
        // when
        ChatException thrown = ask(wire, Duration.ofSeconds(1));
        // then
        assertThat(thrown.failure()).isEqualTo(Failure.TIMEOUT);
        awaitThatTheConnectionIsClosed();
    }

    @ParameterizedTest
    @EnumSource(Wire.class)
    void shouldEndBeforeTheDeadlineWhenTheProviderIsSilent(Wire wire) {
        // given
        models.goOnWith(Script.always(ANSWER.slowly(LONG, Duration.ZERO)));
        try (var impatient = new ChatClients(new Patience(Duration.ofSeconds(5), Duration.ofMillis(200)))) {
            // when
            var thrown = catchThrowableOfType(ChatException.class, () -> Endpoints
                    .model(impatient, wire, models.url(wire)).answer(Endpoints.request(LONG)));
            // then
            assertThat(thrown.failure()).isEqualTo(Failure.TIMEOUT);
            awaitThatTheConnectionIsClosed();
        }
    }

    @ParameterizedTest
    @EnumSource(Wire.class)
    void shouldEndWhenItsThreadIsInterrupted(Wire wire) {
        // given
        models.goOnWith(Script.always(ANSWER.slowly(LONG, Duration.ZERO)));
        var thrown = new AtomicReference<Throwable>();
        Thread caller = Thread.ofPlatform().start(() -> thrown.set(catchThrowable(
                () -> Endpoints.model(clients, wire, models.url(wire)).answer(Endpoints.request(LONG)))));
        await().until(() -> models.calls().size() == 1);
        // when
        caller.interrupt();
        // then
        await().until(() -> thrown.get() instanceof InterruptedException);
        awaitThatTheConnectionIsClosed();
    }

    @ParameterizedTest
    @EnumSource(Wire.class)
    void shouldStopReadingWhenTheAnswerGoesRoundInCircles(Wire wire) {
        // given a loop that would take minutes to its end, behind a sensible start
        String start = Stream.iterate(1, number -> number + 1).limit(300).map(number -> "Fact " + number + ". ")
                .reduce("", String::concat);
        models.goOnWith(Script.always(
                Behaviour.answer(start + "I have to look at the file again. ".repeat(1_000))
                        .slowly(Duration.ZERO, Duration.ofMillis(1))));
        // when
        ChatException thrown = ask(wire, LONG);
        // then
        assertThat(thrown.failure()).isEqualTo(Failure.REPEATING);
        assertThat(thrown.usage().output()).isBetween(500L, 3_900L);
        awaitThatTheConnectionIsClosed();
    }

    @ParameterizedTest
    @EnumSource(Wire.class)
    void shouldFailWhenNobodyListens(Wire wire) throws IOException {
        // given
        URI closed;
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            closed = URI.create("http://127.0.0.1:" + socket.getLocalPort());
        }
        // when
        var thrown = catchThrowableOfType(ChatException.class,
                () -> Endpoints.model(clients, wire, closed).answer(Endpoints.request(LONG)));
        // then
        assertThat(thrown.failure()).isEqualTo(Failure.DISCONNECTED);
        assertThat(thrown.usage()).isEqualTo(TokenUsage.NONE);
    }

    @Test
    void shouldNotCallWhenTheDeadlineHasPassed() {
        // when
        ChatException thrown = ask(Wire.ANTHROPIC, Duration.ZERO);
        // then
        assertThat(thrown.failure()).isEqualTo(Failure.TIMEOUT);
        assertThat(models.calls()).isEmpty();
    }

    private ChatException ask(Wire wire, Duration time) {
        return catchThrowableOfType(ChatException.class,
                () -> Endpoints.model(clients, wire, models.url(wire)).answer(Endpoints.request(time)));
    }

    /** A call that was too late to be seen at all has left nothing open either. */
    private void awaitThatTheConnectionIsClosed() {
        await().untilAsserted(() -> {
            assertThat(models.connections()).isZero();
            assertThat(models.calls()).extracting(Call::ending).isSubsetOf(Call.Ending.CLIENT_LEFT);
        });
    }
}
