package io.mnemosyne.launcher.config;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import io.mnemosyne.core.trace.JoinTimes;
import io.mnemosyne.launcher.config.Key.Kind;
import io.mnemosyne.trace.send.SendLimits;
import io.mnemosyne.trace.send.TraceBackend;
import io.mnemosyne.trace.send.TraceBackend.Credentials;
import io.mnemosyne.trace.send.TraceBackend.Origin;

/** The settings for where traces are sent. */
final class TracingKeys {
    private static final String LANGFUSE = "langfuse";
    private static final String OTLP = "otlp";

    static final Key LANGFUSE_URL = new Key("tracing.langfuse.url", Kind.URL, "",
            "Langfuse server that traces are sent to, for example `https://cloud.langfuse.com`. Without it none are sent there.");
    static final Key LANGFUSE_PUBLIC_KEY = new Key("tracing.langfuse.public-key", Kind.TEXT, "",
            "Public key of its project.");
    static final Key LANGFUSE_SECRET_KEY = Keys.secret("tracing.langfuse.secret-key", "Secret key of its project.");
    static final Key LANGFUSE_SECRET_KEY_FILE = Keys.secretFile(LANGFUSE_SECRET_KEY);
    static final Key OTLP_URL = new Key("tracing.otlp.url", Kind.URL, "",
            "Any other backend that takes OTLP over HTTP, such as Jaeger, Tempo or a collector: `http://127.0.0.1:4318`. Where the URL has no path, `/v1/traces` is added.");
    static final Key OTLP_HEADERS = Keys.secret("tracing.otlp.headers",
            "Headers of its requests, for example `authorization=Bearer abc,x-scope=team`.");
    static final Key OTLP_HEADERS_FILE = Keys.secretFile(OTLP_HEADERS);
    private static final Key ENVIRONMENT = new Key("tracing.environment", Kind.TEXT, Origin.UNKNOWN.environment(),
            "Environment that every span names: 1 to 40 characters out of a-z 0-9 _ -, not beginning with `langfuse`.");
    private static final Key RELEASE = new Key("tracing.release", Kind.TEXT, "",
            "Release of the agents' application that every span names.");
    private static final Key SPAN_TIMEOUT = new Key("tracing.span-timeout-seconds", Kind.COUNT,
            Long.toString(JoinTimes.STANDARD.span().toSeconds()),
            "After how long without news of its trace a step without an end is closed, seconds.");
    private static final Key PARENT_TIMEOUT = new Key("tracing.parent-timeout-seconds", Kind.COUNT,
            Long.toString(JoinTimes.STANDARD.parent().toSeconds()),
            "How long a step is held for the caller of its agent or for its session, and after how long without news of its trace a placeholder stands for a step that others are below, seconds.");

    static final List<Key> ALL = List.of(LANGFUSE_URL, LANGFUSE_PUBLIC_KEY, LANGFUSE_SECRET_KEY,
            LANGFUSE_SECRET_KEY_FILE, OTLP_URL, OTLP_HEADERS, OTLP_HEADERS_FILE, ENVIRONMENT, RELEASE, SPAN_TIMEOUT,
            PARENT_TIMEOUT);

    private final Values values;
    private final Problems problems;

    private TracingKeys(Values values, Problems problems) {
        this.values = values;
        this.problems = problems;
    }

    static Settings.Tracing read(Values values, Problems problems) {
        return new TracingKeys(values, problems).read();
    }

    private Settings.Tracing read() {
        Origin origin = origin();
        List<TraceBackend> backends = new ArrayList<>();
        langfuse(origin).ifPresent(backends::add);
        otlp(origin).ifPresent(backends::add);
        return new Settings.Tracing(backends, new JoinTimes(Duration.ofSeconds(values.count(SPAN_TIMEOUT)),
                Duration.ofSeconds(values.count(PARENT_TIMEOUT))),
                SpanKeys.read(values, !backends.isEmpty(), problems));
    }

    private Origin origin() {
        try {
            return new Origin(values.required(ENVIRONMENT), values.text(RELEASE), Origin.UNKNOWN.service(),
                    Origin.UNKNOWN.version());
        } catch (IllegalArgumentException e) {
            problems.add(ENVIRONMENT.name() + ": " + e.getMessage());
            return Origin.UNKNOWN;
        }
    }

    private Optional<TraceBackend> langfuse(Origin origin) {
        Optional<URI> url = values.urls(LANGFUSE_URL).stream().findFirst();
        Optional<String> publicKey = values.text(LANGFUSE_PUBLIC_KEY);
        Optional<Secret> secretKey = values.secret(LANGFUSE_SECRET_KEY, LANGFUSE_SECRET_KEY_FILE);
        if (url.isPresent() != publicKey.isPresent() || url.isPresent() != secretKey.isPresent()) {
            problems.add("%s, %s and %s (or %s) belong together: give all of them or none".formatted(
                    LANGFUSE_URL.name(), LANGFUSE_PUBLIC_KEY.name(), LANGFUSE_SECRET_KEY.variable(),
                    LANGFUSE_SECRET_KEY_FILE.name()));
            return Optional.empty();
        }
        return url.map(server -> TraceBackend.langfuse(LANGFUSE, server,
                new Credentials(publicKey.orElseThrow(), secretKey.orElseThrow().value())).with(origin));
    }

    private Optional<TraceBackend> otlp(Origin origin) {
        Optional<URI> url = values.urls(OTLP_URL).stream().findFirst();
        Optional<Secret> headers = values.secret(OTLP_HEADERS, OTLP_HEADERS_FILE);
        if (url.isEmpty() && headers.isPresent()) {
            problems.add("%s is set and %s is not: headers are for a backend".formatted(OTLP_HEADERS.variable(),
                    OTLP_URL.name()));
        }
        return url.flatMap(server -> headers(headers).flatMap(pairs -> {
            try {
                return Optional.of(new TraceBackend(OTLP, TraceBackend.Kind.OTLP, server, Optional.empty(), pairs,
                        origin, SendLimits.DEFAULT));
            } catch (IllegalArgumentException e) {
                problems.add(OTLP_HEADERS.variable() + ": " + e.getMessage());
                return Optional.empty();
            }
        }));
    }

    /** As {@code OTEL_EXPORTER_OTLP_HEADERS} has them, but nothing is escaped; empty after a problem. */
    private Optional<Map<String, String>> headers(Optional<Secret> given) {
        Map<String, String> headers = new LinkedHashMap<>();
        for (String pair : given.map(Secret::value).orElse("").split(",", -1)) {
            int equals = pair.indexOf('=');
            if (equals > 0) {
                headers.put(pair.substring(0, equals).strip(), pair.substring(equals + 1).strip());
            } else if (!pair.isBlank()) {
                problems.add("a header in " + OTLP_HEADERS.variable()
                        + " has no '='; write name=value, and a comma between two");
                return Optional.empty();
            }
        }
        return Optional.of(headers);
    }
}
