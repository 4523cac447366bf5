package io.mnemosyne.inference.worker;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;

import org.junit.jupiter.api.Test;

import io.mnemosyne.core.Begun;
import io.mnemosyne.core.Completion;
import io.mnemosyne.core.observe.ObservationRequest.Priority;
import io.mnemosyne.core.observe.ObservationResult;
import io.mnemosyne.core.observe.ObservationResult.Expired;
import io.mnemosyne.core.observe.ObservationResult.Failed;
import io.mnemosyne.core.observe.ObservationResult.Nothing;
import io.mnemosyne.core.trace.Outcome.Level;
import io.mnemosyne.core.trace.Place;
import io.mnemosyne.core.trace.SpanEvent;
import io.mnemosyne.core.trace.SpanType;
import io.mnemosyne.core.trace.StageSpans.Request;
import io.mnemosyne.inference.completions.CompletionsMode;
import io.mnemosyne.schemas.topics.Topics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

class WorkerTest {

    @Test
    void shouldNoteTheCallBeforeItIsMadeAndRecordItBeforeItWritesTheResultAndThenCommit() {
        try (WorkerHarness harness = WorkerHarness.started()) {
            // when
            harness.request(Requests.of("a"));
            // then
            await().untilAsserted(() -> assertThat(harness.committed()).isEqualTo(1));
            assertThat(harness.topicsWritten()).containsExactly(Topics.COMPLETIONS.name(),
                    Topics.COMPLETIONS.name(), Topics.OBSERVER_RESULTS.name());
            assertThat(harness.rowsWritten().getFirst()).isInstanceOf(Begun.class);
            assertThat(harness.results()).singleElement().satisfies(result -> {
                assertThat(result.requestId()).isEqualTo("a");
                assertThat(result.outcome()).isInstanceOf(Nothing.class);
            });
            assertThat(harness.completionsWritten()).singleElement()
                    .satisfies(call -> assertThat(call.stage()).isEqualTo("observer"));
        }
    }

    @Test
    void shouldReadTheRequestsOfAllStages() {
        try (WorkerHarness harness = WorkerHarness.started()) {
            await().untilAsserted(() -> assertThat(harness.group.subscription()).containsExactlyInAnyOrder(
                    Topics.OBSERVER_REQUESTS.name(), Topics.REFLECTOR_REQUESTS.name(),
                    Topics.SUMMARIZER_REQUESTS.name()));
        }
    }

    @Test
    void shouldCommitOnlyUpToTheFirstOpenRequest() {
        try (WorkerHarness harness = WorkerHarness.started()) {
            // given
            harness.model.hold("slow");
            // when
            harness.request(Requests.of("a"), Requests.of("slow"), Requests.of("b"));
            // then
            await().untilAsserted(() -> {
                assertThat(harness.results()).extracting(ObservationResult::requestId).containsExactlyInAnyOrder("a",
                        "b");
                assertThat(harness.committed()).isEqualTo(1);
            });
            // when
            harness.model.release("slow");
            // then
            await().untilAsserted(() -> assertThat(harness.committed()).isEqualTo(3));
        }
    }

    @Test
    void shouldCommitNothingBeforeTheResultIsAcknowledged() {
        WorkerSettings settings = WorkerHarness.settings(4, 100, Duration.ofSeconds(60));
        try (WorkerHarness harness = new WorkerHarness(settings, false).start()) {
            // given a broker that has acknowledged that the call began and what it answered, but not the result
            harness.request(Requests.of("a"));
            await().until(harness.producer::completeNext);
            await().until(harness.producer::completeNext);
            await().untilAsserted(() -> assertThat(harness.results()).hasSize(1));
            assertThat(harness.committed()).isZero();
            // when
            harness.producer.completeNext();
            // then
            await().untilAsserted(() -> assertThat(harness.committed()).isEqualTo(1));
        }
    }

    @Test
    void shouldServeUrgentRequestsFirst() {
        WorkerSettings settings = WorkerHarness.settings(1, 100, Duration.ofSeconds(60));
        try (WorkerHarness harness = new WorkerHarness(settings, true).start()) {
            // given
            harness.model.hold("first");
            harness.request(Requests.of("first"), Requests.of("normal"), Requests.urgent("urgent"));
            await().untilAsserted(() -> assertThat(harness.model.asked()).containsExactly("first"));
            // when
            harness.model.release("first");
            // then
            await().untilAsserted(() -> assertThat(harness.committed()).isEqualTo(3));
            assertThat(harness.model.asked()).containsExactly("first", "urgent", "normal");
        }
    }

    @Test
    void shouldAnswerExpiredWithoutAskingWhenTheLeaseHasPassed() {
        try (WorkerHarness harness = WorkerHarness.started()) {
            // when
            harness.request(Requests.of("late", 1, Requests.NOW.minusMillis(1), Priority.NORMAL));
            // then
            await().untilAsserted(() -> assertThat(harness.committed()).isEqualTo(1));
            assertThat(harness.model.asked()).isEmpty();
            assertThat(harness.results().getFirst().outcome()).isInstanceOf(Expired.class);
            assertThat(harness.completionsWritten()).isEmpty();
        }
    }

    @Test
    void shouldTellOfEachCallBelowItsRequestAndCountNoUsageOfARecordedOne() {
        try (WorkerHarness harness = WorkerHarness.traced(CompletionsMode.LIVE)) {
            // given
            harness.model.fail("bad");
            // when
            harness.request(Requests.of("a"));
            await().untilAsserted(() -> assertThat(harness.committed()).isEqualTo(1));
            harness.request(Requests.of("a"), Requests.of("bad"),
                    Requests.of("late", 1, Requests.NOW.minusMillis(1), Priority.NORMAL));
            await().untilAsserted(() -> assertThat(harness.committed()).isEqualTo(4));
            // then
            List<SpanEvent.Finished> calls = harness.spans().stream()
                    .map(span -> (SpanEvent.Finished) span.event()).toList();
            assertThat(calls).hasSize(3).extracting(call -> call.span().type()).containsOnly(SpanType.GENERATION);
            assertThat(calls.getFirst().place()).isEqualTo(new Place.AtTurn("t1", 0, 0,
                    Optional.of(Request.OBSERVATION.id(Requests.THREAD, 0, "a"))));
            assertThat(calls.getFirst().span().facts().usage()).isNotEmpty();
            assertThat(calls).filteredOn(call -> call.span().facts().metadata().containsKey("recorded"))
                    .singleElement().satisfies(call -> assertThat(call.span().facts().usage()).isEmpty());
            assertThat(calls).filteredOn(call -> call.span().outcome().level() == Level.ERROR).singleElement()
                    .satisfies(call -> assertThat(call.span().outcome().message().orElse("")).contains("no luck"));
        }
    }

    @Test
    void shouldReportAFailureAndGoOnWhenTheModelThrows() {
        try (WorkerHarness harness = WorkerHarness.started()) {
            // given
            harness.model.fail("bad");
            // when
            harness.request(Requests.of("bad"));
            harness.garbage();
            harness.request(Requests.of("good"));
            // then
            await().untilAsserted(() -> assertThat(harness.committed()).isEqualTo(3));
            assertThat(harness.results()).hasSize(2).anySatisfy(result -> assertThat(result.outcome())
                    .isEqualTo(new Failed("java.lang.IllegalStateException: no luck", true)));
            assertThat(harness.completionsWritten()).hasSize(1);
            assertThat(harness.worker.counts()).containsEntry("call.failed", 1L).containsEntry("request.unreadable",
                    1L);
        }
    }

    @Test
    void shouldReportAFailureWhenTheCallBudgetIsSpent() {
        WorkerSettings settings = WorkerHarness.settings(1, 100, Duration.ofMillis(20));
        try (WorkerHarness harness = new WorkerHarness(settings, true).start()) {
            // given
            harness.model.hold("endless");
            // when
            harness.request(Requests.of("endless"));
            // then
            await().untilAsserted(() -> assertThat(harness.committed()).isEqualTo(1));
            assertThat(harness.results().getFirst().outcome()).isInstanceOf(Failed.class);
        }
    }

    @Test
    void shouldNotPayAgainForARepeatedRequest() {
        try (WorkerHarness earlier = WorkerHarness.started();
                WorkerHarness later = new WorkerHarness(WorkerSettings.DEFAULT, true)) {
            // given a call that another worker has recorded
            earlier.request(Requests.of("a"));
            await().untilAsserted(() -> assertThat(earlier.committed()).isEqualTo(1));
            later.keepCompletionsOf(earlier);
            later.start();
            // when the request is tried again
            later.request(Requests.of("a", 2, Requests.NOW.plusSeconds(1), Priority.NORMAL));
            // then
            await().untilAsserted(() -> assertThat(later.committed()).isEqualTo(1));
            assertThat(later.model.asked()).isEmpty();
            assertThat(later.results().getFirst().attempt()).isEqualTo(2);
            assertThat(later.results().getFirst().outcome())
                    .isEqualTo(earlier.results().getFirst().outcome());
        }
    }

    @Test
    void shouldStopFetchingWhileTooManyRequestsWait() {
        WorkerSettings settings = WorkerHarness.settings(1, 2, Duration.ofSeconds(60));
        try (WorkerHarness harness = new WorkerHarness(settings, true).start()) {
            // given
            harness.model.hold("slow");
            // when
            harness.request(Requests.of("slow"), Requests.of("b"), Requests.of("c"));
            // then
            await().untilAsserted(() -> assertThat(harness.group.paused()).isNotEmpty());
            // when
            harness.model.release("slow");
            // then
            await().untilAsserted(() -> {
                assertThat(harness.committed()).isEqualTo(3);
                assertThat(harness.group.paused()).isEmpty();
            });
        }
    }

    @Test
    void shouldStopFetchingWhileTooManyBytesWait() {
        WorkerSettings settings = new WorkerSettings(1, 100, 1, Duration.ofSeconds(60), Duration.ZERO, 100,
                CompletionsMode.LIVE);
        try (WorkerHarness harness = new WorkerHarness(settings, true).start()) {
            // given
            harness.model.hold("slow");
            // when
            harness.request(Requests.of("slow"), Requests.of("b"));
            // then
            await().untilAsserted(() -> assertThat(harness.group.paused()).isNotEmpty());
            // when
            harness.model.release("slow");
            // then
            await().untilAsserted(() -> {
                assertThat(harness.committed()).isEqualTo(2);
                assertThat(harness.group.paused()).isEmpty();
            });
        }
    }

    @Test
    void shouldRecordAndCommitCallsUnderWayThatEndSoonAfterTheirPartitionIsRevoked() throws InterruptedException {
        WorkerSettings settings = new WorkerSettings(1, 100, 1_000_000, Duration.ofSeconds(60), Duration.ofSeconds(30),
                100, CompletionsMode.LIVE);
        CountDownLatch revoking = new CountDownLatch(1);
        try (WorkerHarness harness = new WorkerHarness(settings, true).start()) {
            // given
            harness.model.hold("slow");
            harness.request(Requests.of("slow"));
            await().untilAsserted(() -> assertThat(harness.model.asked()).hasSize(1));
            // when
            harness.group.schedulePollTask(revoking::countDown);
            harness.revoke();
            revoking.await();
            harness.model.release("slow");
            // then
            await().untilAsserted(() -> assertThat(harness.group.assignment()).isEmpty());
            assertThat(harness.completionsWritten()).hasSize(1);
            assertThat(harness.committed()).isEqualTo(1);
        }
    }

    @Test
    void shouldNotCommitForAPartitionThatWasRevokedMeanwhile() {
        try (WorkerHarness harness = WorkerHarness.started()) {
            // given a call under way when its partition goes
            harness.model.hold("slow");
            harness.request(Requests.of("slow"));
            await().untilAsserted(() -> assertThat(harness.model.asked()).hasSize(1));
            harness.revoke();
            await().until(() -> harness.group.assignment().isEmpty());
            // when
            harness.model.release("slow");
            // then its result is written, because it may be paid for, but nothing is committed or recorded
            await().untilAsserted(() -> assertThat(harness.results()).hasSize(1));
            assertThat(harness.committed()).isZero();
            assertThat(harness.completionsWritten()).isEmpty();
        }
    }

    @Test
    void shouldLeaveUnansweredRequestsToTheNextOwnerWhenItStops() {
        try (WorkerHarness harness = WorkerHarness.started()) {
            // given
            harness.model.hold("endless");
            harness.request(Requests.of("a"), Requests.of("endless"));
            await().untilAsserted(() -> assertThat(harness.committed()).isEqualTo(1));
            // when
            harness.stop();
            // then
            assertThat(harness.worker.alive()).isFalse();
            assertThat(harness.results()).hasSize(1);
            assertThat(harness.group.closed()).isTrue();
        }
    }

    @Test
    void shouldLetCallsUnderWayEndWhenItStops() throws InterruptedException {
        WorkerSettings settings = new WorkerSettings(1, 100, 1_000_000, Duration.ofSeconds(60), Duration.ofSeconds(30),
                100, CompletionsMode.LIVE);
        try (WorkerHarness harness = new WorkerHarness(settings, true).start()) {
            // given
            harness.model.hold("slow");
            harness.request(Requests.of("slow"));
            await().untilAsserted(() -> assertThat(harness.model.asked()).hasSize(1));
            // when
            Thread stop = Thread.ofPlatform().start(harness::stop);
            await().until(() -> stop.getState() == Thread.State.WAITING);
            harness.model.release("slow");
            stop.join();
            // then
            assertThat(harness.completionsWritten()).hasSize(1);
            assertThat(harness.committed()).isEqualTo(1);
        }
    }

    @Test
    void shouldDropTheRecordedCallsOfADeletedThreadAndKeepThoseOfItsNextLife() {
        try (WorkerHarness harness = WorkerHarness.started()) {
            // given a recorded call, a deletion, and a call of the thread's next life
            harness.request(Requests.inLife(0, "before"));
            await().untilAsserted(() -> assertThat(harness.committed()).isEqualTo(1));
            String old = harness.written(Topics.COMPLETIONS.name()).getFirst().key();
            harness.forget(1);
            harness.request(Requests.inLife(1, "after"));
            // when the deletion is told a second time
            harness.forget(1);
            // then
            await().untilAsserted(() -> assertThat(harness.committed()).isEqualTo(4));
            assertThat(harness.tombstones()).containsOnly(old);
            assertThat(harness.completionsWritten()).extracting(Completion::incarnation).containsExactly(0L, 1L);
            assertThat(harness.results()).extracting(ObservationResult::requestId).containsExactly("before", "after");
        }
    }

    @Test
    void shouldNeitherRecordNorAnswerACallWhoseThreadIsDeletedMeanwhile() {
        try (WorkerHarness harness = WorkerHarness.started()) {
            // given
            harness.model.hold("slow");
            harness.request(Requests.of("slow"));
            await().untilAsserted(() -> assertThat(harness.model.asked()).containsExactly("slow"));
            harness.forget(1);
            await().untilAsserted(() -> assertThat(harness.counted("thread.forgotten")).isEqualTo(1));
            // when
            harness.model.release("slow");
            // then
            await().untilAsserted(() -> assertThat(harness.committed()).isEqualTo(2));
            assertThat(harness.results()).isEmpty();
            assertThat(harness.completionsWritten()).isEmpty();
            assertThat(harness.tombstones()).as("of the note that the call began")
                    .containsExactly(harness.written(Topics.COMPLETIONS.name()).getFirst().key());
        }
    }

    @Test
    void shouldNotMakeACallThatStillWaitsWhenItsThreadIsDeleted() {
        WorkerSettings settings = WorkerHarness.settings(1, 100, Duration.ofSeconds(60));
        try (WorkerHarness harness = new WorkerHarness(settings, true).start()) {
            // given
            harness.model.hold("first");
            harness.request(Requests.of("first"), Requests.of("waiting"));
            harness.forget(1);
            harness.request(Requests.inLife(1, "next"));
            await().untilAsserted(() -> assertThat(harness.model.asked()).containsExactly("first"));
            // when
            harness.model.release("first");
            // then
            await().untilAsserted(() -> assertThat(harness.committed()).isEqualTo(4));
            assertThat(harness.model.asked()).containsExactly("first", "next");
        }
    }

    @Test
    void shouldDropACallThatWasBeingRecordedWhenItsThreadWasDeleted() {
        WorkerSettings settings = WorkerHarness.settings(4, 100, Duration.ofSeconds(60));
        try (WorkerHarness harness = new WorkerHarness(settings, false).start()) {
            // given a record on its way to the broker
            harness.request(Requests.of("a"));
            await().until(harness.producer::completeNext);
            await().untilAsserted(() -> assertThat(harness.completionsWritten()).hasSize(1));
            harness.forget(1);
            harness.request(Requests.inLife(1, "b"),
                    Requests.of("late", 1, Requests.NOW.minusMillis(1), Priority.NORMAL));
            await().untilAsserted(() -> assertThat(harness.results()).hasSize(1));
            // when the broker acknowledges it, and all that follows
            await().untilAsserted(() -> {
                harness.producer.completeNext();
                assertThat(harness.committed()).isEqualTo(4);
            });
            // then
            assertThat(harness.tombstones())
                    .containsExactly(harness.written(Topics.COMPLETIONS.name()).getFirst().key());
        }
    }

    @Test
    void shouldDropWhatIsLeftWhenAnotherWorkerDiedBetweenDroppingAndCommitting() {
        WorkerSettings settings = WorkerHarness.settings(4, 100, Duration.ofSeconds(60));
        try (WorkerHarness first = WorkerHarness.started();
                WorkerHarness second = new WorkerHarness(settings, false);
                WorkerHarness third = new WorkerHarness(settings, true)) {
            // given two recorded calls, and a worker whose tombstones are acknowledged but for the last one
            first.request(Requests.of("a"), Requests.of("b"));
            await().untilAsserted(() -> assertThat(first.committed()).isEqualTo(2));
            second.keepCompletionsOf(first);
            second.start();
            second.forget(1);
            await().untilAsserted(() -> assertThat(second.tombstones()).hasSize(2));
            second.producer.completeNext();
            assertThat(second.committed()).isZero();
            second.stop();
            // when
            third.keepCompletionsOf(second);
            third.start();
            third.forget(1);
            // then
            await().untilAsserted(() -> assertThat(third.committed()).isEqualTo(1));
            assertThat(third.tombstones()).containsExactly(second.tombstones().getLast());
        }
    }

    @Test
    void shouldGoOnWhenARequestIsOfAKindThatALaterVersionWrote() {
        try (WorkerHarness harness = WorkerHarness.started()) {
            // when
            harness.unknownKind();
            harness.request(Requests.of("a"));
            // then
            await().untilAsserted(() -> assertThat(harness.committed()).isEqualTo(2));
            assertThat(harness.results()).hasSize(1);
            assertThat(harness.counted("request.unknown-kind")).isEqualTo(1);
        }
    }
}
