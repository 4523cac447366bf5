package io.mnemosyne.inference.chat.clients;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import io.mnemosyne.inference.chat.ChatAnswer;
import io.mnemosyne.inference.chat.ChatException;
import io.mnemosyne.inference.chat.ChatException.Failure;
import io.mnemosyne.inference.chat.ChatModel;
import io.mnemosyne.inference.chat.Endpoint;
import io.mnemosyne.inference.chat.ModelId;
import io.mnemosyne.inference.chat.TokenUsage;
import io.mnemosyne.scripted.Behaviour;
import io.mnemosyne.scripted.Call;
import io.mnemosyne.scripted.Script;
import io.mnemosyne.scripted.ScriptedModels;
import io.mnemosyne.scripted.ScriptedRequest;
import io.mnemosyne.scripted.Scripts;
import io.mnemosyne.scripted.Wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

class ChatClientsTest {
    private static final Duration LONG = Duration.ofMinutes(5);
    private static final String TEXT = "{\"entries\": [{\"text\": \"Grüße, 世界 and \\\"quotes\\\"\"}]}";

    private final ConcurrentLinkedQueue<ScriptedRequest> asked = new ConcurrentLinkedQueue<>();
    private final Script answering = request -> {
        asked.add(request);
        return Behaviour.answer(TEXT);
    };
    private final ScriptedModels models = ScriptedModels.start(answering);
    private final ChatClients clients = new ChatClients();

    @AfterEach
    void close() {
        clients.close();
        models.close();
    }

    @ParameterizedTest
    @EnumSource(Wire.class)
    void shouldAnswerWithTheTextAndWhatTheProviderCounted(Wire wire) throws Exception {
        // when
        ChatAnswer answer = model(wire).answer(Endpoints.request(LONG));
        // then
        assertThat(answer.text()).isEqualTo(TEXT);
        assertThat(answer.usage()).isEqualTo(new TokenUsage(26, 0, 0, (TEXT.length() + 3) / 4));
    }

    @Test
    void shouldCallNobodyWhenItIsMadeReadyForCalls() throws Exception {
        // given
        List<ChatModel> made = List.of(model(Wire.ANTHROPIC), model(Wire.OPENAI));
        // when
        boolean cameOff = clients.rehearse();
        // then
        assertThat(cameOff).isTrue();
        assertThat(models.calls()).isEmpty();
        assertThat(models.connections()).isZero();
        for (ChatModel model : made) {
            assertThat(model.answer(Endpoints.request(LONG)).text()).isEqualTo(TEXT);
        }
    }

    @ParameterizedTest
    @EnumSource(Wire.class)
    void shouldPutThePromptAndTheSchemaAsTheVendorWantsThem(Wire wire) throws Exception {
        // when
        model(wire).answer(Endpoints.request(LONG));
        // then
        ScriptedRequest request = asked.element();
        assertThat(request.stream()).isTrue();
        assertThat(request.model()).isEqualTo("some-model");
        assertThat(request.system()).isEqualTo("You take notes.");
        assertThat(request.messages()).extracting(ScriptedRequest.Message::role).containsExactly("user", "assistant",
                "user");
        assertThat(request.maxTokens()).isEqualTo(4_000);
        assertThat(request.body().path("temperature").asDouble()).isEqualTo(wire == Wire.ANTHROPIC ? 0 : 0.2);
        assertThat(request.schema().orElseThrow().at("/properties/entries/items/required/0").asText())
                .isEqualTo("text");
    }

    @ParameterizedTest
    @EnumSource(Wire.class)
    void shouldCountCachedTokensAsPartOfThePrompt(Wire wire) throws Exception {
        // given
        String system = "You take notes of what happens here. ".repeat(200);
        // when
        TokenUsage first = model(wire).answer(Endpoints.request(LONG, system)).usage();
        TokenUsage second = model(wire).answer(Endpoints.request(LONG, system)).usage();
        // then
        assertThat(first.input()).isEqualTo(second.input()).isGreaterThan(1_850);
        assertThat(second.cacheRead()).isEqualTo(1_850);
        assertThat(first.cacheRead()).isZero();
        assertThat(first.cacheWrite()).isEqualTo(wire == Wire.ANTHROPIC ? 1_850 : 0);
    }

    @Test
    void shouldLearnOnceThatAModelTakesNeitherTemperatureNorMaxTokens() throws Exception {
        // given
        models.goOnWith(Scripts.reasoning(answering));
        ChatModel model = model(Wire.OPENAI);
        // when
        String first = model.answer(Endpoints.request(LONG)).text();
        int learning = models.calls().size();
        String second = model.answer(Endpoints.request(LONG)).text();
        // then
        assertThat(List.of(first, second)).containsOnly(TEXT);
        assertThat(learning).isEqualTo(3);
        assertThat(models.calls()).hasSize(learning + 1);
        assertThat(asked).allMatch(request -> request.maxTokens() == 4_000).noneMatch(it -> it.has("temperature"));
    }

    @ParameterizedTest
    @EnumSource(Wire.class)
    void shouldLearnOnceThatAModelTakesNoSchema(Wire wire) throws Exception {
        // given
        String parameter = wire == Wire.ANTHROPIC ? "output_config" : "response_format";
        String other = wire == Wire.ANTHROPIC ? "thinking" : "temperature";
        models.goOnWith(request -> request.has(parameter)
                ? Behaviour.unsupported("", "'" + parameter + "' is not supported here.")
                : answering.behave(request));
        ChatModel model = model(wire);
        // when
        model.answer(Endpoints.request(LONG));
        model.answer(Endpoints.request(LONG));
        // then
        assertThat(models.calls()).extracting(Call::status).containsExactly(400, 200, 200);
        assertThat(asked).allMatch(request -> request.has(other));
    }

    @Test
    void shouldAnswerWithoutUsageWhenACompatibleServerKnowsLittle() throws Exception {
        // given
        models.goOnWith(Scripts.old(answering));
        // when
        ChatAnswer answer = model(Wire.OPENAI).answer(Endpoints.request(LONG));
        // then
        assertThat(answer).isEqualTo(new ChatAnswer(TEXT, TokenUsage.NONE, 0));
        assertThat(asked.element().maxTokens()).isEqualTo(4_000);
    }

    @ParameterizedTest
    @EnumSource(Wire.class)
    void shouldGiveUpWhenAModelRefusesWhatIsNotEvenSent(Wire wire) {
        // given
        models.goOnWith(Script.always(Behaviour.unsupported("max_tokens", "max_tokens is never right, nor is "
                + "temperature, nor thinking, nor output_config, nor response_format")));
        // when
        var thrown = catchThrowableOfType(ChatException.class, () -> model(wire).answer(Endpoints.request(LONG)));
        // then
        assertThat(thrown.failure()).isEqualTo(Failure.REJECTED);
        assertThat(models.calls()).hasSizeLessThan(8);
    }

    @ParameterizedTest
    @EnumSource(Wire.class)
    void shouldCallAnEndpointThatWantsNoKey(Wire wire) throws Exception {
        // given
        var endpoint = new Endpoint("keyless", Endpoint.Wire.valueOf(wire.name()), Optional.of(models.url(wire)),
                Optional.empty(), 1);
        // when
        ChatAnswer answer = clients.model(endpoint, new ModelId("keyless", "m")).answer(Endpoints.request(LONG));
        // then
        assertThat(answer.text()).isEqualTo(TEXT);
    }

    @ParameterizedTest
    @EnumSource(Wire.class)
    void shouldGiveEachOfFiftyCallsAtOnceItsOwnAnswer(Wire wire) throws Exception {
        // given
        models.goOnWith(request -> Behaviour.answer("echo of " + request.system()).slowly(Duration.ofMillis(100),
                Duration.ofMillis(5)));
        ChatModel model = model(wire);
        List<Callable<String>> calls = IntStream.range(0, 50)
                .<Callable<String>>mapToObj(
                        number -> () -> model.answer(Endpoints.request(LONG, "number " + number)).text())
                .toList();
        // when
        List<String> answers = new ArrayList<>();
        try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Future<String> answer : executor.invokeAll(calls)) {
                answers.add(answer.get());
            }
        }
        // then
        assertThat(answers).isEqualTo(IntStream.range(0, 50).mapToObj(number -> "echo of number " + number)
                .collect(Collectors.toList()));
    }

    @ParameterizedTest
    @EnumSource(Wire.class)
    void shouldUseOneConnectionForAllModelsOfAnEndpointInTurn(Wire wire) throws Exception {
        // given
        var endpoint = new Endpoint("local", Endpoint.Wire.valueOf(wire.name()), Optional.of(models.url(wire)),
                Optional.of("k"), 4);
        // when
        for (String name : List.of("one", "two", "three")) {
            clients.model(endpoint, new ModelId("local", name)).answer(Endpoints.request(LONG));
        }
        // then
        assertThat(models.calls()).extracting(Call::model).containsExactly("one", "two", "three");
        assertThat(models.connections()).isEqualTo(1);
    }

    private ChatModel model(Wire wire) {
        return Endpoints.model(clients, wire, models.url(wire));
    }
}
