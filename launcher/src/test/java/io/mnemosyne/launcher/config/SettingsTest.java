package io.mnemosyne.launcher.config;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.mnemosyne.core.Policy;
import io.mnemosyne.core.admit.AdmissionRules;
import io.mnemosyne.core.fidelity.Ageing;
import io.mnemosyne.core.fidelity.FidelityRules;
import io.mnemosyne.core.fidelity.ReuseCurve;
import io.mnemosyne.core.trace.JoinTimes;
import io.mnemosyne.core.trace.Tracing;
import io.mnemosyne.inference.embeddings.EmbeddingEndpoint;
import io.mnemosyne.launcher.CommandFailure;
import io.mnemosyne.launcher.ExitCode;
import io.mnemosyne.service.Memory;
import io.mnemosyne.trace.send.TraceBackend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

final class SettingsTest {
    @TempDir
    Path directory = Path.of("");

    @Test
    void shouldHaveTheStandardPolicyAndPortsWhenNothingIsSet() {
        Settings settings = Settings.read(Map.of());

        assertThat(settings.policy()).isEqualTo(Policy.standard());
        assertThat(settings.stack()).isEqualTo(new Settings.Stack(Path.of(".mnemosyne"), 9092, 8081, 9200));
        assertThat(settings.kafka().bootstrapServers()).isEmpty();
        assertThat(settings.workerInPipeline()).isTrue();
    }

    @Test
    void shouldReadHowObjectsAreAdmittedAndSayWhatDoesNotFit() {
        assertThat(Settings.read(Map.of()).admission()).isEqualTo(AdmissionRules.DEFAULT);
        AdmissionRules rules = Settings
                .read(Map.of("MNEMOSYNE_ADMISSION_THRESHOLD", "0.3", "MNEMOSYNE_ADMISSION_OFF", "routine"))
                .admission();
        assertThat(rules.threshold()).isEqualTo(0.3);
        assertThat(rules.off()).containsExactly(AdmissionRules.Rule.ROUTINE);
        assertThatThrownBy(() -> Settings.read(
                Map.of("MNEMOSYNE_ADMISSION_TYPE_WEIGHT", "0.9", "MNEMOSYNE_ADMISSION_OFF", "listing")))
                .hasMessageContaining("add up to 1; type is 0.9")
                .hasMessageContaining("admission.off has 'listing', which must be duplicate, routine or procedural");
    }

    @Test
    void shouldReadHowQuestionsAreAnsweredAndSayWhatDoesNotFit() {
        assertThat(Settings.read(Map.of()).recall())
                .isEqualTo(new Settings.Recall(Memory.Defaults.STANDARD, Duration.ofSeconds(10)));
        assertThat(Settings.read(Map.of("MNEMOSYNE_RECALL_ANSWER", "passages", "MNEMOSYNE_RECALL_SECONDS", "3",
                "MNEMOSYNE_RECALL_K", "5", "MNEMOSYNE_RECALL_PASSAGE_TOKENS", "200")).recall())
                .isEqualTo(new Settings.Recall(new Memory.Defaults(Memory.Answer.PASSAGES, 5, 200),
                        Duration.ofSeconds(3)));
        assertThatThrownBy(() -> Settings.read(Map.of("MNEMOSYNE_RECALL_ANSWER", "both", "MNEMOSYNE_RECALL_K", "101",
                "MNEMOSYNE_RECALL_MODELS", "nobody:x")))
                .hasMessageContaining("recall.answer is 'both' and must be: passages, model or none")
                .hasMessageContaining("recall.k is '101' and must be: 1 to 100")
                .hasMessageContaining("recall.models names nobody:x, but there is no endpoint");
    }

    @Test
    void shouldReadWhereTracesGoWithoutPrintingSecrets() throws IOException {
        // given
        Path secret = Files.writeString(directory.resolve("langfuse"), "sk-lf-secret\n");
        Map<String, String> environment = new HashMap<>(file("""
                                                             [tracing]
                                                             environment = "staging"
                                                             parent-timeout-seconds = 60
                                                             [tracing.langfuse]
                                                             url = "https://langfuse.example"
                                                             public-key = "pk-lf-public"
                                                             secret-key-file = "%s"
                                                             [tracing.otlp]
                                                             url = "http://127.0.0.1:4318"
                                                             """.formatted(secret)));
        environment.put("MNEMOSYNE_TRACING_OTLP_HEADERS", "authorization=Bearer a=b, x-scope=team");

        // when
        Settings settings = Settings.read(environment);

        // then
        TraceBackend langfuse = settings.tracing().backends().getFirst();
        TraceBackend otlp = settings.tracing().backends().getLast();
        assertThat(langfuse.credentials())
                .contains(new TraceBackend.Credentials("pk-lf-public", "sk-lf-secret"));
        assertThat(langfuse.origin().environment()).isEqualTo("staging");
        assertThat(otlp.url()).isEqualTo(URI.create("http://127.0.0.1:4318"));
        assertThat(otlp.headers()).isEqualTo(Map.of("authorization", "Bearer a=b", "x-scope", "team"));
        assertThat(settings.tracing().times())
                .isEqualTo(new JoinTimes(Duration.ofMinutes(15), Duration.ofMinutes(1)));
        assertThat(settings.toString()).doesNotContain("sk-lf-secret", "Bearer");
        assertThat(Settings.read(Map.of()).tracing().backends()).isEmpty();
    }

    @Test
    void shouldSayWhatDoesNotFitOfWhereTracesGo() {
        assertThatThrownBy(() -> Settings.read(Map.of("MNEMOSYNE_TRACING_LANGFUSE_URL", "https://langfuse.example",
                "MNEMOSYNE_TRACING_OTLP_HEADERS", "nothing", "MNEMOSYNE_TRACING_OTLP_URL", "http://127.0.0.1:4318",
                "MNEMOSYNE_TRACING_ENVIRONMENT", "Not Lower")))
                .hasMessageContaining("tracing.langfuse.url, tracing.langfuse.public-key")
                .hasMessageContaining("MNEMOSYNE_TRACING_OTLP_HEADERS has no '='")
                .hasMessageContaining("trace environment 'Not Lower'");
        assertThatThrownBy(() -> Settings.read(Map.of("MNEMOSYNE_TRACING_OTLP_HEADERS", "a=b")))
                .hasMessageContaining("tracing.otlp.url is not");
    }

    @Test
    void shouldReadWhatIsShownShorterAndHow() throws IOException {
        // given
        Map<String, String> environment = file("""
                                               [policy]
                                               name = "fidelity"
                                               [fidelity]
                                               critical = 0.8
                                               related = 0
                                               [fidelity.files]
                                               stub = 300
                                               reuse-half-life = 5.5
                                               [fidelity.groups]
                                               split-tokens = 900
                                               """);
        environment.put("MNEMOSYNE_FIDELITY_RESULTS_DETAILED", "7");

        // when
        Policy policy = Settings.read(environment).policy();

        // then
        assertThat(policy.name()).isEqualTo(Policy.FIDELITY);
        assertThat(policy.fidelity().critical()).isEqualTo(0.8);
        assertThat(policy.fidelity().related()).isZero();
        assertThat(policy.fidelity().files()).isEqualTo(new Ageing(20, 60, 300, new ReuseCurve(0.57, 5.5)));
        assertThat(policy.fidelity().results().detailed()).isEqualTo(7);
        assertThat(policy.fidelity().messages()).isEqualTo(FidelityRules.DEFAULT.messages());
        assertThat(policy.groups().splitAbove()).isEqualTo(900);
    }

    @Test
    void shouldTellEverythingThatDoesNotFitAboutWhatIsShownShorter() throws IOException {
        Map<String, String> bad = file("""
                                       [policy]
                                       name = "mask"
                                       [fidelity]
                                       warning = 0.9
                                       [fidelity.files]
                                       compact = 10
                                       reuse-half-life = 0
                                       [fidelity.groups]
                                       merge = 0.6
                                       """);

        assertThatThrownBy(() -> Settings.read(bad)).hasMessageContainingAll("has 5 errors",
                "policy.name is 'mask' and must be: observational, fidelity or hybrid",
                "the settings of fidelity do not fit together: the lines of pressure must rise",
                "the settings of fidelity.files do not fit together: objects age in order",
                "a half-life above 0", "shift is not above merge");
    }

    @Test
    void shouldTakeASwitchForTrueOrFalseOnly() {
        assertThat(Settings.read(Map.of("MNEMOSYNE_WORKER_IN_PIPELINE", "false")).workerInPipeline()).isFalse();
        assertThatThrownBy(() -> Settings.read(Map.of("MNEMOSYNE_WORKER_IN_PIPELINE", "no")))
                .hasMessageContaining("worker.in-pipeline is 'no' and must be: true or false");
    }

    @Test
    void shouldReadTheFileAndLetTheEnvironmentOverrideIt() throws IOException {
        // given
        Map<String, String> environment = file("""
                                               [kafka]
                                               bootstrap-servers = ["one:9092", "two:9092"]
                                               client.security.protocol = "SSL"
                                               [registry]
                                               urls = ["https://registry/apis/ccompat/v7"]
                                               [service]
                                               port = 8090
                                               [policy]
                                               budget = 16000
                                               """);
        environment.put("MNEMOSYNE_SERVICE_PORT", "0");
        environment.put("MNEMOSYNE_KAFKA_CLIENT_SASL_MECHANISM", "PLAIN");

        // when
        Settings settings = Settings.read(environment);

        // then
        assertThat(settings.kafka().bootstrapServers()).containsExactly("one:9092", "two:9092");
        assertThat(settings.kafka().client())
                .containsExactlyInAnyOrderEntriesOf(Map.of("security.protocol", "SSL", "sasl.mechanism", "PLAIN"));
        assertThat(settings.registry().urls()).containsExactly(URI.create("https://registry/apis/ccompat/v7"));
        assertThat(settings.service().port()).isZero();
        assertThat(settings.policy().budget()).isEqualTo(16_000);
    }

    @Test
    void shouldTellAllErrorsAtOnceAndTheNearestKey() throws IOException {
        // given
        Map<String, String> environment = file("""
                                               [kafka]
                                               bootstrap-server = "one:9092"
                                               [service]
                                               port = 70000
                                               [policy]
                                               window = 200000
                                               budget = 300000
                                               [opensearch]
                                               urls = "ftp://host"
                                               user = "somebody"
                                               """);
        environment.put("MNEMOSYNE_POLICY_WINDOWS", "5");

        // when, then
        assertThatThrownBy(() -> Settings.read(environment)).isInstanceOfSatisfying(CommandFailure.class,
                failure -> assertThat(failure.code()).isEqualTo(ExitCode.CONFIGURATION))
                .hasMessageContainingAll("has 6 errors", "did you mean kafka.bootstrap-servers?",
                        "service.port is '70000'", "budget must be 1 to window", "ftp://host",
                        "opensearch.user and opensearch.password", "did you mean MNEMOSYNE_POLICY_WINDOW?");
    }

    @Test
    void shouldTakeSecretsFromTheEnvironmentOrANamedFileOnly() throws IOException {
        // given
        Path password = Files.writeString(directory.resolve("password"), "hidden\n");
        Map<String, String> good = file("[registry]\nuser = \"me\"\npassword-file = \"" + password + "\"\n");
        good.put("MNEMOSYNE_REDACTION_KEY", "key");

        // when
        Settings settings = Settings.read(good);

        // then
        assertThat(settings.registry().login()).contains(new Settings.Login("me", new Secret("hidden")));
        assertThat(settings.redactionKey()).contains(new Secret("key"));
        assertThat(settings.toString()).doesNotContain("hidden").doesNotContain("=key");
    }

    @Test
    void shouldEmbedWhereItIsTold() throws IOException {
        // given
        Map<String, String> good = file("""
                                        [embedding]
                                        model = "text-embedding-3-small"
                                        base-url = "https://api.openai.com/v1"
                                        dimensions = 1536
                                        """);
        good.put("MNEMOSYNE_EMBEDDING_API_KEY", "hidden");

        // when
        Settings settings = Settings.read(good);

        // then
        assertThat(settings.embedding()).contains(new EmbeddingEndpoint(URI.create("https://api.openai.com/v1"),
                "text-embedding-3-small", 1536, Optional.of("hidden"), 8_000));
        assertThat(settings.toString()).doesNotContain("hidden");
        assertThat(Settings.read(Map.of()).embedding()).isEmpty();
    }

    @Test
    void shouldNotEmbedByHalfOfTheSettings() {
        assertThatThrownBy(() -> Settings.read(Map.of("MNEMOSYNE_EMBEDDING_MODEL", "small",
                "MNEMOSYNE_EMBEDDING_BASE_URL", "http://127.0.0.1:1/v1"))).hasMessageContaining(
                        "embedding.model, embedding.base-url and embedding.dimensions belong together");
        assertThatThrownBy(() -> Settings.read(Map.of("MNEMOSYNE_EMBEDDING_MODEL", "small",
                "MNEMOSYNE_EMBEDDING_BASE_URL", "http://127.0.0.1:1/v1", "MNEMOSYNE_EMBEDDING_DIMENSIONS", "20000",
                "MNEMOSYNE_EMBEDDING_API_KEY", "a b"))).hasMessageContainingAll("at most 16000", "embedding.api-key");
    }

    @Test
    void shouldRefuseSecretsInTheFile() throws IOException {
        Map<String, String> bad = file("""
                                       [redaction]
                                       key = "abc"
                                       [kafka.client]
                                       "sasl.jaas.config" = "def"
                                       """);

        assertThatThrownBy(() -> Settings.read(bad)).hasMessageContainingAll("has 2 errors",
                "set MNEMOSYNE_REDACTION_KEY", "set MNEMOSYNE_KAFKA_CLIENT_SASL_JAAS_CONFIG")
                .hasMessageNotContainingAny("abc", "def");
    }

    @Test
    void shouldTraceWhereThereIsABackendUnlessToldOtherwise() {
        // given
        Map<String, String> backend = Map.of("MNEMOSYNE_TRACING_OTLP_URL", "http://127.0.0.1:4318");
        // then
        assertThat(Settings.read(Map.of()).tracing().spans().on()).isFalse();
        assertThat(Settings.read(backend).tracing().spans()).isEqualTo(Tracing.FULL);
        assertThat(Settings.read(Map.of("MNEMOSYNE_TRACING_OTLP_URL", "http://127.0.0.1:4318",
                "MNEMOSYNE_TRACING_ENABLED", "false")).tracing().spans().on()).isFalse();
        assertThat(Settings.read(Map.of("MNEMOSYNE_TRACING_ENABLED", "true", "MNEMOSYNE_TRACING_CONTENT", "excerpt",
                "MNEMOSYNE_TRACING_EXCERPT_BYTES", "500")).tracing().spans())
                .isEqualTo(new Tracing(true, Tracing.Content.EXCERPT, 500));
        assertThatThrownBy(() -> Settings.read(Map.of("MNEMOSYNE_TRACING_ENABLED", "yes",
                "MNEMOSYNE_TRACING_CONTENT", "some", "MNEMOSYNE_TRACING_EXCERPT_BYTES", "5")))
                .hasMessageContaining("tracing.enabled is 'yes' and must be: true or false")
                .hasMessageContaining("tracing.content is 'some' and must be: full, excerpt or none")
                .hasMessageContaining("tracing.excerpt-bytes is '5' and must be: at least 100");
    }

    @Test
    void shouldNameTheFileWhenItCannotBeRead() {
        Map<String, String> environment = Map.of(Settings.FILE_VARIABLE, directory.resolve("none.toml").toString());

        assertThatThrownBy(() -> Settings.read(environment)).hasMessageContaining("none.toml");
    }

    private Map<String, String> file(String toml) throws IOException {
        Path file = Files.writeString(directory.resolve("mnemosyne.toml"), toml);
        return new HashMap<>(Map.of(Settings.FILE_VARIABLE, file.toString()));
    }
}
