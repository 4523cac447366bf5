package io.mnemosyne.inference.guards;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import io.mnemosyne.inference.Counts;
import io.mnemosyne.inference.Deadline;
import io.mnemosyne.inference.chat.ChatAnswer;
import io.mnemosyne.inference.chat.ChatException;
import io.mnemosyne.inference.chat.ChatException.Failure;
import io.mnemosyne.inference.chat.ChatModel;
import io.mnemosyne.inference.chat.ChatRequest;
import io.mnemosyne.inference.chat.ModelId;
import io.mnemosyne.inference.chat.TokenUsage;

import static io.mnemosyne.inference.guards.ScriptedChat.answers;
import static io.mnemosyne.inference.guards.ScriptedChat.fails;
import static io.mnemosyne.inference.guards.ScriptedChat.limited;
import static io.mnemosyne.inference.guards.ScriptedChat.request;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

/** The timeout ends calls that a broken line would never let go. */
@Timeout(60)
class GovernorTest {
    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final VirtualTime time = new VirtualTime("2026-01-05T10:00:00Z");
    private final Counts counts = new Counts();

    @Test
    void shouldMakeEveryModelOfTheEndpointWaitAfterOneWasToldToComeLater() throws Exception {
        // given
        Governor governor = new Governor("p", 4, time, counts);
        ChatModel one = governor.guard(new ScriptedChat("p:one", time, limited(Duration.ofSeconds(7))));
        ScriptedChat other = new ScriptedChat("p:other", time, answers());
        assertThatThrownBy(() -> one.answer(request(time, MINUTE))).isInstanceOf(ChatException.class);
        // when
        governor.guard(other).answer(request(time, MINUTE));
        // then: one second for the first call, then the pause
        assertThat(other.startedAfter()).containsExactly(Duration.ofSeconds(8));
        assertThat(counts.snapshot()).containsEntry("governor.paused", 1L);
    }

    @Test
    void shouldPauseAfterAnOverloadOnlyIfItSaysForHowLong() throws Exception {
        // given
        Governor governor = new Governor("p", 4, time, counts);
        ScriptedChat model = new ScriptedChat("p:m", time, fails(Failure.OVERLOADED),
                fails(Failure.OVERLOADED, TokenUsage.NONE, Optional.of(Duration.ofSeconds(3))), answers());
        ChatModel guarded = governor.guard(model);
        // when
        assertThatThrownBy(() -> guarded.answer(request(time, MINUTE))).isInstanceOf(ChatException.class);
        assertThatThrownBy(() -> guarded.answer(request(time, MINUTE))).isInstanceOf(ChatException.class);
        guarded.answer(request(time, MINUTE));
        // then
        assertThat(model.startedAfter()).containsExactly(Duration.ZERO, Duration.ofSeconds(1), Duration.ofSeconds(5));
    }

    @Test
    void shouldFailAtOnceWhenTheTurnWouldComeTooLate() {
        // given
        Governor governor = new Governor("p", 4, time, counts);
        ScriptedChat model = new ScriptedChat("p:m", time, limited(Duration.ofSeconds(90)));
        ChatModel guarded = governor.guard(model);
        assertThatThrownBy(() -> guarded.answer(request(time, MINUTE))).isInstanceOf(ChatException.class);
        // when
        ChatException refused = catchThrowableOfType(ChatException.class,
                () -> guarded.answer(request(time, MINUTE)));
        // then
        assertThat(refused.failure()).isEqualTo(Failure.RATE_LIMITED);
        assertThat(refused.retryAfter()).contains(Duration.ofSeconds(90));
        assertThat(refused).hasMessage("rate limited: its turn would come in 90 s, too late");
        assertThat(model.calls()).isEqualTo(1);
        assertThat(time.waits()).isEmpty();
        assertThat(counts.snapshot()).containsEntry("governor.refused", 1L);
    }

    @Test
    void shouldTellOfACallRightBeforeItIsMadeAndOfNoneThatIsNot() throws Exception {
        // given an endpoint that says no at first
        Governor governor = new Governor("p", 1, time, counts);
        ScriptedChat model = new ScriptedChat("p:m", time, limited(Duration.ofSeconds(20)), answers());
        List<Duration> told = new ArrayList<>();
        ChatRequest asked = request(time, MINUTE);
        ChatRequest request = new ChatRequest(asked.tenant(), false, asked.deadline(), asked.prompt(),
                () -> told.add(time.passed()));
        assertThatThrownBy(() -> governor.guard(model).answer(request)).isInstanceOf(ChatException.class);
        // when one has no time to wait, and another one has
        assertThatThrownBy(() -> governor.guard(model).answer(new ChatRequest("t", false,
                time.deadlineIn(Duration.ofSeconds(3)), asked.prompt(), () -> told.add(time.passed()))))
                .isInstanceOf(ChatException.class);
        governor.guard(model).answer(request);
        // then
        assertThat(told).isEqualTo(model.startedAfter());
    }

    @Test
    void shouldNotBeginACallThatHasNoTimeToAnswer() {
        // given a pause that leaves two of sixty seconds
        Governor governor = new Governor("p", 4, time, counts);
        ScriptedChat model = new ScriptedChat("p:m", time, limited(Duration.ofSeconds(58)));
        ChatModel guarded = governor.guard(model);
        assertThatThrownBy(() -> guarded.answer(request(time, MINUTE))).isInstanceOf(ChatException.class);
        // when / then
        assertThatThrownBy(() -> guarded.answer(request(time, MINUTE))).isInstanceOf(ChatException.class);
        assertThat(model.calls()).isEqualTo(1);
    }

    @Test
    void shouldHoldThreadsToTheLimitAndLetAllOfThemThrough() throws Exception {
        // given
        Held held = new Held();
        ChatModel guarded = new Governor("p", 3, Time.SYSTEM, counts).guard(held);
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            // when
            List<Future<ChatAnswer>> calls = IntStream.range(0, 12).mapToObj(_ -> threads.submit(
                    () -> guarded.answer(ask(Deadline.in(MINUTE))))).toList();
            for (int i = 0; i < 12; i++) {
                held.entered.acquire();
                held.leave.release();
            }
            for (Future<ChatAnswer> call : calls) {
                call.get(30, SECONDS);
            }
        }
        // then
        assertThat(held.most).hasValueLessThanOrEqualTo(3);
    }

    @Test
    void shouldGiveUpItsPlaceInLineWhenInterrupted() throws Exception {
        // given one call under way, one that waits, and one behind it
        Held held = new Held();
        ChatModel guarded = new Governor("p", 1, Time.SYSTEM, counts).guard(held);
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<ChatAnswer> first = threads.submit(() -> guarded.answer(ask(Deadline.in(MINUTE))));
            held.entered.acquire();
            CountDownLatch interrupted = new CountDownLatch(1);
            Thread second = Thread.ofVirtual().start(() -> {
                try {
                    guarded.answer(ask(Deadline.in(MINUTE)));
                } catch (InterruptedException e) {
                    interrupted.countDown();
                } catch (ChatException e) {
                    throw new AssertionError(e);
                }
            });
            await().until(() -> second.getState() == Thread.State.TIMED_WAITING);
            Future<ChatAnswer> third = threads.submit(() -> guarded.answer(ask(Deadline.in(MINUTE))));
            // when
            second.interrupt();
            assertThat(interrupted.await(30, SECONDS)).isTrue();
            held.leave.release(2);
            // then
            first.get(30, SECONDS);
            third.get(30, SECONDS);
            assertThat(held.calls).hasValue(2);
        }
    }

    private static ChatRequest ask(Deadline deadline) {
        return request(new VirtualTime("2026-01-05T10:00:00Z"), MINUTE).until(deadline);
    }

    /** Answers when it is let. */
    private static final class Held implements ChatModel {
        private final Semaphore entered = new Semaphore(0);
        private final Semaphore leave = new Semaphore(0);
        private final AtomicInteger now = new AtomicInteger();
        private final AtomicInteger most = new AtomicInteger();
        private final AtomicInteger calls = new AtomicInteger();

        @Override
        public ModelId id() {
            return ModelId.parse("p:held");
        }

        @Override
        public ChatAnswer answer(ChatRequest request) throws ChatException, InterruptedException {
            calls.incrementAndGet();
            most.accumulateAndGet(now.incrementAndGet(), Math::max);
            entered.release();
            leave.acquire();
            now.decrementAndGet();
            return answers().answer();
        }
    }
}
