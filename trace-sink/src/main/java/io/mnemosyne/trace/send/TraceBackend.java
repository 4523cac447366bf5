package io.mnemosyne.trace.send;

import java.net.URI;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * A place to which finished spans are sent.
 *
 * @param name under which its group, its dead letters and its figures are known
 * @param url of a Langfuse server, as its projects' settings give it; of another backend its OTLP/HTTP endpoint, to which
 *            {@code /v1/traces} is added where it has no path
 * @param credentials a Langfuse project's keys, or another backend's user and password; empty for none
 * @param headers sent with every request, for example a token
 */
public record TraceBackend(String name, Kind kind, URI url, Optional<Credentials> credentials,
        Map<String, String> headers, Origin origin, SendLimits limits) {
    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9-]{0,39}");
    private static final Pattern TOKEN = Pattern.compile("[A-Za-z0-9!#$%&'*+.^_`|~-]+");

    /** What the backend understands beside OTLP. */
    public enum Kind {
        /** Attributes, media and headers of Langfuse. */
        LANGFUSE,
        /** OTLP with the GenAI conventions, as Jaeger, Tempo or a collector take it. */
        OTLP
    }

    /** @throws IllegalArgumentException naming the first setting that cannot be used */
    public TraceBackend {
        headers = Map.copyOf(headers);
        require(NAME.matcher(name).matches(),
                "trace backend name '" + name + "' must be 1 to 40 characters out of a-z 0-9 -");
        require(url.getHost() != null && ("http".equals(url.getScheme()) || "https".equals(url.getScheme())),
                "the url of trace backend '" + name + "' must look like https://host or https://host/path");
        require(kind == Kind.OTLP || credentials.isPresent(),
                "trace backend '" + name + "' is a Langfuse and needs a project's public and secret key");
        headers.forEach((header, value) -> require(
                TOKEN.matcher(header).matches() && value.chars().noneMatch(c -> c < ' ' && c != '\t'),
                "a header of trace backend '" + name + "' is none that HTTP knows; its name is '" + header + "'"));
    }

    /** A Langfuse with the defaults. */
    public static TraceBackend langfuse(String name, URI url, Credentials credentials) {
        return new TraceBackend(name, Kind.LANGFUSE, url, Optional.of(credentials), Map.of(), Origin.UNKNOWN,
                SendLimits.DEFAULT);
    }

    /** Another backend with the defaults. */
    public static TraceBackend otlp(String name, URI url, Map<String, String> headers) {
        return new TraceBackend(name, Kind.OTLP, url, Optional.empty(), headers, Origin.UNKNOWN, SendLimits.DEFAULT);
    }

    public TraceBackend with(Origin other) {
        return new TraceBackend(name, kind, url, credentials, headers, other, limits);
    }

    public TraceBackend with(SendLimits other) {
        return new TraceBackend(name, kind, url, credentials, headers, origin, other);
    }

    /** Without the values of headers, which may be secret. */
    @Override
    public String toString() {
        Map<String, String> hidden = new TreeMap<>(headers);
        hidden.replaceAll((_, _) -> "***");
        return "TraceBackend[name=" + name + ", kind=" + kind + ", url=" + url + ", credentials=" + credentials
                + ", headers=" + hidden + ", origin=" + origin + ", limits=" + limits + "]";
    }

    private static void require(boolean holds, String message) {
        if (!holds) {
            throw new IllegalArgumentException(message);
        }
    }

    /** With what to log in. */
    public record Credentials(String publicKey, String secretKey) {
        /** Without the secret key. */
        @Override
        public String toString() {
            return "Credentials[publicKey=" + publicKey + "]";
        }
    }

    /**
     * Where spans come from; said on every span.
     *
     * @param environment 1 to 40 characters out of a-z 0-9 _ -, not beginning with {@code langfuse}
     * @param release of the agents' application, if it has one
     * @param service its name
     * @param version of the service
     */
    public record Origin(String environment, Optional<String> release, String service, String version) {
        private static final Pattern ENVIRONMENT = Pattern.compile("(?!langfuse)[a-z0-9_-]{1,40}");
        public static final Origin UNKNOWN = new Origin("default", Optional.empty(), "mnemosyne", "unknown");

        /** @throws IllegalArgumentException if Langfuse would take the environment for another */
        public Origin {
            require(ENVIRONMENT.matcher(environment).matches(), "trace environment '" + environment
                    + "' must be 1 to 40 characters out of a-z 0-9 _ - and not begin with langfuse");
        }
    }
}
