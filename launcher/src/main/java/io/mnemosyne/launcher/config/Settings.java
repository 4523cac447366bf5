package io.mnemosyne.launcher.config;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import io.mnemosyne.core.Policy;
import io.mnemosyne.core.Policy.CachePrices;
import io.mnemosyne.core.admit.AdmissionRules;
import io.mnemosyne.core.fidelity.FidelityRules;
import io.mnemosyne.core.redact.OwnRules;
import io.mnemosyne.core.trace.JoinTimes;
import io.mnemosyne.core.view.group.GroupRules;
import io.mnemosyne.inference.completions.CompletionsMode;
import io.mnemosyne.inference.embeddings.EmbeddingEndpoint;
import io.mnemosyne.inference.models.ModelSettings;
import io.mnemosyne.launcher.CommandFailure;
import io.mnemosyne.launcher.telemetry.TelemetrySettings;
import io.mnemosyne.schemas.topics.TopicNames;
import io.mnemosyne.service.Memory;
import io.mnemosyne.service.watch.WebhookSettings;
import io.mnemosyne.trace.send.TraceBackend;

/**
 * All settings of a run, valid by construction.
 *
 * @param models who observes, reflects and summarizes
 * @param recall how questions to memory are answered
 * @param workerInPipeline whether the pipeline makes model calls itself
 * @param admission by what objects are kept at hand
 * @param embedding where texts are embedded; empty for the model that runs in the process
 * @param redactionKey of the fingerprints that replace secrets
 * @param ownRules what the user adds to the rules of redaction and takes away from them
 * @param purgeInterval between two deletions of what was read of the raw topics; zero for none
 * @param telemetry where the pipeline's own telemetry goes; empty for nowhere
 * @param tracing where traces are sent
 * @param webhook where it is posted that a context is compacted
 */
public record Settings(Stack stack, Kafka kafka, Registry registry, OpenSearch opensearch, Service service,
        Models models, Recall recall, boolean workerInPipeline, Policy policy, AdmissionRules admission,
        Optional<EmbeddingEndpoint> embedding, Optional<Secret> redactionKey, OwnRules ownRules,
        Duration purgeInterval, Optional<TelemetrySettings> telemetry, Tracing tracing,
        Optional<WebhookSettings> webhook) {
    /** Environment variable that names the file. */
    public static final String FILE_VARIABLE = "MNEMOSYNE_CONFIG";

    /**
     * What {@code up} starts itself. Ports are 0 for any free one.
     *
     * @param data directory that keeps everything that survives a restart
     */
    public record Stack(Path data, int kafkaPort, int registryPort, int opensearchPort) {
    }

    /**
     * The broker.
     *
     * @param bootstrapServers of an existing one; empty for the one that {@code up} starts
     * @param names of topics, with the prefix
     * @param client further settings of all Kafka clients
     */
    public record Kafka(List<String> bootstrapServers, TopicNames names, Map<String, String> client) {
        public Kafka {
            bootstrapServers = List.copyOf(bootstrapServers);
            client = Map.copyOf(client);
        }

        /** Without the client settings, among which are passwords. */
        @Override
        public String toString() {
            return "Kafka[bootstrapServers=" + bootstrapServers + ", names=" + names + ", client=" + client.keySet()
                    + "]";
        }
    }

    /** Who logs in with what. */
    public record Login(String user, Secret password) {
    }

    /**
     * The schema registry.
     *
     * @param urls of the Confluent-compatible API of an existing one; empty for the one that {@code up} starts
     */
    public record Registry(List<URI> urls, Optional<Login> login, Optional<Path> truststore,
            Optional<Secret> truststorePassword) {
        public Registry {
            urls = List.copyOf(urls);
        }
    }

    /**
     * The search index.
     *
     * @param urls of the nodes of an existing cluster; empty for the one that {@code up} starts
     * @param certificate PEM file of the authority that signed the cluster's certificate
     * @param index alias under which it is written and searched
     */
    public record OpenSearch(List<URI> urls, Optional<Login> login, Optional<Path> certificate, String index) {
        public OpenSearch {
            urls = List.copyOf(urls);
        }
    }

    /**
     * The REST service.
     *
     * @param port 0 for any free one
     */
    public record Service(String host, int port) {
    }

    /**
     * Who observes, reflects and summarizes, and within which limits.
     *
     * @param callBudget how long a request may take from its pick-up
     * @param maxInFlight requests answered at once by one process, at least 1
     * @param window tokens that the models take, answers included
     */
    public record Models(ModelSettings settings, CompletionsMode mode, Duration callBudget, int maxInFlight,
            long window) {

        /** Whether anybody is called in this mode. */
        public boolean calls() {
            return calls(mode);
        }

        static boolean calls(CompletionsMode mode) {
            return switch (mode) {
                case LIVE, REPLAY_OR_CALL -> true;
                case REPLAY_STRICT, STUB -> false;
            };
        }
    }

    /**
     * Where traces are sent.
     *
     * @param backends empty for none
     * @param times how long the sink waits for what belongs to a trace
     * @param spans what the stages tell
     */
    public record Tracing(List<TraceBackend> backends, JoinTimes times, io.mnemosyne.core.trace.Tracing spans) {
        public Tracing {
            backends = List.copyOf(backends);
        }
    }

    /**
     * How questions to memory are answered.
     *
     * @param time that models may take for an answer
     */
    public record Recall(Memory.Defaults defaults, Duration time) {
    }

    /**
     * Reads the file that {@link #FILE_VARIABLE} names, if it is set, and lays the other variables over it.
     *
     * @throws CommandFailure that lists everything that is wrong
     */
    public static Settings read(Map<String, String> environment) {
        Problems problems = new Problems();
        Optional<Path> file = Optional.ofNullable(environment.get(FILE_VARIABLE)).map(Path::of);
        Values values = new Values(new Sources(problems).read(file, environment), problems);
        Models models = new ModelValues(values, environment, problems).read();
        Settings settings = new Settings(stack(values),
                new Kafka(values.list(Keys.KAFKA_SERVERS), topicNames(values, problems), values.client()),
                registry(values, problems), opensearch(values, problems),
                new Service(values.required(Keys.SERVICE_HOST), values.port(Keys.SERVICE_PORT)),
                models, RecallKeys.read(values, problems), values.isOn(Keys.WORKER_IN_PIPELINE),
                policy(values, models.settings().summarizes(), problems),
                AdmissionKeys.read(values, problems), EmbeddingKeys.read(values, problems),
                values.secret(Keys.REDACTION_KEY, Keys.REDACTION_KEY_FILE),
                values.path(Keys.REDACTION_RULES).map(path -> RuleFile.read(path, problems)).orElse(OwnRules.NONE),
                Duration.ofSeconds(values.fromZero(Keys.REDACTION_PURGE)), TelemetryKeys.read(values),
                TracingKeys.read(values, problems), WatchKeys.webhook(values, problems));
        problems.throwIfAny();
        return settings;
    }

    private static Stack stack(Values values) {
        return new Stack(Path.of(values.required(Keys.DATA_DIR)), values.port(Keys.KAFKA_PORT),
                values.port(Keys.REGISTRY_PORT), values.port(Keys.OPENSEARCH_PORT));
    }

    private static TopicNames topicNames(Values values, Problems problems) {
        try {
            return new TopicNames(values.text(Keys.TOPIC_PREFIX).orElse(""));
        } catch (IllegalArgumentException e) {
            problems.add(Keys.TOPIC_PREFIX.name() + ": " + e.getMessage());
            return TopicNames.plain();
        }
    }

    private static Registry registry(Values values, Problems problems) {
        return new Registry(values.urls(Keys.REGISTRY_URLS),
                login(values.text(Keys.REGISTRY_USER),
                        values.secret(Keys.REGISTRY_PASSWORD, Keys.REGISTRY_PASSWORD_FILE), "registry", problems),
                values.file(Keys.REGISTRY_TRUSTSTORE),
                values.secret(Keys.REGISTRY_TRUSTSTORE_PASSWORD, Keys.REGISTRY_TRUSTSTORE_PASSWORD_FILE));
    }

    private static OpenSearch opensearch(Values values, Problems problems) {
        return new OpenSearch(values.urls(Keys.OPENSEARCH_URLS),
                login(values.text(Keys.OPENSEARCH_USER),
                        values.secret(Keys.OPENSEARCH_PASSWORD, Keys.OPENSEARCH_PASSWORD_FILE), "opensearch",
                        problems),
                values.file(Keys.OPENSEARCH_CERTIFICATE), values.required(Keys.OPENSEARCH_INDEX));
    }

    private static Optional<Login> login(Optional<String> user, Optional<Secret> password, String section,
            Problems problems) {
        if (user.isPresent() != password.isPresent()) {
            problems.add("%s.user and %s.password belong together: give both or neither".formatted(section, section));
        }
        return user.flatMap(name -> password.map(secret -> new Login(name, secret)));
    }

    private static Policy policy(Values values, boolean summaries, Problems problems) {
        long budget = values.count(Keys.POLICY_BUDGET);
        Policy scaled = Policy.standard().scaledTo(budget);
        FidelityRules fidelity = FidelityKeys.read(values, problems).withSummaries(summaries);
        GroupRules groups = FidelityKeys.groups(values, problems);
        try {
            return new Policy(values.policyName(Keys.POLICY_NAME), values.count(Keys.POLICY_WINDOW, scaled.window()),
                    budget, values.count(Keys.POLICY_UTILITY_WINDOW, scaled.utilityWindow()),
                    values.count(Keys.POLICY_OBSERVATION_THRESHOLD, scaled.observationThreshold()),
                    values.count(Keys.POLICY_MIN_BUFFER, scaled.minBufferInterval()),
                    values.count(Keys.POLICY_MAX_BUFFER, scaled.maxBufferInterval()),
                    values.count(Keys.POLICY_REFLECTION_THRESHOLD, scaled.reflectionThreshold()),
                    Math.toIntExact(values.count(Keys.POLICY_KEEP_RAW)),
                    new CachePrices(values.decimal(Keys.POLICY_CACHE_READ), values.decimal(Keys.POLICY_CACHE_WRITE),
                            values.count(Keys.POLICY_CACHE_TTL)),
                    values.zone(Keys.POLICY_TIMEZONE), fidelity, groups, values.decimal(WatchKeys.THRESHOLD));
        } catch (IllegalArgumentException | ArithmeticException e) {
            problems.add("the policy does not fit together: " + e.getMessage());
            return Policy.standard();
        }
    }
}
