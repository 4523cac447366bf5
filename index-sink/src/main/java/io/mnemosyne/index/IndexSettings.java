package io.mnemosyne.index;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * How the index is reached and written.
 *
 * @param urls of the nodes of one cluster, http or https, at least one
 * @param credentials for basic authentication; empty for none
 * @param certificate PEM file of the authority that signed the cluster's certificate; empty for the JDK's own list
 * @param prefix name of the alias under which the index is written and searched
 * @param bulkDocuments most changes sent at once, 1 to 10,000
 * @param bulkBytes most bytes of changes sent at once, about; a larger document is sent alone
 * @param refresh how soon a written document is found by a search
 */
public record IndexSettings(List<URI> urls, Optional<Credentials> credentials, Optional<Path> certificate,
        String prefix,
        int bulkDocuments, int bulkBytes, Duration refresh) {
    private static final Pattern INDEX_NAME = Pattern.compile("[a-z0-9][a-z0-9._-]{0,99}");

    /** @throws IllegalArgumentException naming the first setting that cannot be used */
    public IndexSettings {
        urls = List.copyOf(urls);
        require(!urls.isEmpty(), "give at least one url of an OpenSearch node");
        urls.forEach(url -> require(isHttp(url),
                "OpenSearch url '" + url + "' must look like http://host:port or https://host:port"));
        require(INDEX_NAME.matcher(prefix).matches(),
                "index prefix '" + prefix + "' must be 1 to 100 characters out of a-z 0-9 . _ -");
        require(bulkDocuments >= 1 && bulkDocuments <= 10_000,
                "bulk documents must be 1 to 10000, was " + bulkDocuments);
        require(bulkBytes >= 1024, "bulk bytes must be at least 1024, was " + bulkBytes);
        require(refresh.toMillis() >= 1, "refresh must be at least a millisecond, was " + refresh);
    }

    /** The defaults: no credentials, up to 500 documents or 4 MiB at once, found after a second. */
    public static IndexSettings at(URI... urls) {
        return new IndexSettings(List.of(urls), Optional.empty(), Optional.empty(), "mnemosyne", 500, 4 * 1024 * 1024,
                Duration.ofSeconds(1));
    }

    /** The same settings under another prefix. */
    public IndexSettings withPrefix(String other) {
        return new IndexSettings(urls, credentials, certificate, other, bulkDocuments, bulkBytes, refresh);
    }

    private static boolean isHttp(URI url) {
        return url.getHost() != null && ("http".equals(url.getScheme()) || "https".equals(url.getScheme()));
    }

    private static void require(boolean holds, String message) {
        if (!holds) {
            throw new IllegalArgumentException(message);
        }
    }

    /** Whom to log in as. */
    public record Credentials(String user, String password) {
        /** Without the password. */
        @Override
        public String toString() {
            return "Credentials[user=" + user + "]";
        }
    }
}
