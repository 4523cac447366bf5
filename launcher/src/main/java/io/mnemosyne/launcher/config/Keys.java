package io.mnemosyne.launcher.config;

import java.util.List;
import java.util.stream.Stream;

import io.mnemosyne.core.Policy;
import io.mnemosyne.launcher.config.Key.Kind;
import io.mnemosyne.launcher.stack.Component;

/** All settings there are. */
final class Keys {
    /** Below it, everything is passed to the Kafka clients as it stands. */
    static final String CLIENT_PREFIX = "kafka.client.";

    private static final Policy POLICY = Policy.standard();

    static final Key DATA_DIR = new Key("stack.data-dir", Kind.PATH, ".mnemosyne",
            "Directory that keeps everything that survives a restart.");
    static final Key KAFKA_PORT = port("stack.kafka-port", Component.KAFKA, "Port of the broker that `up` starts.");
    static final Key REGISTRY_PORT = port("stack.registry-port", Component.REGISTRY,
            "Port of the schema registry that `up` starts.");
    static final Key OPENSEARCH_PORT = port("stack.opensearch-port", Component.OPENSEARCH,
            "Port of the OpenSearch that `up` starts.");
    static final Key KAFKA_SERVERS = new Key("kafka.bootstrap-servers", Kind.LIST, "",
            "Existing broker, `host:port`. Without it `up` starts one.");
    static final Key TOPIC_PREFIX = new Key("kafka.topic-prefix", Kind.TEXT, "", "Put before every topic's name.");
    static final Key REGISTRY_URLS = new Key("registry.urls", Kind.URLS, "",
            "Existing schema registry: base URLs of its Confluent-compatible API. Without it `up` starts one.");
    static final Key REGISTRY_USER = new Key("registry.user", Kind.TEXT, "", "User for basic authentication.");
    static final Key REGISTRY_PASSWORD = secret("registry.password", "Password of that user.");
    static final Key REGISTRY_PASSWORD_FILE = secretFile(REGISTRY_PASSWORD);
    static final Key REGISTRY_TRUSTSTORE = new Key("registry.truststore", Kind.PATH, "",
            "Java key store with the authority that signed the registry's certificate.");
    static final Key REGISTRY_TRUSTSTORE_PASSWORD = secret("registry.truststore-password",
            "Password of that key store.");
    static final Key REGISTRY_TRUSTSTORE_PASSWORD_FILE = secretFile(REGISTRY_TRUSTSTORE_PASSWORD);
    static final Key OPENSEARCH_URLS = new Key("opensearch.urls", Kind.URLS, "",
            "Existing OpenSearch: URLs of the nodes of one cluster. Without it `up` starts one.");
    static final Key OPENSEARCH_USER = new Key("opensearch.user", Kind.TEXT, "", "User for basic authentication.");
    static final Key OPENSEARCH_PASSWORD = secret("opensearch.password", "Password of that user.");
    static final Key OPENSEARCH_PASSWORD_FILE = secretFile(OPENSEARCH_PASSWORD);
    static final Key OPENSEARCH_CERTIFICATE = new Key("opensearch.certificate", Kind.PATH, "",
            "PEM file of the authority that signed the cluster's certificate.");
    static final Key OPENSEARCH_INDEX = new Key("opensearch.index", Kind.TEXT, "mnemosyne",
            "Alias under which the index is written and searched.");
    static final Key SERVICE_HOST = new Key("service.host", Kind.TEXT, "127.0.0.1", "Address the REST service binds.");
    static final Key SERVICE_PORT = port("service.port", Component.PIPELINE, "Port of the REST service.");
    static final Key WORKER_IN_PIPELINE = new Key("worker.in-pipeline", Kind.SWITCH, "true",
            "Whether the pipeline makes model calls itself. Where it does not, `mnemosyne worker` must run.");
    static final Key POLICY_NAME = new Key("policy.name", Kind.POLICY, POLICY.name(),
            "What becomes of old content: `observational` observes it, `fidelity` shows objects shorter, `hybrid` does both. A `policy` command changes it for one thread.");
    static final Key POLICY_WINDOW = tokens("policy.window", POLICY.window(), "Tokens that the agent's model takes.");
    static final Key POLICY_BUDGET = tokens("policy.budget", POLICY.budget(),
            "Hard ceiling of a view, tokens; at most the window. Settings in tokens that are not given follow it in proportion.");
    static final Key POLICY_UTILITY_WINDOW = tokens("policy.utility-window", POLICY.utilityWindow(),
            "Tokens that the models take which observe, reflect and summarize.");
    static final Key POLICY_OBSERVATION_THRESHOLD = tokens("policy.observation-threshold",
            POLICY.observationThreshold(), "Uncovered tokens at which observations are activated.");
    static final Key POLICY_MIN_BUFFER = tokens("policy.min-buffer-interval", POLICY.minBufferInterval(),
            "Smallest stretch worth observing ahead of need, tokens.");
    static final Key POLICY_MAX_BUFFER = tokens("policy.max-buffer-interval", POLICY.maxBufferInterval(),
            "Largest stretch observed at once, tokens.");
    static final Key POLICY_REFLECTION_THRESHOLD = tokens("policy.reflection-threshold", POLICY.reflectionThreshold(),
            "Tokens of live segments at which reflections must be there.");
    static final Key POLICY_KEEP_RAW = tokens("policy.keep-raw-turns", POLICY.keepRawTurns(),
            "Newest turns kept raw.");
    static final Key POLICY_CACHE_READ = new Key("policy.cache-read-price", Kind.DECIMAL,
            Double.toString(POLICY.cachePrices().read()), "Price of a cached token, relative to an input token.");
    static final Key POLICY_CACHE_WRITE = new Key("policy.cache-write-price", Kind.DECIMAL,
            Double.toString(POLICY.cachePrices().write()), "Price of writing a token to the provider's cache.");
    static final Key POLICY_CACHE_TTL = tokens("policy.cache-ttl-seconds", POLICY.cachePrices().ttlSeconds(),
            "How long an unused entry of the provider's cache lives, seconds.");
    static final Key POLICY_TIMEZONE = new Key("policy.timezone", Kind.ZONE, POLICY.zone().getId(),
            "Where users are: in which days begin and times are shown. A `policy` command changes it for one thread.");
    static final Key REDACTION_KEY = secret("redaction.key",
            "Key of the fingerprints that replace secrets. Without it one is drawn and kept in the data directory.");
    static final Key REDACTION_KEY_FILE = secretFile(REDACTION_KEY);
    static final Key REDACTION_RULES = new Key("redaction.rules", Kind.PATH, "",
            "TOML file with rules of your own, in the format of gitleaks; see docs/redaction.md.");
    static final Key REDACTION_PURGE = new Key("redaction.purge-seconds", Kind.WHOLE, "10",
            "How often what ingest has committed is deleted from `turns.raw` and `commands`, seconds. 0 for never: only where all producers redact, or something else purges.");

    /** In the order of the documentation. */
    static final List<Key> ALL = Stream.concat(Stream.of(DATA_DIR, KAFKA_PORT, REGISTRY_PORT, OPENSEARCH_PORT,
            KAFKA_SERVERS,
            TOPIC_PREFIX, REGISTRY_URLS, REGISTRY_USER, REGISTRY_PASSWORD, REGISTRY_PASSWORD_FILE, REGISTRY_TRUSTSTORE,
            REGISTRY_TRUSTSTORE_PASSWORD, REGISTRY_TRUSTSTORE_PASSWORD_FILE, OPENSEARCH_URLS, OPENSEARCH_USER,
            OPENSEARCH_PASSWORD, OPENSEARCH_PASSWORD_FILE, OPENSEARCH_CERTIFICATE, OPENSEARCH_INDEX, SERVICE_HOST,
            SERVICE_PORT, WORKER_IN_PIPELINE, POLICY_NAME, POLICY_WINDOW, POLICY_BUDGET, POLICY_UTILITY_WINDOW,
            POLICY_OBSERVATION_THRESHOLD, POLICY_MIN_BUFFER, POLICY_MAX_BUFFER, POLICY_REFLECTION_THRESHOLD,
            POLICY_KEEP_RAW, POLICY_CACHE_READ, POLICY_CACHE_WRITE, POLICY_CACHE_TTL, POLICY_TIMEZONE, REDACTION_KEY,
            REDACTION_KEY_FILE, REDACTION_RULES, REDACTION_PURGE),
            Stream.of(SpanKeys.ALL, TracingKeys.ALL, FidelityKeys.ALL, WatchKeys.ALL, AdmissionKeys.ALL, RecallKeys.ALL,
                    EmbeddingKeys.ALL, ModelKeys.ALL, TelemetryKeys.ALL)
                    .flatMap(List::stream))
            .toList();

    private Keys() {
    }

    private static Key port(String name, Component component, String meaning) {
        return new Key(name, Kind.PORT, Integer.toString(component.defaultPort()), meaning);
    }

    private static Key tokens(String name, long standard, String meaning) {
        return new Key(name, Kind.COUNT, Long.toString(standard), meaning);
    }

    static Key secret(String name, String meaning) {
        return new Key(name, Kind.SECRET, "", meaning);
    }

    static Key secretFile(Key secret) {
        return new Key(secret.name() + "-file", Kind.PATH, "", "File that holds `" + secret.name() + "`.");
    }
}
