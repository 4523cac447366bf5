package io.mnemosyne.scripted.langfuse;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;

import com.google.protobuf.InvalidProtocolBufferException;
import com.sun.net.httpserver.HttpExchange;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.trace.v1.Span;

/** Answers requests. Thread-safe. */
final class Reception {
    private static final int MOST_COMPLAINTS = 100;
    private static final String LOGIN = "Basic " + Base64.getEncoder().encodeToString(
            (LangfuseStandIn.PUBLIC_KEY + ":" + LangfuseStandIn.SECRET_KEY).getBytes(StandardCharsets.UTF_8));

    private final Faults faults = new Faults();
    private final SpanShelf spans = new SpanShelf();
    private final MediaShelf media;
    private final List<Received> requests = new CopyOnWriteArrayList<>();
    private final List<String> complaints = new CopyOnWriteArrayList<>();
    private volatile Predicate<Span> bad = _ -> false;
    private volatile int largest = 5_000_000;
    private volatile int newest = 4;
    private volatile Optional<Quota> quota = Optional.empty();
    private final MediaDesk desk;

    Reception(InstantSource clock) {
        media = new MediaShelf(clock);
        desk = new MediaDesk(media);
    }

    /** What a request turned out to hold. */
    private record Content(int bytes, int spans) {
    }

    private record Outcome(Reply reply, Content content) {
    }

    Faults faults() {
        return faults;
    }

    SpanShelf spans() {
        return spans;
    }

    MediaShelf media() {
        return media;
    }

    List<Received> requests() {
        return List.copyOf(requests);
    }

    List<String> complaints() {
        return List.copyOf(complaints);
    }

    void refuse(Predicate<Span> predicate) {
        bad = predicate;
    }

    void largest(int bytes) {
        largest = bytes;
    }

    void newestVersion(int version) {
        newest = version;
    }

    void quota(Quota other) {
        quota = Optional.of(other);
    }

    void mediaMode(MediaMode mode) {
        desk.mode(mode);
    }

    void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            byte[] body = exchange.getRequestBody().readAllBytes();
            String path = exchange.getRequestURI().getPath();
            Outcome outcome = answer(exchange, path, body);
            requests.add(new Received(exchange.getRequestMethod(), path, outcome.reply().status(), body.length,
                    outcome.content().bytes(), outcome.content().spans(), sha256(body)));
            if (outcome.reply().status() != 0) {
                send(exchange, outcome.reply());
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private static void send(HttpExchange exchange, Reply reply) throws IOException {
        byte[] bytes = reply.body().getBytes(StandardCharsets.UTF_8);
        reply.headers().forEach(exchange.getResponseHeaders()::set);
        exchange.getResponseHeaders().set("content-type", "application/json");
        exchange.sendResponseHeaders(reply.status(), bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    private Outcome answer(HttpExchange exchange, String path, byte[] body) throws InterruptedException {
        Content asItCame = new Content(body.length, 0);
        if (path.startsWith(MediaDesk.BUCKET)) {
            // Buckets take the signature of the address, and nothing beside it.
            int status = header(exchange, "authorization").isPresent()
                    ? 400
                    : media.put(path.substring(MediaDesk.BUCKET.length()), body, header(exchange, "content-type"),
                            header(exchange, "x-amz-checksum-sha256"));
            return new Outcome(Reply.of(status, ""), asItCame);
        }
        if (header(exchange, "authorization").filter(LOGIN::equals).isEmpty()) {
            return new Outcome(Reply.error(401, "Invalid credentials"), asItCame);
        }
        Optional<Duration> wait = quota.flatMap(Quota::refusal);
        if (wait.isPresent()) {
            long seconds = Math.max(1, wait.get().plusMillis(999).toSeconds());
            return new Outcome(new Reply(429, Map.of("Retry-After", Long.toString(seconds)),
                    "{\"message\":\"rate limit exceeded\"}"), asItCame);
        }
        if (path.equals(LangfuseStandIn.TRACES)) {
            return traces(exchange, body);
        }
        return new Outcome(path.startsWith(MediaDesk.PATH)
                ? desk.answer(exchange, path, body)
                : Reply.error(404, "no such path"), asItCame);
    }

    private Outcome traces(HttpExchange exchange, byte[] body) throws InterruptedException {
        Optional<Failure> failure = faults.take();
        if (failure.isEmpty()) {
            return stored(exchange, body);
        }
        Content asItCame = new Content(body.length, 0);
        return switch (failure.get()) {
            case Failure.Status(int status, Map<String, String> headers) ->
                new Outcome(new Reply(status, headers, "{\"message\":\"as asked for\"}"), asItCame);
            case Failure.Cut(boolean stores) ->
                new Outcome(Reply.NONE, stores ? stored(exchange, body).content() : asItCame);
            case Failure.Hang(boolean stores) -> {
                Content content = stores ? stored(exchange, body).content() : asItCame;
                faults.awaitHealing();
                yield new Outcome(Reply.NONE, content);
            }
            case Failure.StoredBut(int status) ->
                new Outcome(Reply.error(status, "as asked for"), stored(exchange, body).content());
        };
    }

    private Outcome stored(HttpExchange exchange, byte[] body) {
        Content asItCame = new Content(body.length, 0);
        boolean understood = header(exchange, "content-type").filter("application/x-protobuf"::equals).isPresent()
                && header(exchange, "content-encoding").filter("gzip"::equals).isPresent();
        if (!understood) {
            return new Outcome(Reply.error(415, "send application/x-protobuf in gzip"), asItCame);
        }
        Optional<String> version = header(exchange, "x-langfuse-ingestion-version");
        if (version.isPresent() && !(version.get().matches("[0-9]") && Integer.parseInt(version.get()) <= newest)) {
            return new Outcome(Reply.error(400, "invalid ingestion version"), asItCame);
        }
        if (version.isEmpty()) {
            complain("no ingestion version: the slow path");
        }
        try {
            byte[] plain = new GZIPInputStream(new ByteArrayInputStream(body)).readAllBytes();
            return read(plain, body.length);
        } catch (InvalidProtocolBufferException _) {
            return new Outcome(Reply.error(400, "no ExportTraceServiceRequest"), asItCame);
        } catch (IOException _) {
            return new Outcome(Reply.error(400, "no gzip"), asItCame);
        }
    }

    private Outcome read(byte[] plain, int encodedBytes) throws InvalidProtocolBufferException {
        if (Math.max(plain.length, encodedBytes) > largest) {
            return new Outcome(Reply.error(413, "Payload too large"), new Content(plain.length, 0));
        }
        List<Span> all = spans(ExportTraceServiceRequest.parseFrom(plain)).toList();
        Content content = new Content(plain.length, all.size());
        for (Span span : all) {
            Optional<String> fault = SpanRules.fault(span)
                    .or(() -> bad.test(span) ? Optional.of("invalid span " + span.getName()) : Optional.empty());
            if (fault.isPresent()) {
                return new Outcome(Reply.error(400, fault.get()), content);
            }
        }
        all.forEach(spans::store);
        all.forEach(span -> SpanRules.complaints(span).forEach(this::complain));
        return new Outcome(Reply.of(200, "{}"), content);
    }

    private static Stream<Span> spans(ExportTraceServiceRequest request) {
        return request.getResourceSpansList().stream().flatMap(resource -> resource.getScopeSpansList().stream())
                .flatMap(scope -> scope.getSpansList().stream());
    }

    private synchronized void complain(String complaint) {
        if (complaints.size() < MOST_COMPLAINTS) {
            complaints.add(complaint);
        }
    }

    private static Optional<String> header(HttpExchange exchange, String name) {
        return Optional.ofNullable(exchange.getRequestHeaders().getFirst(name));
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
