package io.mnemosyne.launcher.pipeline;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

import io.mnemosyne.core.Content;
import io.mnemosyne.core.Origin;
import io.mnemosyne.core.Part;
import io.mnemosyne.core.Provenance;
import io.mnemosyne.core.RawTurn;
import io.mnemosyne.core.Role;
import io.mnemosyne.core.ThreadKey;
import io.mnemosyne.launcher.client.ServiceClient;
import io.mnemosyne.launcher.stack.LocalStack;
import io.mnemosyne.launcher.stack.SharedServices;
import io.mnemosyne.scripted.Behaviour;
import io.mnemosyne.scripted.Script;
import io.mnemosyne.scripted.ScriptedBrain;
import io.mnemosyne.scripted.ScriptedModels;
import io.mnemosyne.scripted.Wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** The whole pipeline with chat models behind it, and with chat models that fail. */
@ExtendWith(SharedServices.Extension.class)
class ModelsIT {
    private static final String PREFIX = "models-it.";
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final long BUDGET = 8_000;
    private static final int TURNS = 60;
    private static final int SENTENCES = 8;
    private static final String SENTENCE = "We decided that src/main/java/Service%d.java, method %d, keeps %d connections. ";

    @TempDir
    static Path data;
    private static ScriptedModels provider;
    private static LocalStack stack;

    @BeforeAll
    static void start(SharedServices services) {
        provider = ScriptedModels.start(ScriptedBrain::behave);
        stack = LocalStack.start(services.pipeline(data, PREFIX, Map.of(
                "MNEMOSYNE_POLICY_BUDGET", Long.toString(BUDGET),
                "MNEMOSYNE_MODELS_OBSERVER", "anthropic:scripted,offline",
                "MNEMOSYNE_MODELS_REFLECTOR", "openai:scripted,offline",
                "MNEMOSYNE_ANTHROPIC_BASE_URL", provider.url(Wire.ANTHROPIC).toString(),
                "MNEMOSYNE_ANTHROPIC_API_KEY", "k", "MNEMOSYNE_OPENAI_API_KEY", "k",
                "MNEMOSYNE_OPENAI_BASE_URL", provider.url(Wire.OPENAI).toString())));
    }

    @AfterAll
    static void stop() {
        stack.close();
        provider.close();
    }

    @BeforeEach
    void behave() {
        provider.goOnWith(ScriptedBrain::behave);
        provider.clear();
    }

    @Test
    void shouldServeWhatChatModelsWroteWhenTheyAnswer() throws Exception {
        // given
        ThreadKey thread = new ThreadKey("default", "answered");
        // when
        JsonNode context = converse(thread);
        // then the prompt holds what the scripted model writes of an assistant's turn, under the ceiling
        assertThat(context.path("tokens").asLong()).isLessThanOrEqualTo(BUDGET);
        assertThat(context.findValuesAsText("text")).anyMatch(text -> text.contains("We decided that"));
        ServedThread.assertEverySeqHasOneBaseForm(context);
        assertThat(writers(thread)).isNotEmpty().allMatch(writer -> writer.provider().equals("anthropic")
                && writer.inputTokens() > 0 && writer.insteadOf().isEmpty());
        assertThat(provider.calls()).anyMatch(call -> call.wire() == Wire.OPENAI)
                .filteredOn(call -> call.wire() == Wire.ANTHROPIC).hasSameSizeAs(writers(thread));
    }

    @Test
    void shouldGoOnWithTheExtractorAndSayWhyWhenAModelRefuses() throws Exception {
        // given
        provider.goOnWith(Script.always(Behaviour.refusal()));
        ThreadKey thread = new ThreadKey("default", "failing");
        // when
        JsonNode context = converse(thread);
        // then
        assertThat(context.path("tokens").asLong()).isLessThanOrEqualTo(BUDGET);
        ServedThread.assertEverySeqHasOneBaseForm(context);
        assertThat(writers(thread)).isNotEmpty().allMatch(writer -> writer.provider().equals("offline")
                && writer.insteadOf().orElse("").equals("anthropic:scripted: declined"));
    }

    /** The context once reflections are in it. */
    private static JsonNode converse(ThreadKey thread) {
        var served = new ServedThread(new ServiceClient(URI.create(stack.addresses().service())), thread);
        served.contextAfter(served.post(turns()));
        await("a reflection of " + thread).atMost(PATIENCE)
                .until(() -> served.stats().path("reflections").asLong() > 0);
        return served.service().get(thread, "/context").json();
    }

    private static List<Provenance> writers(ThreadKey thread) throws Exception {
        return Answers.writers(Answers.read(stack.addresses(), PREFIX).stream()
                .filter(result -> result.thread().equals(thread)).toList()).toList();
    }

    private static List<RawTurn> turns() {
        return IntStream.range(0, TURNS).mapToObj(i -> new RawTurn("m" + i, i % 2 == 0 ? Role.USER : Role.ASSISTANT,
                List.of(new Part.Text(Content.of(IntStream.range(0, SENTENCES).mapToObj(sentence -> SENTENCE
                        .formatted(i, sentence, 7 * i + sentence)).collect(Collectors.joining())))),
                Origin.UNKNOWN)).toList();
    }
}
