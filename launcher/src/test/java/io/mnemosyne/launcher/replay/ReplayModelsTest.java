package io.mnemosyne.launcher.replay;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

import io.mnemosyne.core.Provenance;
import io.mnemosyne.core.observe.ObservationRequest;
import io.mnemosyne.core.observe.ObservationResult;
import io.mnemosyne.inference.chat.ModelId;
import io.mnemosyne.inference.models.ModelSettings;
import io.mnemosyne.inference.providers.CallContext;
import io.mnemosyne.inference.providers.Model;
import io.mnemosyne.inference.providers.ModelException;
import io.mnemosyne.inference.providers.ModelName;
import io.mnemosyne.inference.providers.offline.OfflineObserver;
import io.mnemosyne.inference.providers.offline.OfflineReflector;
import io.mnemosyne.inference.providers.offline.OfflineSummarizer;
import io.mnemosyne.inference.worker.Models;
import io.mnemosyne.launcher.CommandFailure;
import io.mnemosyne.launcher.ExitCode;

import static org.assertj.core.api.Assertions.assertThat;

class ReplayModelsTest {
    private static final long MICROS = 250_000;

    @TempDir
    Path folder;
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private final AtomicInteger asked = new AtomicInteger();
    private final Set<String> tenants = ConcurrentHashMap.newKeySet();
    private int answers = Integer.MAX_VALUE;
    private Optional<ModelException> failure = Optional.empty();
    private ModelSettings settings = ModelSettings.OFFLINE;
    private long window;

    @BeforeEach
    void writeSettingsAndASession() throws IOException {
        Path session = Files.createDirectories(folder.resolve("mine")).resolve("session.jsonl");
        Files.write(session, IntStream.range(0, 16).mapToObj(i -> "{\"role\": \"%s\", \"content\": \"%s\"}".formatted(
                i % 2 == 0 ? "user" : "assistant", ("We decided on number " + i + ". ").repeat(120))).toList());
        Path key = Files.writeString(folder.resolve("key"), "sk-x");
        Files.writeString(folder.resolve("mnemosyne.toml"), """
                                                            [models]
                                                            observer = "anthropic:m"
                                                            tokens-per-day = 5
                                                            [anthropic]
                                                            api-key-file = "%s"
                                                            [tenants.mine]
                                                            tokens-per-day = 7
                                                            [policy]
                                                            utility-window = 40000
                                                            """.formatted(key));
    }

    @Test
    void shouldSayWhatTheModelsOfTheSettingsAnsweredAndCost() throws IOException {
        // when
        int exitCode = replay("run", "--models");
        // then
        assertThat(exitCode).as(err.toString()).isEqualTo(ExitCode.OK.number());
        assertThat(asked).hasValueGreaterThan(1);
        assertThat(out.toString()).contains("anthropic/m: %d answers, %,d + %,d tokens, %s in the currency"
                .formatted(asked.get(), 1_000 * asked.get(), 10 * asked.get(), BigDecimal
                        .valueOf(MICROS * asked.get(), 6).stripTrailingZeros().toPlainString()));
        assertThat(Files.readAllLines(folder.resolve("run/calls.jsonl"))).anySatisfy(
                call -> assertThat(call).contains("\"model\":\"anthropic/m\"", "\"inputTokens\":1000",
                        "\"micros\":" + MICROS));
        assertThat(folder.resolve("run/answers.jsonl")).doesNotExist();
        // and a folder of sessions is no tenant, with a budget of its own
        assertThat(tenants).hasSize(1).doesNotContain("mine");
        assertThat(settings.budgets()).isEmpty();
        assertThat(settings.budget().tokens()).hasValue(5);
        assertThat(window).isEqualTo(40_000);
    }

    @Test
    void shouldUseAnEarlierRunInsteadOfModelsIfItIsToldTo() throws IOException {
        // given
        replay("run", "--models");
        int before = asked.get();
        // when
        int exitCode = replay("again", "--completions", "replay-strict", "--reuse", folder + "/run");
        // then
        assertThat(exitCode).as(err.toString()).isEqualTo(ExitCode.OK.number());
        assertThat(asked).hasValue(before);
        assertThat(folder.resolve("again/prompts.jsonl")).hasSameTextualContentAs(folder.resolve("run/prompts.jsonl"));
        // and without a mode, what is missing is asked
        assertThat(replay("other", "--observer", "anthropic:n,offline", "--reuse", folder + "/run"))
                .isEqualTo(ExitCode.OK.number());
        assertThat(asked).hasValue(2 * before);
    }

    @Test
    void shouldStopWhereAStrictReplayHasNoAnswer() throws IOException {
        // given
        replay("run", "--models");
        // when
        int exitCode = replay("other", "--observer", "anthropic:n", "--completions", "replay-strict", "--reuse",
                folder + "/run");
        // then
        assertThat(exitCode).isEqualTo(ExitCode.INCOMPLETE.number());
        assertThat(err.toString()).contains("mine/session asks what " + folder + "/run has no answer to");
    }

    @Test
    void shouldNotPayTwiceWhenItGoesOn() throws IOException {
        // given a run that dies in the middle of its session
        replay("whole", "--models");
        int needed = asked.getAndSet(0);
        answers = needed / 2;
        assertThat(replay("run", "--models")).isNotEqualTo(ExitCode.OK.number());
        // when
        asked.set(0);
        answers = Integer.MAX_VALUE;
        int exitCode = replay("run", "--models");
        // then
        assertThat(exitCode).as(err.toString()).isEqualTo(ExitCode.OK.number());
        assertThat(asked).hasValue(needed - needed / 2);
        assertThat(folder.resolve("run/prompts.jsonl")).hasSameTextualContentAs(folder.resolve("whole/prompts.jsonl"));
    }

    @Test
    void shouldSayThatNobodyAnswered() throws IOException {
        // given
        failure = Optional.of(new ModelException("anthropic:m: the key is wrong", false));
        // when
        int exitCode = replay("run", "--models");
        // then
        assertThat(exitCode).isEqualTo(ExitCode.INCOMPLETE.number());
        assertThat(out.toString()).containsPattern("[0-9]+ times nobody answered, first because of: anthropic:m: the");
    }

    @Test
    void shouldLeaveModelsAloneUnlessToldTo() throws IOException {
        assertThat(replay("run", "--config", folder + "/mnemosyne.toml")).isEqualTo(ExitCode.OK.number());

        assertThat(asked).hasValue(0);
    }

    @Test
    void shouldRefuseWhatDoesNotGoTogether() throws IOException {
        assertThat(replay("run", "--models", "--policy", "mask")).isEqualTo(ExitCode.USAGE.number());
        assertThat(err.toString()).contains("policy mask asks no models");
        assertThat(replay("run", "--completions", "replay-or-call")).isEqualTo(ExitCode.USAGE.number());
        assertThat(err.toString()).contains("replay-or-call needs the answers of a run: name it with --reuse");
        assertThat(replay("run", "--completions", "live", "--reuse", "r")).isEqualTo(ExitCode.USAGE.number());
        assertThat(err.toString()).contains("live uses no earlier answers: leave --reuse out");
        assertThat(replay("run", "--observer", "openai:m")).isEqualTo(ExitCode.CONFIGURATION.number());
        assertThat(replay("run", "--models")).isEqualTo(ExitCode.OK.number());
        // a run of another model is another run
        assertThat(replay("run", "--observer", "anthropic:n")).isEqualTo(ExitCode.USAGE.number());
        assertThat(err.toString()).contains("holds a run of other sessions, another policy or other settings");
    }

    private int replay(String run, String... more) {
        List<String> arguments = new ArrayList<>(List.of(folder + "/mine", "--budget", "8000", "--out",
                folder.resolve(run).toString()));
        if (!List.of(more).contains("--config")) {
            arguments.addAll(List.of("--config", folder + "/mnemosyne.toml"));
        }
        if (!List.of(more).contains("--policy")) {
            arguments.addAll(List.of("--policy", "observational"));
        }
        arguments.addAll(List.of(more));
        return new CommandLine(new ReplayCommand((used, takes, tokens, _) -> {
            settings = used;
            window = takes;
            return new Models(new Billed(new OfflineObserver(tokens), used.standard().observer().getFirst()),
                    new OfflineReflector(tokens), new OfflineSummarizer(tokens));
        })).setOut(new PrintWriter(out)).setErr(new PrintWriter(err)).setExecutionExceptionHandler((e, _, _) -> {
            err.append(e.getMessage());
            return e instanceof CommandFailure told ? told.code().number() : ExitCode.UNEXPECTED.number();
        }).execute(arguments.toArray(String[]::new));
    }

    /** The extractor under another name, for money. */
    private final class Billed implements Model<ObservationRequest, ObservationResult.Outcome> {
        private final OfflineObserver extractor;
        private final ModelId id;

        private Billed(OfflineObserver extractor, ModelId id) {
            this.extractor = extractor;
            this.id = id;
        }

        @Override
        public ModelName nameFor(ObservationRequest request) {
            return new ModelName(id.provider(), id.model(), "1");
        }

        @Override
        public ObservationResult.Outcome answer(ObservationRequest request, CallContext context)
                throws ModelException {
            tenants.add(request.thread().tenant());
            if (failure.isPresent()) {
                throw failure.get();
            }
            if (asked.incrementAndGet() > answers) {
                throw new AssertionError("killed");
            }
            Provenance provenance = new Provenance(id.provider(), id.model(), "1", 1_000, 10, MICROS,
                    Optional.empty());
            return switch (extractor.answer(request, context)) {
                case ObservationResult.Observed observed -> new ObservationResult.Observed(observed.entries(),
                        observed.title(), observed.currentTask(), observed.nextStep(), provenance);
                case ObservationResult.Nothing _ -> new ObservationResult.Nothing(provenance);
                case ObservationResult.Outcome other -> other;
            };
        }
    }
}
