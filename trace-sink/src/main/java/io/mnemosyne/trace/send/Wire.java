package io.mnemosyne.trace.send;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Optional;

/** Speaks HTTP with one backend. Thread-safe. */
final class Wire implements AutoCloseable {
    private static final Duration CONNECT = Duration.ofSeconds(5);
    private static final String LANGFUSE_PATH = "/api/public/otel/v1/traces";

    private final TraceBackend backend;
    private final HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(CONNECT).followRedirects(HttpClient.Redirect.NEVER).build();
    private final URI traces;
    private volatile boolean announcesVersion;

    Wire(TraceBackend backend) {
        this.backend = backend;
        this.traces = traces(backend);
        this.announcesVersion = backend.kind() == TraceBackend.Kind.LANGFUSE;
    }

    URI traces() {
        return traces;
    }

    /** Whether requests say that they are made for the fast path of Langfuse; a server may be too old for it. */
    void announceVersion(boolean announces) {
        announcesVersion = announces;
    }

    /** Sends a compressed request for spans. */
    HttpResponse<byte[]> post(byte[] gzipped) throws IOException, InterruptedException {
        HttpRequest.Builder request = to(traces).header("content-type", "application/x-protobuf")
                .header("content-encoding", "gzip");
        if (backend.kind() == TraceBackend.Kind.LANGFUSE) {
            request.header("x-langfuse-sdk-name", backend.origin().service())
                    .header("x-langfuse-sdk-version", backend.origin().version());
        }
        if (announcesVersion) {
            request.header("x-langfuse-ingestion-version", "4");
        }
        return client.send(request.POST(BodyPublishers.ofByteArray(gzipped)).build(), BodyHandlers.ofByteArray());
    }

    /** Sends JSON to a path of the backend's API. */
    HttpResponse<String> json(String method, String path, String body) throws IOException, InterruptedException {
        return client.send(to(under(backend.url(), path)).header("content-type", "application/json")
                .method(method, BodyPublishers.ofString(body)).build(), BodyHandlers.ofString(StandardCharsets.UTF_8));
    }

    /** Sends bytes to where somebody else told to; without our credentials. */
    HttpResponse<Void> put(URI url, byte[] content, String contentType, String... headers)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(url).timeout(backend.limits().timeout())
                .header("content-type", contentType);
        if (headers.length > 0) {
            request.headers(headers);
        }
        return client.send(request.PUT(BodyPublishers.ofByteArray(content)).build(), BodyHandlers.discarding());
    }

    /** Ends requests that are under way. */
    @Override
    public void close() {
        client.shutdownNow();
    }

    private HttpRequest.Builder to(URI url) {
        HttpRequest.Builder request = HttpRequest.newBuilder(url).timeout(backend.limits().timeout());
        authorization().ifPresent(value -> request.header("authorization", value));
        backend.headers().forEach(request::setHeader);
        return request;
    }

    private Optional<String> authorization() {
        return backend.credentials().map(keys -> "Basic " + Base64.getEncoder()
                .encodeToString((keys.publicKey() + ":" + keys.secretKey()).getBytes(StandardCharsets.UTF_8)));
    }

    private static URI traces(TraceBackend backend) {
        if (backend.kind() == TraceBackend.Kind.LANGFUSE) {
            return under(backend.url(), LANGFUSE_PATH);
        }
        String path = backend.url().getPath();
        return path.isEmpty() || path.equals("/") ? under(backend.url(), "/v1/traces") : backend.url();
    }

    private static URI under(URI base, String path) {
        return URI.create(base.toString().replaceFirst("/+$", "") + path);
    }
}
