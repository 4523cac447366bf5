package io.mnemosyne.launcher.pipeline;

import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.apache.kafka.clients.admin.Admin;

import io.mnemosyne.launcher.CommandFailure;
import io.mnemosyne.launcher.ExitCode;
import io.mnemosyne.launcher.config.Settings;
import io.mnemosyne.schemas.serde.RegistrySettings;
import io.mnemosyne.schemas.topics.TopicAdmin;
import io.mnemosyne.schemas.topics.TopicNames;

/**
 * How to reach the broker and the registry, which the pipeline and every worker share.
 *
 * @param bootstrapServers {@code host:port}, several separated by commas
 * @param client raw Kafka client settings, for example credentials
 */
record KafkaPlan(String bootstrapServers, Map<String, String> client, TopicNames names, RegistrySettings registry) {
    private static final Duration REGISTRY_TIMEOUT = Duration.ofSeconds(5);

    /**
     * The plan for services that run already.
     *
     * @throws CommandFailure if an address is missing
     */
    static KafkaPlan of(Settings settings) {
        return new KafkaPlan(
                String.join(",", required("kafka.bootstrap-servers", settings.kafka().bootstrapServers())),
                settings.kafka().client(), settings.kafka().names(), registry(settings.registry()));
    }

    /** What every Kafka client needs to connect. */
    Map<String, Object> connection() {
        Map<String, Object> connection = new HashMap<>(client);
        connection.put("bootstrap.servers", bootstrapServers);
        return connection;
    }

    /** Creates the topics that are missing. */
    void ensureTopics() {
        try (Admin admin = Admin.create(connection())) {
            TopicAdmin.ensure(admin, names);
        }
    }

    static <T> List<T> required(String key, List<T> addresses) {
        if (addresses.isEmpty()) {
            throw new CommandFailure(ExitCode.CONFIGURATION,
                    key + " is not set; this process needs the addresses of its services");
        }
        return addresses;
    }

    private static RegistrySettings registry(Settings.Registry registry) {
        List<String> urls = required("registry.urls", registry.urls()).stream().map(URI::toString).toList();
        Optional<RegistrySettings.Tls> tls = registry.truststore().map(store -> RegistrySettings.Tls.trusting(store,
                registry.truststorePassword().map(secret -> secret.value()).orElse("")));
        return new RegistrySettings(urls,
                registry.login().map(login -> new RegistrySettings.Credentials(login.user(), login.password().value())),
                tls, REGISTRY_TIMEOUT);
    }
}
