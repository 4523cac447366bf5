package io.mnemosyne.launcher.config;

import java.io.IOException;
import java.math.BigDecimal;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.mnemosyne.inference.chat.Endpoint;
import io.mnemosyne.inference.chat.Endpoint.Wire;
import io.mnemosyne.inference.chat.ModelId;
import io.mnemosyne.inference.completions.CompletionsMode;
import io.mnemosyne.inference.guards.Budget;
import io.mnemosyne.inference.guards.Price;
import io.mnemosyne.inference.models.Chains;
import io.mnemosyne.inference.models.ModelSettings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

final class ModelSettingsTest {
    private static final ModelId SMALL = new ModelId("anthropic", "some-small-model");
    private static final ModelId LARGE = new ModelId("anthropic", "some-large-model");
    private static final ModelId LOCAL = new ModelId("compatible", "some-local-model");

    @TempDir
    Path directory = Path.of("");

    @Test
    void shouldAskTheExtractorOnlyWhenNothingIsSet() {
        // a key that lies about for other programs calls nobody
        Settings.Models models = Settings.read(Map.of("ANTHROPIC_API_KEY", "sk-x", "OPENAI_API_KEY", "sk-y")).models();

        assertThat(models).isEqualTo(new Settings.Models(ModelSettings.OFFLINE, CompletionsMode.LIVE,
                Duration.ofSeconds(60), 8, 128_000));
    }

    @Test
    void shouldReadTheExampleOfTheDocumentation() throws IOException {
        // given
        Path key = Files.writeString(directory.resolve("key"), "sk-from-file\n");
        Map<String, String> environment = file(
                SettingsPage.example().replace("/run/secrets/anthropic", key.toString()));

        // when
        ModelSettings models = Settings.read(environment).models().settings();

        // then
        assertThat(models.standard()).isEqualTo(
                new Chains(List.of(SMALL, LOCAL, ModelId.OFFLINE), List.of(LARGE, ModelId.OFFLINE), List.of(SMALL),
                        List.of(SMALL)));
        // the reflector of a tenant is its own observer rather than the reflector of others; its summarizer and who answers are theirs
        assertThat(models.tenants()).isEqualTo(Map.of("acme",
                new Chains(List.of(LARGE, ModelId.OFFLINE), List.of(LARGE, ModelId.OFFLINE), List.of(SMALL),
                        List.of(SMALL))));
        Optional<BigDecimal> money = Optional.of(new BigDecimal("2.5"));
        assertThat(models.budget()).isEqualTo(new Budget(OptionalLong.empty(), money));
        assertThat(models.budgets()).isEqualTo(Map.of("acme", new Budget(OptionalLong.of(3_000_000), money)));
        assertThat(models.prices()).containsOnlyKeys(SMALL, LARGE, LOCAL).containsEntry(SMALL,
                new Price(new BigDecimal("0.7"), new BigDecimal("3.1"), new BigDecimal("0.07"),
                        new BigDecimal("0.9")))
                .containsEntry(LARGE, new Price(new BigDecimal("4.2"), new BigDecimal("16.9"), new BigDecimal("4.2"),
                        new BigDecimal("4.2")));
        assertThat(models.endpoints()).containsExactlyInAnyOrder(
                new Endpoint("anthropic", Wire.ANTHROPIC, Optional.empty(), Optional.of("sk-from-file"), 4),
                new Endpoint("compatible", Wire.OPENAI, Optional.of(URI.create("http://127.0.0.1:11434/v1")),
                        Optional.empty(), 4));
    }

    @Test
    void shouldTakeEverythingButTablesFromTheEnvironment() {
        Settings.Models models = Settings.read(Map.of("MNEMOSYNE_MODELS_OBSERVER", "openai:ft:a:b, offline",
                "MNEMOSYNE_MODELS_MODE", "replay-or-call", "MNEMOSYNE_MODELS_CALL_BUDGET_SECONDS", "20",
                "MNEMOSYNE_MODELS_MAX_IN_FLIGHT", "2", "MNEMOSYNE_MODELS_TOKENS_PER_DAY", "1000",
                "MNEMOSYNE_OPENAI_API_KEY", "sk-x", "MNEMOSYNE_OPENAI_BASE_URL", "https://proxy/v1",
                "MNEMOSYNE_OPENAI_MAX_IN_FLIGHT", "3")).models();

        List<ModelId> chain = List.of(new ModelId("openai", "ft:a:b"), ModelId.OFFLINE);
        assertThat(models).isEqualTo(new Settings.Models(new ModelSettings(
                List.of(new Endpoint("openai", Wire.OPENAI, Optional.of(URI.create("https://proxy/v1")),
                        Optional.of("sk-x"), 3)),
                new Chains(chain, chain, List.of()), Map.of(), Map.of(),
                new Budget(OptionalLong.of(1_000), Optional.empty()),
                Map.of()), CompletionsMode.REPLAY_OR_CALL, Duration.ofSeconds(20), 2, 128_000));
    }

    @Test
    void shouldTakeTheVendorsVariableOnlyWhereThereIsNoKeyOfOurs() throws IOException {
        // given
        Path key = Files.writeString(directory.resolve("key"), "sk-from-file\n");
        Map<String, String> environment = new HashMap<>(Map.of("MNEMOSYNE_MODELS_OBSERVER", "anthropic:m",
                "ANTHROPIC_API_KEY", "sk-vendor"));

        // when, then
        assertThat(keyOf(environment)).contains("sk-vendor");
        environment.put("MNEMOSYNE_ANTHROPIC_API_KEY_FILE", key.toString());
        assertThat(keyOf(environment)).contains("sk-from-file");
        environment.remove("MNEMOSYNE_ANTHROPIC_API_KEY_FILE");
        environment.put("MNEMOSYNE_ANTHROPIC_API_KEY", "sk-ours");
        assertThat(keyOf(environment)).contains("sk-ours");
        assertThat(Settings.read(environment).toString()).doesNotContain("sk-");
    }

    @Test
    void shouldTellAtOnceWhatDoesNotFitTogether() throws IOException {
        // given
        Map<String, String> environment = file("""
                                               [models]
                                               observer = ["offline", "antropic:m"]
                                               reflector = ["openai:gpt", "compatible:llama", "gpt"]
                                               mode = "replay"
                                               money-per-day = 3
                                               [openai]
                                               api-key = "sk-secret"
                                               [tenants."not a name"]
                                               observer = ["anthropic:m"]
                                               token-per-day = 5
                                               [tenants]
                                               observer = ["offline"]
                                               [prices."openai:gpt"]
                                               input = -1
                                               [prices.llama]
                                               input = 1
                                               output = 1
                                               """);
        environment.put("MNEMOSYNE_TENANTS_ACME_OBSERVER", "offline");
        environment.put("MNEMOSYNE_MODELS_OBSERVERS", "offline");

        // when, then
        assertThatThrownBy(() -> Settings.read(environment)).hasMessageContainingAll("has 18 errors",
                "models.observer names models behind offline",
                "no endpoint 'antropic': did you mean anthropic:m?",
                "models.reflector: 'gpt' is no model",
                "models.mode is 'replay' and must be: live, replay-strict, replay-or-call or stub",
                "openai.api-key in ", "set MNEMOSYNE_OPENAI_API_KEY, or name a file with openai.api-key-file",
                "models.reflector names openai:gpt, but there is no key: set MNEMOSYNE_OPENAI_API_KEY or OPENAI_API_KEY",
                "tenants.not a name.observer names anthropic:m, but there is no key",
                "models.reflector names compatible:llama, but it is not said where that is: set compatible.base-url",
                "[tenants.\"not a name\"]: a tenant's name",
                "did you mean tenants.not a name.tokens-per-day?",
                "tenants.observer in ", "stands in no table",
                "prices.openai:gpt.input is '-1'", "prices.openai:gpt.output is missing",
                "[prices.\"llama\"]: 'llama' is no model",
                "models.money-per-day needs the price of compatible:llama: add a table [prices.\"compatible:llama\"]",
                "models.money-per-day needs the price of anthropic:m",
                "MNEMOSYNE_TENANTS_ACME_OBSERVER is no setting: tenants and prices have tables in the file",
                "did you mean MNEMOSYNE_MODELS_OBSERVER?").hasMessageNotContaining("sk-secret");
    }

    @Test
    void shouldHaveObjectsSummarizedWhereAnybodyIsNamedForItAndNeedItsPrice() throws IOException {
        assertThat(Settings.read(Map.of()).policy().fidelity().summaries()).isFalse();
        assertThat(Settings.read(Map.of("MNEMOSYNE_MODELS_SUMMARIZER", "openai:m", "OPENAI_API_KEY", "k")).policy()
                .fidelity().summaries()).isTrue();
        assertThat(Settings.read(file("[tenants.acme]\nsummarizer = [\"offline\"]")).policy().fidelity().summaries())
                .isTrue();
        assertThatThrownBy(() -> Settings.read(Map.of("MNEMOSYNE_MODELS_SUMMARIZER", "openai:m", "OPENAI_API_KEY",
                "k", "MNEMOSYNE_MODELS_MONEY_PER_DAY", "2")))
                .hasMessageContaining("models.money-per-day needs the price of openai:m");
    }

    @ParameterizedTest
    @CsvSource({"replay-strict", "stub"})
    void shouldNeedNoKeyWhereNothingIsCalled(String mode) {
        assertThat(Settings.read(Map.of("MNEMOSYNE_MODELS_OBSERVER", "anthropic:m", "MNEMOSYNE_MODELS_MODE", mode))
                .models().settings().endpoints()).singleElement().extracting(Endpoint::key)
                .isEqualTo(Optional.empty());
    }

    @Test
    void shouldRefuseAKeyThatAClientWouldQuoteInItsError() {
        assertThatThrownBy(() -> Settings.read(
                Map.of("MNEMOSYNE_MODELS_OBSERVER", "openai:m", "OPENAI_API_KEY", "sk-two\nlines")))
                .hasMessageContaining("the value of openai.api-key has a space, a line break")
                .hasMessageNotContaining("sk-two");
    }

    @Test
    void shouldRefuseAPasswordInAnAddress() {
        assertThatThrownBy(() -> Settings.read(Map.of("MNEMOSYNE_MODELS_OBSERVER", "compatible:m",
                "MNEMOSYNE_COMPATIBLE_BASE_URL", "https://me:hidden@host/v1")))
                .hasMessageContaining("compatible.base-url holds a user or a password")
                .hasMessageNotContaining("hidden");
    }

    private static Optional<String> keyOf(Map<String, String> environment) {
        return Settings.read(environment).models().settings().endpoints().getFirst().key();
    }

    private Map<String, String> file(String toml) throws IOException {
        Path file = Files.writeString(directory.resolve("mnemosyne.toml"), toml);
        return new HashMap<>(Map.of(Settings.FILE_VARIABLE, file.toString()));
    }
}
