package io.mnemosyne.schemas.serde;

import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How to reach a schema registry that speaks Confluent's REST interface.
 *
 * @param urls tried in turn, for example {@code http://localhost:8081/apis/ccompat/v7}; at least one
 * @param credentials for HTTP basic authentication
 * @param tls trust and identity for {@code https} addresses; empty for what the JVM trusts
 * @param timeout of a connection attempt and of an answer, each
 */
public record RegistrySettings(List<String> urls, Optional<Credentials> credentials, Optional<Tls> tls,
        Duration timeout) {
    private static final Duration TIMEOUT = Duration.ofSeconds(5);

    /** @throws IllegalArgumentException if there is no address or one is not {@code http(s)://} */
    public RegistrySettings {
        urls = List.copyOf(urls);
        if (urls.isEmpty()) {
            throw new IllegalArgumentException("no schema registry address; give at least one http(s):// URL");
        }
        for (String url : urls) {
            if (!url.startsWith("http://") && !url.startsWith("https://")) {
                throw new IllegalArgumentException(
                        "schema registry address '" + url + "' must begin with http:// or https://");
            }
        }
    }

    /** Without authentication, with the JVM's own trust. */
    public static RegistrySettings of(String... urls) {
        return new RegistrySettings(List.of(urls), Optional.empty(), Optional.empty(), TIMEOUT);
    }

    public RegistrySettings withCredentials(String user, String password) {
        return new RegistrySettings(urls, Optional.of(new Credentials(user, password)), tls, timeout);
    }

    public RegistrySettings withTls(Tls trustAndIdentity) {
        return new RegistrySettings(urls, credentials, Optional.of(trustAndIdentity), timeout);
    }

    /** HTTP basic authentication. */
    public record Credentials(String user, String password) {
        @Override
        public String toString() {
            return "Credentials[user=" + user + "]";
        }
    }

    /**
     * Stores for TLS.
     *
     * @param truststore certificates to trust
     * @param keystore the client's own certificate, where the registry asks for one
     */
    public record Tls(Optional<Store> truststore, Optional<Store> keystore) {
        /** Trust only what the store holds. */
        public static Tls trusting(Path truststore, String password) {
            return new Tls(Optional.of(new Store(truststore, password)), Optional.empty());
        }
    }

    /** A PKCS12 or JKS file; the file's extension {@code .jks} tells the latter. */
    public record Store(Path file, String password) {
        private String type() {
            return file.toString().endsWith(".jks") ? "JKS" : "PKCS12";
        }

        @Override
        public String toString() {
            return "Store[file=" + file + "]";
        }
    }

    /** As the Confluent client takes them. */
    Map<String, Object> clientSettings() {
        Map<String, Object> settings = new HashMap<>();
        settings.put("http.connect.timeout.ms", (int) timeout.toMillis());
        settings.put("http.read.timeout.ms", (int) timeout.toMillis());
        credentials.ifPresent(known -> {
            settings.put("basic.auth.credentials.source", "USER_INFO");
            settings.put("basic.auth.user.info", known.user() + ":" + known.password());
        });
        tls.flatMap(Tls::truststore).ifPresent(store -> put(settings, "truststore", store));
        tls.flatMap(Tls::keystore).ifPresent(store -> put(settings, "keystore", store));
        return settings;
    }

    private static void put(Map<String, Object> settings, String kind, Store store) {
        String prefix = "schema.registry.ssl." + kind + ".";
        settings.put(prefix + "location", store.file().toString());
        settings.put(prefix + "password", store.password());
        settings.put(prefix + "type", store.type());
    }
}
