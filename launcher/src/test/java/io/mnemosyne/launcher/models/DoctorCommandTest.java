package io.mnemosyne.launcher.models;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

import io.mnemosyne.inference.chat.ChatAnswer;
import io.mnemosyne.inference.chat.ChatException;
import io.mnemosyne.inference.chat.ChatException.Failure;
import io.mnemosyne.inference.chat.ChatModel;
import io.mnemosyne.inference.chat.ChatRequest;
import io.mnemosyne.inference.chat.ModelId;
import io.mnemosyne.inference.chat.TokenUsage;
import io.mnemosyne.launcher.ExitCode;
import io.mnemosyne.launcher.Main;
import io.mnemosyne.launcher.Readme;

import static org.assertj.core.api.Assertions.assertThat;

class DoctorCommandTest {
    private static final String KEY = "sk-hidden";
    private static final Reply WELL = _ -> new ChatAnswer("{\"here\": true}", new TokenUsage(1_000, 0, 0, 100), 0);
    private static final String ONE = """
                                      [models]
                                      observer = ["openai:one", "offline"]
                                      """;

    @TempDir
    Path folder;
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private final List<ModelId> called = new ArrayList<>();
    private String endpoints = "";
    private long made;

    private interface Reply {
        ChatAnswer to(ChatRequest request) throws ChatException, InterruptedException;
    }

    @BeforeEach
    void writeKey() throws IOException {
        Path key = Files.writeString(folder.resolve("key"), KEY);
        endpoints = "[openai]%napi-key-file = \"%s\"%n[anthropic]%napi-key-file = \"%s\"%n".formatted(key, key);
    }

    @Test
    void shouldCallEachModelOnceAndSayWhatItTookAndWhatIsLeft() throws IOException {
        // when
        int exitCode = doctor("""
                              [models]
                              observer = ["openai:one", "offline"]
                              reflector = ["anthropic:a-longer-name", "openai:one"]
                              summarizer = ["openai:two"]
                              tokens-per-day = 5000
                              [recall]
                              models = ["anthropic:answers"]
                              [tenants.acme]
                              observer = ["openai:one"]
                              summarizer = ["openai:one"]
                              recall = ["openai:one"]
                              money-per-day = 0.5
                              [prices."openai:one"]
                              input = 2
                              output = 10.50
                              """, Map.of("one", WELL, "a-longer-name", WELL, "two", WELL, "answers", WELL));
        // then
        assertThat(exitCode).as(err.toString()).isEqualTo(ExitCode.OK.number());
        assertThat(called).containsExactlyInAnyOrder(new ModelId("openai", "one"),
                new ModelId("anthropic", "a-longer-name"), new ModelId("openai", "two"),
                new ModelId("anthropic", "answers"));
        assertThat(out.toString()).containsPattern(
                "openai:one +the vendor's own +ok +[0-9]+ ms +1000 \\+ 100 +0.00305 +2 / 10.5\n")
                .containsPattern("anthropic:a-longer-name +the vendor's own +ok +[0-9]+ ms .* no price is set\n")
                .containsPattern("each other tenant +600 of 5,000 +no limit\n")
                .containsPattern("acme +3,900 of 5,000 +0.49695 of 0.5\n").contains("This process counts only")
                .doesNotContain(KEY);
        // and the columns stand below each other
        assertThat(out.toString().lines().filter(line -> line.contains("the vendor's own"))
                .map(line -> line.indexOf("the vendor's own")).distinct()).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "UNAUTHORIZED | the key was refused: check openai.api-key",
            "REJECTED | check the model's name",
            "RATE_LIMITED | no credit is left",
            "OVERLOADED | try again later",
            "TIMEOUT | no answer within 7 s: try --timeout 28",
            "DISCONNECTED | no connection to http://127.0.0.1:9/v1",
            "MALFORMED | which often ends in /v1"})
    void shouldSayWhatFailedAndWhatToDo(Failure failure, String advice) throws IOException {
        // given a model behind another that works
        endpoints += "[compatible]\nbase-url = \"http://127.0.0.1:9/v1\"\n";
        endpoints = endpoints.replace("[openai]", "[openai]\nbase-url = \"http://127.0.0.1:9/v1\"");
        // when
        int exitCode = doctor("[models]\nobserver = [\"openai:bad\", \"compatible:good\"]\n",
                Map.of("good", WELL, "bad", _ -> {
                    throw new ChatException(failure, "status 4xx", new TokenUsage(3, 0, 0, 0), Optional.empty());
                }), "--timeout", "7");
        // then
        assertThat(exitCode).isEqualTo(ExitCode.MODEL_FAILED.number());
        assertThat(out.toString()).containsPattern("openai:bad +http://127.0.0.1:9/v1 +FAILED .* 3 \\+ 0 ")
                .containsPattern("compatible:good .* ok ")
                .containsPattern("\nopenai:bad: .*\\Q" + advice + "\\E.*\\(status 4xx\\)\n");
    }

    @Test
    void shouldNotCallAModelUsableThatDoesNotAnswerAsAsked() throws IOException {
        assertThat(doctor(ONE, Map.of("one", _ -> new ChatAnswer("I am here.", TokenUsage.NONE, 0))))
                .isEqualTo(ExitCode.MODEL_FAILED.number());
        assertThat(out.toString()).contains("openai:one: answers, but not in the form that was asked for");
    }

    @Test
    void shouldCallAModelUsableThatThinksFirst() throws IOException {
        assertThat(doctor(ONE, Map.of("one", _ -> {
            throw new ChatException(Failure.CUT_OFF, "16 tokens", new TokenUsage(9, 0, 0, 16), Optional.empty());
        }))).isEqualTo(ExitCode.OK.number());
        assertThat(out.toString()).contains("9 + 16", "openai:one: works, but wrote more than the few tokens");
    }

    @Test
    void shouldNotWaitForAModelThatDoesNotKeepToItsDeadline() throws IOException {
        assertThat(doctor(ONE, Map.of("one", _ -> {
            Thread.sleep(Duration.ofMinutes(10));
            throw new AssertionError();
        }), "--timeout", "1")).isEqualTo(ExitCode.MODEL_FAILED.number());
        assertThat(out.toString()).contains("no answer within 1 s");
    }

    @Test
    void shouldGiveACallItsWholeTimeHoweverLongAClientTakesToBeMade() throws IOException {
        assertThat(doctor(ONE, Map.of("one", request -> {
            assertThat(request.deadline().at() - Duration.ofSeconds(7).toNanos()).isGreaterThanOrEqualTo(made);
            return WELL.to(request);
        }), "--timeout", "7")).as(out.toString()).isEqualTo(ExitCode.OK.number());
    }

    @Test
    void shouldNotPrintWhatAnUnforeseenErrorQuotes() throws IOException {
        assertThat(doctor(ONE, Map.of("one", _ -> {
            throw new IllegalStateException("header x-api-key: " + KEY);
        }))).isEqualTo(ExitCode.MODEL_FAILED.number());
        assertThat(out.toString() + err).contains("nobody foresaw: java.lang.IllegalStateException")
                .doesNotContain(KEY);
    }

    @Test
    void shouldCheckTheModelsOfOneTenantOnly() throws IOException {
        doctor(ONE + "[tenants.acme]\nobserver = [\"openai:other\"]\n", Map.of("other", WELL), "--tenant", "acme");

        assertThat(called).containsExactly(new ModelId("openai", "other"));
        assertThat(out.toString()).contains("acme").doesNotContain("each other tenant");
    }

    @Test
    void shouldSayThatNothingIsCalledWhereNothingIs() throws IOException {
        assertThat(doctor("", Map.of())).isEqualTo(ExitCode.OK.number());
        assertThat(out.toString()).contains("offline extractor, so nothing is called");
        assertThat(doctor(ONE + "mode = \"replay-strict\"\n", Map.of())).isEqualTo(ExitCode.OK.number());
        assertThat(out.toString()).contains("so nothing is called here either");
    }

    @Test
    void shouldTellWhatIsWrongWithTheSettings() throws IOException {
        endpoints = "";
        Path file = Files.writeString(folder.resolve("bad.toml"), "[models]\nobserver = \"openai\"\nmod = \"live\"\n");

        assertThat(Main.commandLine().setErr(new PrintWriter(err)).execute("doctor", "--config", file.toString()))
                .isEqualTo(ExitCode.CONFIGURATION.number());
        assertThat(err.toString()).contains("2 errors", "'openai' is no model", "did you mean models.mode?");
    }

    @Test
    void shouldDoWhatTheReadmePromises() throws IOException {
        // given the README's settings, with the key in another place
        endpoints = "";
        String settings = Readme.block("models").replace("/run/secrets/anthropic", folder.resolve("key").toString());
        String[] command = Readme.block("doctor").strip().split(" ");
        assertThat(command).containsExactly("scripts/mnemosyne", "doctor", "--config", "mnemosyne.toml");
        // when
        int exitCode = doctor(settings, Map.of("claude-haiku-4-5", WELL));
        // then
        assertThat(exitCode).as(err.toString()).isEqualTo(ExitCode.OK.number());
        assertThat(out.toString()).containsPattern("anthropic:claude-haiku-4-5 +the vendor's own +ok")
                .containsPattern("each tenant +no limit +1.99[0-9]+ of 2\n");
    }

    private int doctor(String settings, Map<String, Reply> replies, String... more) throws IOException {
        Path file = Files.writeString(folder.resolve("mnemosyne.toml"), settings + endpoints);
        CommandLine command = new CommandLine(new DoctorCommand((_, id) -> {
            called.add(id);
            made = System.nanoTime();
            return new Answering(id, Objects.requireNonNull(replies.get(id.model()), id.model()));
        })).setOut(new PrintWriter(out)).setErr(new PrintWriter(err));
        List<String> arguments = new ArrayList<>(List.of("--config", file.toString()));
        arguments.addAll(List.of(more));
        return command.execute(arguments.toArray(String[]::new));
    }

    private record Answering(ModelId id, Reply reply) implements ChatModel {
        @Override
        public ChatAnswer answer(ChatRequest request) throws ChatException, InterruptedException {
            assertThat(request.prompt().maxOutputTokens()).isLessThanOrEqualTo(16);
            return reply.to(request);
        }
    }
}
