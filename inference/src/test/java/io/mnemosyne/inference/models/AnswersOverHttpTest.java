package io.mnemosyne.inference.models;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import io.mnemosyne.core.SeqRange;
import io.mnemosyne.core.ThreadKey;
import io.mnemosyne.core.recall.AnswerRequest;
import io.mnemosyne.core.recall.Answered;
import io.mnemosyne.core.recall.MemoryQuery;
import io.mnemosyne.core.recall.Recalled;
import io.mnemosyne.core.tokens.O200kTokenCounter;
import io.mnemosyne.inference.Counts;
import io.mnemosyne.inference.calibration.BilledTokens;
import io.mnemosyne.inference.chat.Endpoint;
import io.mnemosyne.inference.chat.ModelId;
import io.mnemosyne.inference.chat.clients.ChatClients;
import io.mnemosyne.inference.guards.Budget;
import io.mnemosyne.inference.prompts.ModelObserver;
import io.mnemosyne.inference.prompts.ModelRecall;
import io.mnemosyne.inference.prompts.ModelReflector;
import io.mnemosyne.inference.prompts.ModelSummarizer;
import io.mnemosyne.inference.worker.Models;
import io.mnemosyne.scripted.Behaviour;
import io.mnemosyne.scripted.Call;
import io.mnemosyne.scripted.Script;
import io.mnemosyne.scripted.ScriptedBrain;
import io.mnemosyne.scripted.ScriptedModels;
import io.mnemosyne.scripted.ScriptedRequest;
import io.mnemosyne.scripted.Wire;

import static org.assertj.core.api.Assertions.assertThat;

/** Questions to memory, answered by models that are called over HTTP, and fail. */
class AnswersOverHttpTest {
    private static final Duration LONG = Duration.ofSeconds(30);
    private static final Duration SHORT = Duration.ofMillis(1_500);
    private static final long WINDOW = 128_000;
    private static final String ANSWER = "listening on 8081 [1]";

    private final ScriptedModels server = ScriptedModels.start(ScriptedBrain::behave);
    private final ChatClients clients = new ChatClients();
    private final Counts counts = new Counts();

    @AfterEach
    void stop() {
        clients.close();
        server.close();
    }

    @ParameterizedTest
    @EnumSource
    void shouldBeAnsweredOverBothWires(Wire wire) throws Exception {
        // when
        Answered answered = factory(Budget.UNLIMITED, wire.name() + ":m", "offline").answerer(LONG).answer(question());

        // then
        assertThat(answered).isInstanceOfSatisfying(Answered.Told.class, told -> {
            assertThat(told.text()).isEqualTo(ANSWER);
            assertThat(told.cited()).containsExactly(1);
            assertThat(told.provenance().inputTokens()).isPositive();
        });
    }

    @Test
    void shouldComeAgainWhenTheProviderSaysSo() throws Exception {
        // given
        server.goOnWith(first(Behaviour.rateLimited(Duration.ofSeconds(1))));

        // when
        Answered answered = factory(Budget.UNLIMITED, "ANTHROPIC:m").answerer(LONG).answer(question());

        // then
        assertThat(answered).isInstanceOf(Answered.Told.class);
        assertThat(server.calls()).extracting(Call::status).containsExactly(429, 200);
    }

    @Test
    void shouldAskTheNextOfTheChainAndSayWhy() throws Exception {
        // given
        server.goOnWith(request -> request.wire() == Wire.ANTHROPIC
                ? Behaviour.fail(Behaviour.Trouble.UNAUTHORIZED)
                : ScriptedBrain.behave(request));

        // when
        Answered answered = factory(Budget.UNLIMITED, "ANTHROPIC:m", "OPENAI:m").answerer(LONG).answer(question());

        // then
        assertThat(answered).isInstanceOfSatisfying(Answered.Told.class, told -> {
            assertThat(told.provenance().provider()).isEqualTo("OPENAI");
            assertThat(told.provenance().insteadOf().orElseThrow()).startsWith("ANTHROPIC:m: ");
        });
    }

    @Test
    void shouldSayThatNobodyAnsweredInTime() throws Exception {
        // given
        server.goOnWith(Script.always(Behaviour.answer("{}").slowly(LONG, Duration.ZERO)));

        // when
        Answered answered = factory(Budget.UNLIMITED, "ANTHROPIC:m").answerer(SHORT).answer(question());

        // then
        assertThat(answered).isInstanceOfSatisfying(Answered.Untold.class,
                untold -> assertThat(untold.reason()).startsWith("ANTHROPIC:m: ").doesNotContain("8081", "Which port"));
    }

    @Test
    void shouldNotPassOnGarbageNorAnInventedAnswer() throws Exception {
        for (String garbage : List.of("I cannot help with that.",
                "{\"answer\": \"It is 9999 [1].\", \"told\": true, \"passages\": [1]}")) {
            // given
            server.goOnWith(Script.always(Behaviour.answer(garbage)));

            // when
            Answered answered = factory(Budget.UNLIMITED, "OPENAI:m").answerer(LONG).answer(question());

            // then
            assertThat(answered).isInstanceOfSatisfying(Answered.Untold.class,
                    untold -> assertThat(untold.reason()).contains("no usable answer").doesNotContain("9999"));
        }
    }

    @Test
    void shouldCallNobodyWhenTheTenantsBudgetIsSpent() throws Exception {
        // when
        Answered answered = factory(new Budget(OptionalLong.of(1), Optional.empty()), "ANTHROPIC:m").answerer(LONG)
                .answer(question());

        // then
        assertThat(answered).isInstanceOfSatisfying(Answered.Untold.class,
                untold -> assertThat(untold.reason()).contains("the token budget"));
        assertThat(server.calls()).isEmpty();
    }

    @Test
    void shouldAskNobodyWhereNoModelIsNamed() throws Exception {
        assertThat(factory(Budget.UNLIMITED, "offline").answerer(LONG).answer(question()))
                .isEqualTo(new Answered.Untold("no model is named for answers: recall.models names some"));
        assertThat(counts.snapshot()).isEmpty();
    }

    /** Fails once, then behaves. */
    private static Script first(Behaviour failure) {
        return (ScriptedRequest request) -> request.number() == 0 ? failure : ScriptedBrain.behave(request);
    }

    private ModelFactory factory(Budget budget, String... chain) {
        var tokens = O200kTokenCounter.shared();
        var billed = new BilledTokens(counts);
        Chains chains = new Chains(List.of(ModelId.OFFLINE), List.of(ModelId.OFFLINE), List.of(),
                List.of(chain).stream().map(ModelId::parse).toList());
        List<Endpoint> endpoints = List.of(Wire.values()).stream().map(wire -> new Endpoint(wire.name(),
                Endpoint.Wire.valueOf(wire.name()), Optional.of(server.url(wire)), Optional.of("k"), 4)).toList();
        return new ModelFactory(new ModelSettings(endpoints, chains, Map.of(), Map.of(), budget, Map.of()),
                new ModelFactory.Parts(clients::model,
                        chat -> new ModelObserver(chat, tokens, counts, WINDOW, billed),
                        chat -> new ModelReflector(chat, tokens, counts, WINDOW, billed),
                        chat -> new ModelSummarizer(chat, tokens, counts, WINDOW, billed),
                        chat -> new ModelRecall(chat, tokens, counts, WINDOW, billed), Models.offline(tokens)),
                counts);
    }

    private static AnswerRequest question() {
        return new AnswerRequest(new ThreadKey("acme", "t"), 0, "Which port?", List.of(new Recalled("ab",
                MemoryQuery.Kind.OBJECT, Optional.empty(), SeqRange.of(3), Optional.of(Instant.EPOCH), "ran netstat",
                "listening on 8081", 2_310, 1, List.of())));
    }
}
