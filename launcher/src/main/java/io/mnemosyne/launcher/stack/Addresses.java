package io.mnemosyne.launcher.stack;

/**
 * Where the services of a stack are reached.
 *
 * @param kafka bootstrap servers, {@code host:port} separated by commas
 * @param registry base URL of the Confluent-compatible API
 * @param opensearch base URL
 * @param service base URL of the REST service
 */
public record Addresses(String kafka, String registry, String opensearch, String service) {
    /** Path of the Confluent-compatible API below an Apicurio Registry. */
    static final String REGISTRY_API = "/apis/ccompat/v7";
}
