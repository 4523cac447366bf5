package io.mnemosyne.trace.send;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Langfuse's media protocol: ask where to, put it there, report it. A server may have no place for media, or one that cannot
 * be reached from here; then it is left alone for a while, and fields go in parts.
 */
final class LangfuseMedia implements MediaStore {
    private static final Logger LOGGER = LoggerFactory.getLogger(LangfuseMedia.class);
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String PATH = "/api/public/media";
    private static final Duration LEFT_ALONE = Duration.ofMinutes(10);
    private static final int ATTEMPTS = 3;

    private final Wire wire;
    private final Gate gate;
    private final Handover handover;
    private final Tally tally;
    private final Backoff backoff;
    private final InstantSource clock;
    private volatile long unusableUntil = Long.MIN_VALUE;

    LangfuseMedia(Wire wire, Gate gate, Handover handover, Tally tally, Backoff backoff, InstantSource clock) {
        this.wire = wire;
        this.gate = gate;
        this.handover = handover;
        this.tally = tally;
        this.backoff = backoff;
        this.clock = clock;
    }

    private enum Result {
        STORED,
        /** This content cannot be stored. */
        UNWANTED,
        /** No content can be stored. */
        ABSENT,
        /** Something failed; another attempt may not. */
        FAILED,
        /** It has to wait; not an attempt. */
        HELD_UP
    }

    @Override
    public boolean usable() {
        return clock.millis() >= unusableUntil;
    }

    @Override
    public boolean upload(Upload upload) throws InterruptedException {
        if (!usable()) {
            return false;
        }
        Result result = attempts(upload);
        if (result == Result.FAILED) {
            // Is it the media, or all of the server? If all of it fails, the spans would not get there either.
            handover.awaitBackend();
            result = attempts(upload);
        }
        if (result == Result.FAILED || result == Result.ABSENT) {
            unusableUntil = clock.millis() + LEFT_ALONE.toMillis();
            LOGGER.atWarn().log("A Langfuse does not take media; large fields go in parts for ten minutes");
        }
        if (result == Result.STORED) {
            tally.uploaded();
        }
        return result == Result.STORED;
    }

    /** Whether media can be stored at the first attempt. */
    boolean probe(Upload upload) throws InterruptedException {
        boolean stored = once(upload) == Result.STORED;
        unusableUntil = stored ? Long.MIN_VALUE : clock.millis() + LEFT_ALONE.toMillis();
        return stored;
    }

    private Result attempts(Upload upload) throws InterruptedException {
        int failed = 0;
        while (true) {
            Result result = once(upload);
            if (result != Result.FAILED && result != Result.HELD_UP) {
                return result;
            }
            if (result == Result.FAILED && ++failed == ATTEMPTS) {
                return result;
            }
            tally.retried();
            Thread.sleep(backoff.after(Math.max(1, failed)));
        }
    }

    private Result once(Upload upload) throws InterruptedException {
        try {
            HttpResponse<String> created = create(upload);
            return switch (created.statusCode()) {
                case 200, 201 -> put(upload, JSON.readTree(created.body()));
                case 400, 413, 422 -> Result.UNWANTED;
                case 404, 405, 501 -> Result.ABSENT;
                case 429 -> Result.HELD_UP;
                default -> Result.FAILED;
            };
        } catch (IOException | IllegalArgumentException e) {
            LOGGER.atWarn().addKeyValue("error", e.getClass().getSimpleName()).log("An upload failed");
            return Result.FAILED;
        }
    }

    private HttpResponse<String> create(Upload upload) throws IOException, InterruptedException {
        return call("POST", PATH, JSON.createObjectNode().put("traceId", upload.trace().hex())
                .put("observationId", upload.span().hex()).put("contentType", upload.contentType())
                .put("contentLength", upload.content().size()).put("sha256Hash", upload.sha256Base64())
                .put("field", upload.field()).toString());
    }

    private Result put(Upload upload, JsonNode created) throws IOException, InterruptedException {
        if (!created.path("mediaId").asText().equals(upload.mediaId())) {
            LOGGER.atWarn().log("A Langfuse gives media other ids than their hashes, so spans cannot name them");
            return Result.ABSENT;
        }
        String url = created.path("uploadUrl").asText("");
        if (created.path("uploadUrl").isNull() || url.isEmpty()) {
            return Result.STORED;
        }
        long before = System.nanoTime();
        HttpResponse<Void> stored = wire.put(URI.create(url), upload.content().toByteArray(), upload.contentType(),
                headers(URI.create(url), upload));
        String report = JSON.createObjectNode().put("uploadedAt", clock.instant().toString())
                .put("uploadHttpStatus", stored.statusCode())
                .put("uploadTimeMs", Duration.ofNanos(System.nanoTime() - before).toMillis()).toString();
        int reported = call("PATCH", PATH + "/" + upload.mediaId(), report).statusCode();
        return stored.statusCode() / 100 == 2 && reported / 100 == 2 ? Result.STORED : Result.FAILED;
    }

    /** What the stores behind presigned addresses want. */
    private static String[] headers(URI url, Upload upload) {
        String host = Optional.ofNullable(url.getHost()).orElse("");
        if (host.endsWith("storage.googleapis.com")) {
            return new String[0];
        }
        return host.endsWith(".blob.core.windows.net")
                ? new String[]{"x-ms-blob-type", "BlockBlob", "x-amz-checksum-sha256", upload.sha256Base64()}
                : new String[]{"x-amz-checksum-sha256", upload.sha256Base64()};
    }

    /** Counts against the same quota as spans. */
    private HttpResponse<String> call(String method, String path, String body)
            throws IOException, InterruptedException {
        Gate.Pass pass = gate.enter();
        HttpResponse<String> response;
        try {
            response = wire.json(method, path, body);
        } catch (IOException | InterruptedException | RuntimeException e) {
            gate.abandon();
            throw e;
        }
        if (response.statusCode() == 429) {
            gate.leave(pass, new Reply.Busy(response.headers().firstValue("retry-after")
                    .flatMap(value -> RetryAfter.parse(value, clock.instant()))));
        } else {
            // Whatever else media come to says nothing of how spans fare.
            gate.abandon();
        }
        return response;
    }
}
