package io.mnemosyne.inference.worker;

import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CopyOnWriteArrayList;

import org.junit.jupiter.api.Test;

import io.mnemosyne.core.Provenance;
import io.mnemosyne.core.observe.ObservationRequest.Priority;
import io.mnemosyne.core.observe.ObservationResult;
import io.mnemosyne.core.observe.ObservationResult.Failed;
import io.mnemosyne.core.observe.ObservationResult.Nothing;
import io.mnemosyne.core.observe.ObservationResult.Observed;
import io.mnemosyne.core.tokens.O200kTokenCounter;
import io.mnemosyne.core.tokens.TokenCounter;
import io.mnemosyne.inference.Counts;
import io.mnemosyne.inference.calibration.BilledTokens;
import io.mnemosyne.inference.chat.ChatAnswer;
import io.mnemosyne.inference.chat.ChatModel;
import io.mnemosyne.inference.chat.ChatRequest;
import io.mnemosyne.inference.chat.Endpoint;
import io.mnemosyne.inference.chat.ModelId;
import io.mnemosyne.inference.completions.CompletionsMode;
import io.mnemosyne.inference.completions.Ledger;
import io.mnemosyne.inference.completions.RequestHash;
import io.mnemosyne.inference.guards.Budget;
import io.mnemosyne.inference.models.Chains;
import io.mnemosyne.inference.models.ModelFactory;
import io.mnemosyne.inference.models.ModelSettings;
import io.mnemosyne.inference.prompts.ModelObserver;
import io.mnemosyne.inference.prompts.ModelRecall;
import io.mnemosyne.inference.prompts.ModelReflector;
import io.mnemosyne.inference.prompts.ModelSummarizer;
import io.mnemosyne.inference.providers.ModelName;
import io.mnemosyne.schemas.topics.Topics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.type;
import static org.awaitility.Awaitility.await;

/** What is recorded of calls, and what the record is good for in each mode. */
class RecordedCallsTest {
    private static final WorkerSettings SETTINGS = WorkerHarness.settings(4, 100, Duration.ofSeconds(60));

    /** Hears what is booked. */
    private static final class Booked implements Ledger {
        private final List<String> calls = new CopyOnWriteArrayList<>();

        @Override
        public void book(String tenant, LocalDate day, long tokens, long micros) {
            calls.add(tenant + " " + day + " " + tokens + " " + micros);
        }
    }

    @Test
    void shouldCountTheRepetitionOfACallWhoseAnswerWasNeverRecorded() {
        try (WorkerHarness earlier = WorkerHarness.started();
                WorkerHarness later = new WorkerHarness(SETTINGS, true)) {
            // given a worker that is stopped in the middle of a call
            takeOverACallUnderWay(earlier, later);
            // when
            later.request(Requests.of("a"));
            // then
            await().untilAsserted(() -> assertThat(later.committed()).isEqualTo(1));
            assertThat(later.model.asked()).containsExactly("a");
            assertThat(later.counted("call.repeated-unrecorded")).isEqualTo(1);
            assertThat(later.counted("call.recorded")).isZero();
            assertThat(later.completionsWritten()).hasSize(1);
        }
    }

    private static void takeOverACallUnderWay(WorkerHarness earlier, WorkerHarness later) {
        earlier.model.hold("a");
        earlier.request(Requests.of("a"));
        await().untilAsserted(() -> assertThat(earlier.model.asked()).hasSize(1));
        earlier.stop();
        later.keepCompletionsOf(earlier);
        later.start();
    }

    @Test
    void shouldMakeACallOnceWhenItsPartitionComesBackWhileItIsUnderWay() {
        try (WorkerHarness harness = WorkerHarness.started()) {
            // given
            harness.model.hold("a");
            harness.request(Requests.of("a"));
            await().untilAsserted(() -> assertThat(harness.model.asked()).hasSize(1));
            harness.revoke();
            await().until(() -> harness.group.assignment().isEmpty());
            // when its request is read again, and waits for the answer, which then comes
            harness.assign();
            harness.request(Requests.of("a"));
            await().untilAsserted(() -> assertThat(harness.counted("call.awaited")).isEqualTo(1));
            harness.model.release("a");
            // then
            await().untilAsserted(() -> assertThat(harness.committed()).isEqualTo(2));
            assertThat(harness.model.asked()).containsExactly("a");
            assertThat(harness.completionsWritten()).hasSize(1);
        }
    }

    @Test
    void shouldNotTakeTheRetryOfAFailedCallForARepetition() {
        try (WorkerHarness harness = WorkerHarness.started()) {
            // given
            harness.model.fail("bad");
            harness.request(Requests.of("bad"));
            await().untilAsserted(() -> assertThat(harness.committed()).isEqualTo(1));
            // when
            harness.request(Requests.of("bad", 2, Requests.NOW.plusSeconds(1), Priority.NORMAL));
            // then
            await().untilAsserted(() -> assertThat(harness.committed()).isEqualTo(2));
            assertThat(harness.counted("call.failed")).isEqualTo(2);
            assertThat(harness.counted("call.repeated-unrecorded")).isZero();
            assertThat(harness.tombstones()).hasSize(2);
        }
    }

    @Test
    void shouldCallAllTheSameWhenTheBrokerDoesNotNoteThatACallBegins() {
        try (WorkerHarness harness = new WorkerHarness(WorkerHarness.settings(4, 100, Duration.ofMillis(2_400)),
                false).start()) {
            // when
            harness.request(Requests.of("a"));
            // then
            await().untilAsserted(() -> assertThat(harness.completionsWritten()).hasSize(1));
            assertThat(harness.counted("call.answered")).isEqualTo(1);
            assertThat(harness.counted("call.begun-unwritten")).isEqualTo(1);
        }
    }

    @Test
    void shouldNotNoteThatACallBeginsThatCostsNothing() {
        try (WorkerHarness harness = WorkerHarness.started()) {
            // given
            harness.model.costNothing();
            // when
            harness.request(Requests.of("a"));
            // then
            await().untilAsserted(() -> assertThat(harness.committed()).isEqualTo(1));
            assertThat(harness.topicsWritten()).containsExactly(Topics.COMPLETIONS.name(),
                    Topics.OBSERVER_RESULTS.name());
            assertThat(harness.completionsWritten()).hasSize(1);
        }
    }

    @Test
    void shouldDropTheNoteThatACallBeganWhenItsThreadIsDeleted() {
        try (WorkerHarness earlier = WorkerHarness.started();
                WorkerHarness later = new WorkerHarness(SETTINGS, true)) {
            // given
            takeOverACallUnderWay(earlier, later);
            // when
            later.forget(1);
            // then
            await().untilAsserted(() -> assertThat(later.committed()).isEqualTo(1));
            assertThat(later.tombstones()).containsExactly(earlier.written(Topics.COMPLETIONS.name()).getFirst().key());
        }
    }

    @Test
    void shouldCountAnAnswerOfAStandIn() {
        try (WorkerHarness harness = WorkerHarness.started()) {
            // given
            harness.model.standIn("scripted:none did not answer");
            // when
            harness.request(Requests.of("a"));
            // then
            await().untilAsserted(() -> assertThat(harness.committed()).isEqualTo(1));
            assertThat(harness.counted("call.fallback")).isEqualTo(1);
            assertThat(harness.results().getFirst().outcome()).asInstanceOf(type(Nothing.class))
                    .satisfies(nothing -> {
                        assertThat(nothing.provenance().insteadOf()).contains("scripted:none did not answer");
                        assertThat(nothing.provenance().micros()).isEqualTo(ScriptedModel.MICROS);
                    });
        }
    }

    @Test
    void shouldTellInResultAndRecordThatTheExtractorTookOverWhenTheBudgetIsSpent() {
        // given a budget that no prompt fits
        ModelId model = ModelId.parse("p:dear");
        TokenCounter tokens = O200kTokenCounter.shared();
        Chains chains = new Chains(List.of(model, ModelId.OFFLINE), List.of(ModelId.OFFLINE), List.of());
        ModelFactory factory = new ModelFactory(
                new ModelSettings(
                        List.of(new Endpoint("p", Endpoint.Wire.OPENAI, Optional.empty(), Optional.empty(), 1)),
                        chains, Map.of(), Map.of(), new Budget(OptionalLong.of(1), Optional.empty()), Map.of()),
                new ModelFactory.Parts((_, id) -> new Unpaid(id),
                        chat -> new ModelObserver(chat, tokens, new Counts(), 128_000, new BilledTokens(new Counts())),
                        chat -> new ModelReflector(chat, tokens, new Counts(), 128_000, new BilledTokens(new Counts())),
                        chat -> new ModelSummarizer(chat, tokens, new Counts(), 128_000,
                                new BilledTokens(new Counts())),
                        chat -> new ModelRecall(chat, tokens, new Counts(), 128_000, new BilledTokens(new Counts())),
                        Models.offline(tokens)),
                new Counts());
        try (WorkerHarness harness = new WorkerHarness(SETTINGS, factory.models().observer()).start()) {
            // when
            harness.request(Requests.of("a"));
            // then
            await().untilAsserted(() -> assertThat(harness.committed()).isEqualTo(1));
            assertThat(harness.results().getFirst().outcome()).asInstanceOf(type(Observed.class)).satisfies(
                    observed -> assertThat(observed.provenance()).satisfies(RecordedCallsTest::isOfTheExtractor));
            assertThat(harness.completionsWritten()).singleElement()
                    .satisfies(recorded -> assertThat(recorded.provenance())
                            .satisfies(RecordedCallsTest::isOfTheExtractor));
            assertThat(harness.counted("call.fallback")).isEqualTo(1);
        }
    }

    private static void isOfTheExtractor(Provenance provenance) {
        assertThat(provenance.provider()).isEqualTo(ModelName.OFFLINE);
        assertThat(provenance.insteadOf().orElseThrow()).startsWith("p:dear: not called: the token budget (0 of 1 ");
    }

    /** Is never called, as nobody can pay it. */
    private record Unpaid(ModelId id) implements ChatModel {
        @Override
        public ChatAnswer answer(ChatRequest request) {
            throw new AssertionError("called without a budget");
        }
    }

    @Test
    void shouldFailForGoodWhenNothingIsRecordedInAStrictReplay() {
        try (WorkerHarness harness = new WorkerHarness(SETTINGS.with(CompletionsMode.REPLAY_STRICT), true).start()) {
            // when
            harness.request(Requests.of("a"));
            // then
            await().untilAsserted(() -> assertThat(harness.committed()).isEqualTo(1));
            String hash = RequestHash.of(Requests.of("a"), harness.model.nameFor(Requests.of("a")));
            assertThat(harness.results().getFirst().outcome()).asInstanceOf(type(Failed.class)).satisfies(failed -> {
                assertThat(failed.retryable()).isFalse();
                assertThat(failed.reason()).contains(hash, "replay-or-call");
            });
            assertThat(harness.model.asked()).isEmpty();
            assertThat(harness.topicsWritten()).containsExactly(Topics.OBSERVER_RESULTS.name());
            assertThat(harness.counted("call.not-recorded")).isEqualTo(1);
        }
    }

    @Test
    void shouldAnswerFromTheRecordInAStrictReplay() {
        try (WorkerHarness earlier = WorkerHarness.started();
                WorkerHarness later = new WorkerHarness(SETTINGS.with(CompletionsMode.REPLAY_STRICT), true)) {
            // given
            earlier.request(Requests.of("a"));
            await().untilAsserted(() -> assertThat(earlier.committed()).isEqualTo(1));
            later.keepCompletionsOf(earlier);
            later.start();
            // when
            later.request(Requests.of("a"));
            // then
            await().untilAsserted(() -> assertThat(later.committed()).isEqualTo(1));
            assertThat(later.results()).isEqualTo(earlier.results());
            assertThat(later.counted("call.recorded")).isEqualTo(1);
        }
    }

    @Test
    void shouldAskNobodyAndRecordNothingWhenAStubStandsInForAllModels() {
        try (WorkerHarness harness = new WorkerHarness(SETTINGS.with(CompletionsMode.STUB), true).start()) {
            // when the same is asked twice
            harness.request(Requests.of("a"), Requests.of("a"));
            // then
            await().untilAsserted(() -> assertThat(harness.committed()).isEqualTo(2));
            assertThat(harness.model.asked()).isEmpty();
            assertThat(harness.topicsWritten()).containsOnly(Topics.OBSERVER_RESULTS.name());
            assertThat(harness.results()).hasSize(2).extracting(ObservationResult::outcome)
                    .allSatisfy(outcome -> assertThat(outcome).asInstanceOf(type(Observed.class))
                            .satisfies(observed -> assertThat(observed.entries()).hasSize(1)));
        }
    }

    @Test
    void shouldTellTheLedgerOnceWhatOthersSpentTodayAndNeverWhatItSpentItself() {
        Booked booked = new Booked();
        try (WorkerHarness earlier = WorkerHarness.started();
                WorkerHarness later = new WorkerHarness(SETTINGS, true, booked)) {
            // given two calls of today by another worker, and one of yesterday
            earlier.request(Requests.of("a"), Requests.of("b"));
            await().untilAsserted(() -> assertThat(earlier.committed()).isEqualTo(2));
            earlier.completions.append(earlier.written(Topics.COMPLETIONS.name()).getLast(), WorkerHarness.NUMBER,
                    Requests.NOW.minus(Duration.ofDays(1)));
            later.keepCompletionsOf(earlier);
            // when the partition comes, goes and comes back after a call of its own
            later.start();
            later.request(Requests.of("c"));
            await().untilAsserted(() -> assertThat(later.committed()).isEqualTo(1));
            later.revoke();
            await().until(() -> later.group.assignment().isEmpty());
            later.assign();
            later.request(Requests.of("a"));
            await().untilAsserted(() -> assertThat(later.counted("call.recorded")).isEqualTo(1));
            // then
            long tokens = ScriptedModel.INPUT + ScriptedModel.OUTPUT;
            String call = "default 2026-01-05 " + tokens + " " + ScriptedModel.MICROS;
            assertThat(booked.calls).containsExactly(call, call);
        }
    }
}
