package io.mnemosyne.launcher.pipeline;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import io.mnemosyne.core.Policy;
import io.mnemosyne.core.redact.TenantRedactors;
import io.mnemosyne.index.IndexSettings;
import io.mnemosyne.launcher.CommandFailure;
import io.mnemosyne.launcher.ExitCode;
import io.mnemosyne.launcher.config.Settings;
import io.mnemosyne.schemas.serde.RegistrySettings;
import io.mnemosyne.schemas.topics.TopicNames;
import io.mnemosyne.service.ServiceSettings;

/**
 * What the pipeline needs to know, in the words of its parts.
 *
 * @param bootstrapServers {@code host:port}, several separated by commas
 * @param client raw Kafka client settings, for example credentials
 * @param stateDir where the topologies keep their stores
 */
record PipelinePlan(String bootstrapServers, Map<String, String> client, TopicNames names, RegistrySettings registry,
        IndexSettings index, ServiceSettings service, Policy policy, TenantRedactors redactors, Path stateDir) {
    private static final Duration REGISTRY_TIMEOUT = Duration.ofSeconds(5);

    /**
     * The plan for a pipeline whose services all run already.
     *
     * @throws CommandFailure if an address is missing
     */
    static PipelinePlan of(Settings settings) {
        return new PipelinePlan(
                String.join(",", required("kafka.bootstrap-servers", settings.kafka().bootstrapServers())),
                settings.kafka().client(), settings.kafka().names(), registry(settings.registry()),
                index(settings.opensearch()),
                ServiceSettings.standard().withHost(settings.service().host()).withPort(settings.service().port()),
                settings.policy(),
                new TenantRedactors(RedactionKey.of(settings.redactionKey(), settings.stack().data())),
                settings.stack().data().resolve("state"));
    }

    private static RegistrySettings registry(Settings.Registry registry) {
        List<String> urls = required("registry.urls", registry.urls()).stream().map(URI::toString).toList();
        Optional<RegistrySettings.Tls> tls = registry.truststore().map(store -> RegistrySettings.Tls.trusting(store,
                registry.truststorePassword().map(secret -> secret.value()).orElse("")));
        return new RegistrySettings(urls,
                registry.login().map(login -> new RegistrySettings.Credentials(login.user(), login.password().value())),
                tls, REGISTRY_TIMEOUT);
    }

    private static IndexSettings index(Settings.OpenSearch opensearch) {
        IndexSettings standard = IndexSettings
                .at(required("opensearch.urls", opensearch.urls()).toArray(URI[]::new)).withPrefix(opensearch.index());
        return new IndexSettings(standard.urls(),
                opensearch.login().map(login -> new IndexSettings.Credentials(login.user(), login.password().value())),
                opensearch.certificate(), standard.prefix(), standard.bulkDocuments(), standard.bulkBytes(),
                standard.refresh());
    }

    private static <T> List<T> required(String key, List<T> addresses) {
        if (addresses.isEmpty()) {
            throw new CommandFailure(ExitCode.CONFIGURATION,
                    key + " is not set; the pipeline needs the addresses of all services");
        }
        return addresses;
    }
}
