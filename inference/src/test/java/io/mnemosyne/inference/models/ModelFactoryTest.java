package io.mnemosyne.inference.models;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.mnemosyne.core.ModelRequest;
import io.mnemosyne.core.Provenance;
import io.mnemosyne.core.SeqRange;
import io.mnemosyne.core.ThreadKey;
import io.mnemosyne.core.observe.ObservationRequest;
import io.mnemosyne.core.observe.ObservationRequest.Priority;
import io.mnemosyne.core.observe.ObservationResult;
import io.mnemosyne.inference.Counts;
import io.mnemosyne.inference.chat.AnswerSchema;
import io.mnemosyne.inference.chat.ChatAnswer;
import io.mnemosyne.inference.chat.ChatException;
import io.mnemosyne.inference.chat.ChatException.Failure;
import io.mnemosyne.inference.chat.ChatMessage;
import io.mnemosyne.inference.chat.ChatModel;
import io.mnemosyne.inference.chat.ChatPrompt;
import io.mnemosyne.inference.chat.ChatRequest;
import io.mnemosyne.inference.chat.Endpoint;
import io.mnemosyne.inference.chat.Endpoint.Wire;
import io.mnemosyne.inference.chat.ModelId;
import io.mnemosyne.inference.chat.TokenUsage;
import io.mnemosyne.inference.guards.Breaker;
import io.mnemosyne.inference.guards.Budget;
import io.mnemosyne.inference.guards.Price;
import io.mnemosyne.inference.guards.ScriptedChat;
import io.mnemosyne.inference.guards.VirtualTime;
import io.mnemosyne.inference.providers.CallContext;
import io.mnemosyne.inference.providers.Model;
import io.mnemosyne.inference.providers.ModelException;
import io.mnemosyne.inference.providers.ModelName;
import io.mnemosyne.inference.worker.Models;

import static io.mnemosyne.inference.guards.ScriptedChat.answers;
import static io.mnemosyne.inference.guards.ScriptedChat.fails;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class ModelFactoryTest {
    private static final ModelId FIRST = ModelId.parse("p:first");
    private static final ModelId SECOND = ModelId.parse("q:second");
    private static final Price PRICE = new Price(BigDecimal.ONE, BigDecimal.TEN, BigDecimal.ZERO, BigDecimal.ZERO);

    private final VirtualTime time = new VirtualTime("2026-01-05T10:00:00Z");
    private final Counts counts = new Counts();
    private final Map<ModelId, ScriptedChat> chats = new HashMap<>(
            Map.of(FIRST, new ScriptedChat("p:first", time, answers()), SECOND,
                    new ScriptedChat("q:second", time, answers())));

    /** What each kind of failure comes to when the first of two models always fails so. A call takes a second. */
    @ParameterizedTest
    @CsvSource({"RATE_LIMITED, 4, 12", "OVERLOADED, 4, 8", "DISCONNECTED, 4, 8", "MALFORMED, 4, 8", "EMPTY, 4, 8",
            "REPEATING, 4, 8", "CUT_OFF, 4, 8", "REFUSED, 1, 2", "TOO_LARGE, 1, 2", "UNAUTHORIZED, 1, 2",
            "REJECTED, 1, 2", "TIMEOUT, 1, 36"})
    void shouldAskTheNextModelInTimeWhateverTheFirstFailsBy(Failure failure, int calls, long mostSeconds)
            throws Exception {
        // given
        chats.put(FIRST, new ScriptedChat("p:first", time,
                failure == Failure.TIMEOUT ? ScriptedChat.HANGS : fails(failure)));
        ModelFactory factory = factory(settings(FIRST, SECOND, ModelId.OFFLINE));
        // when
        Provenance provenance = observe(factory, "acme");
        // then
        assertThat(chats.get(FIRST).calls()).isEqualTo(calls);
        assertThat(provenance.provider()).isEqualTo("q");
        assertThat(provenance.insteadOf().orElseThrow()).startsWith("p:first: ");
        assertThat(time.passed()).isLessThanOrEqualTo(Duration.ofSeconds(mostSeconds));
        assertThat(counts.snapshot()).containsEntry("chain.fallback", 1L);
    }

    @Test
    void shouldLetTheExtractorAnswerInTimeWhenEveryModelHangs() throws Exception {
        // given
        chats.put(FIRST, new ScriptedChat("p:first", time, ScriptedChat.HANGS));
        chats.put(SECOND, new ScriptedChat("q:second", time, ScriptedChat.HANGS));
        // when
        Provenance provenance = observe(factory(settings(FIRST, SECOND, ModelId.OFFLINE)), "acme");
        // then
        assertThat(provenance.provider()).isEqualTo("offline");
        assertThat(time.passed()).isEqualTo(Duration.ofSeconds(58));
        assertThat(counts.snapshot()).containsEntry("chain.extractor", 1L);
    }

    @Test
    void shouldLeaveABrokenModelAloneAndAskItAgainLater() throws Exception {
        // given a model that is down for five calls
        chats.put(FIRST, new ScriptedChat("p:first", time, fails(Failure.UNAUTHORIZED), fails(Failure.UNAUTHORIZED),
                fails(Failure.UNAUTHORIZED), fails(Failure.UNAUTHORIZED), fails(Failure.UNAUTHORIZED), answers()));
        ModelFactory factory = factory(settings(FIRST, ModelId.OFFLINE));
        for (int i = 0; i < 5; i++) {
            assertThat(observe(factory, "acme").provider()).isEqualTo("offline");
        }
        // when
        Provenance open = observe(factory, "acme");
        Map<ModelId, Breaker.State> circuits = factory.circuits();
        time.pass(Duration.ofSeconds(16));
        Provenance later = observe(factory, "acme");
        // then
        assertThat(open.insteadOf()).contains("p:first: not called, because it failed too often lately");
        assertThat(circuits).containsEntry(FIRST, Breaker.State.OPEN);
        assertThat(later.provider()).isEqualTo("p");
    }

    @Test
    void shouldLetTheExtractorTakeOverAndSaySoWhenTheBudgetIsSpent() throws Exception {
        // given room for one call
        ModelSettings settings = settings(Map.of(), new Budget(OptionalLong.of(1_150), Optional.empty()), FIRST,
                ModelId.OFFLINE);
        ModelFactory factory = factory(settings);
        Provenance paid = observe(factory, "acme");
        // when
        Provenance unpaid = observe(factory, "acme");
        Provenance other = observe(factory, "other");
        // then
        assertThat(paid.micros()).isEqualTo(2_000);
        assertThat(unpaid.provider()).isEqualTo("offline");
        assertThat(unpaid.insteadOf().orElseThrow()).startsWith("p:first: not called: the token budget (1100 of 1150")
                .endsWith("of acme is new at 2026-01-06T00:00:00Z");
        assertThat(other.provider()).isEqualTo("p");
        assertThat(factory.spending().left("acme").tokensLeft()).hasValue(50);
        assertThat(counts.snapshot()).containsEntry("try.out-of-budget", 1L).containsEntry("chain.extractor", 1L);
    }

    @Test
    void shouldHaveAChainForEachTenantOverTheSameModels() throws Exception {
        // given
        ModelFactory factory = factory(settings(
                Map.of("acme", new Chains(List.of(SECOND), List.of(ModelId.OFFLINE), List.of())), Budget.UNLIMITED,
                FIRST));
        // when / then
        assertThat(observe(factory, "acme").provider()).isEqualTo("q");
        assertThat(observe(factory, "other").provider()).isEqualTo("p");
        assertThat(factory.models().observer().nameFor(request("acme")).model()).isEqualTo("second");
    }

    @Test
    void shouldMakeAllTenantsWaitWhenTheProviderSaysSo() throws Exception {
        // given
        chats.put(FIRST, new ScriptedChat("p:first", time, () -> {
            throw new ChatException(Failure.RATE_LIMITED, "rate limited (429)",
                    TokenUsage.NONE, Optional.of(Duration.ofSeconds(120)));
        }, answers()));
        ModelFactory factory = factory(settings(FIRST, ModelId.OFFLINE));
        // when
        Provenance limited = observe(factory, "acme");
        Provenance other = observe(factory, "other");
        // then
        assertThat(limited.insteadOf()).contains("p:first: rate limited (429)");
        assertThat(other.insteadOf()).contains("p:first: rate limited: its turn would come in 120 s, too late");
        assertThat(chats.get(FIRST).calls()).isEqualTo(1);
    }

    @Test
    void shouldRefuseAChainThatNamesAModelWithoutAnEndpoint() {
        assertThatThrownBy(() -> factory(settings(ModelId.parse("r:third"), ModelId.OFFLINE)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("a chain names r:third, but there is no endpoint 'r'");
    }

    private Provenance observe(ModelFactory factory, String tenant) throws Exception {
        ObservationResult.Outcome outcome = factory.models().observer().answer(request(tenant),
                new CallContext(time.deadlineIn(Duration.ofMinutes(1)), Optional.empty()));
        return ((ObservationResult.Nothing) outcome).provenance();
    }

    private static ObservationRequest request(String tenant) {
        return new ObservationRequest("r", new ThreadKey(tenant, "t"), 0, new SeqRange(0, 0), 1, Instant.EPOCH,
                Priority.NORMAL, "", List.of());
    }

    private static ModelSettings settings(ModelId... observer) {
        return settings(Map.of(), Budget.UNLIMITED, observer);
    }

    private static ModelSettings settings(Map<String, Chains> tenants, Budget budget, ModelId... observer) {
        return new ModelSettings(
                List.of(new Endpoint("p", Wire.OPENAI, Optional.empty(), Optional.empty(), 4),
                        new Endpoint("q", Wire.OPENAI, Optional.empty(), Optional.empty(), 4)),
                new Chains(List.of(observer), List.of(ModelId.OFFLINE), List.of()), tenants,
                Map.of(FIRST, PRICE, SECOND, PRICE),
                budget, Map.of());
    }

    private ModelFactory factory(ModelSettings settings) {
        return new ModelFactory(settings, new ModelFactory.Parts((_, id) -> chats.get(id), Prompted::new,
                _ -> new Unasked<>(), _ -> new Unasked<>(), _ -> new Unasked<>(),
                new Models(new Extractor(), new Unasked<>(), new Unasked<>())), counts, time, new Random(1));
    }

    /** Puts one prompt of 100 tokens to a model. */
    private record Prompted(ChatModel model) implements Model<ObservationRequest, ObservationResult.Outcome> {
        @Override
        public ModelName nameFor(ObservationRequest request) {
            return new ModelName(model.id().provider(), model.id().model(), "1");
        }

        @Override
        public ObservationResult.Outcome answer(ObservationRequest request, CallContext context)
                throws ModelException, InterruptedException {
            ChatPrompt prompt = new ChatPrompt("x".repeat(400), List.of(ChatMessage.user("")),
                    new AnswerSchema("none", ""), 0, 100);
            try {
                ChatAnswer answer = model.answer(new ChatRequest(request.thread().tenant(), request.urgent(),
                        context.deadline(), prompt));
                return new ObservationResult.Nothing(new Provenance(model.id().provider(), model.id().model(), "1",
                        answer.usage().input(), answer.usage().output(), answer.micros(), context.insteadOf()));
            } catch (ChatException e) {
                throw new ModelException(String.valueOf(e.getMessage()), e.failure().isWorthRepeating());
            }
        }
    }

    private static final class Extractor implements Model<ObservationRequest, ObservationResult.Outcome> {
        @Override
        public ModelName nameFor(ObservationRequest request) {
            return new ModelName("offline", "extractive", "1");
        }

        @Override
        public ObservationResult.Outcome answer(ObservationRequest request, CallContext context) {
            return new ObservationResult.Nothing(nameFor(request).unbilled(context.insteadOf()));
        }
    }

    private static final class Unasked<Q extends ModelRequest, O> implements Model<Q, O> {
        @Override
        public ModelName nameFor(Q request) {
            throw new AssertionError("nobody asks it");
        }

        @Override
        public O answer(Q request, CallContext context) {
            throw new AssertionError("nobody asks it");
        }
    }
}
