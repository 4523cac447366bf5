package io.mnemosyne.trace.send;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;

import com.google.protobuf.InvalidProtocolBufferException;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceResponse;

/** One attempt to hand over a request, and what its answer means. Thread-safe. */
final class Exchange {
    private final Wire wire;
    private final InstantSource clock;

    Exchange(Wire wire, InstantSource clock) {
        this.wire = wire;
        this.clock = clock;
    }

    Reply send(byte[] gzipped) throws InterruptedException {
        try {
            HttpResponse<byte[]> response = wire.post(gzipped);
            return meaning(response.statusCode(), response.headers().firstValue("retry-after"), response.body());
        } catch (IOException e) {
            return new Reply.Unknown(e.getClass().getSimpleName(), Optional.empty());
        }
    }

    private Reply meaning(int status, Optional<String> retryAfter, byte[] body) {
        Optional<Duration> wait = retryAfter.flatMap(value -> RetryAfter.parse(value, clock.instant()));
        return switch (status) {
            case 200, 201, 202, 204 -> new Reply.Taken(rejected(body));
            case 400, 422 -> new Reply.Refused(status, new String(body, StandardCharsets.UTF_8));
            case 408, 425 -> new Reply.Unknown("status " + status, wait);
            case 413 -> new Reply.TooLarge(status);
            case 429 -> new Reply.Busy(wait);
            // A wrong path or a login page is no fault of the spans either.
            default -> status >= 500 ? new Reply.Unknown("status " + status, wait) : new Reply.Denied(status);
        };
    }

    private static long rejected(byte[] body) {
        try {
            return ExportTraceServiceResponse.parseFrom(body).getPartialSuccess().getRejectedSpans();
        } catch (InvalidProtocolBufferException _) {
            // Langfuse answers with JSON that says nothing.
            return 0;
        }
    }
}
