package io.mnemosyne.service;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.zip.GZIPInputStream;

import io.javalin.http.Context;
import org.apache.kafka.common.errors.RecordTooLargeException;

import io.mnemosyne.core.Position;
import io.mnemosyne.core.ThreadKey;
import io.mnemosyne.core.trace.SpanEvent;
import io.mnemosyne.service.otlp.MalformedException;
import io.mnemosyne.service.otlp.OtlpFormat;
import io.mnemosyne.service.otlp.OtlpSpans;

/**
 * OTLP/HTTP for traces. It is answered as that protocol says: failures as a {@code google.rpc.Status} in the form of the
 * request, those that are worth another attempt with 503 and {@code Retry-After}.
 */
final class OtlpResource {
    private static final int INVALID = 3;
    private static final int TOO_MUCH = 8;
    private static final int AWAY = 14;
    private static final int PATIENCE_SECONDS = 2;

    private final SpanIntake intake;
    private final int maxBytes;

    /** @param maxBytes largest body, unpacked */
    OtlpResource(SpanIntake intake, int maxBytes) {
        this.intake = intake;
        this.maxBytes = maxBytes;
    }

    void post(Context request) {
        String contentType = String.valueOf(request.contentType());
        OtlpFormat format = OtlpFormat.of(contentType).orElse(OtlpFormat.JSON);
        try {
            if (OtlpFormat.of(contentType).isEmpty()) {
                fail(request, format, 415, INVALID, "send application/x-protobuf or application/json");
                return;
            }
            OtlpSpans read = format.read(unpacked(request));
            answer(request, format, tenant(request), read);
        } catch (MalformedException e) {
            fail(request, format, 400, INVALID, String.valueOf(e.getMessage()));
        } catch (TooLargeException e) {
            fail(request, format, 413, TOO_MUCH, "the body has more than " + maxBytes
                    + " bytes when it is unpacked; send fewer spans at once");
        } catch (IOException e) {
            fail(request, format, 400, INVALID, "the body is said to be gzip and is not");
        }
    }

    private void answer(Context request, OtlpFormat format, String tenant, OtlpSpans read) {
        List<CompletableFuture<Position>> sent = new ArrayList<>();
        for (SpanEvent.Finished span : read.spans()) {
            sent.add(intake.take(tenant, span));
        }
        List<String> refused = new ArrayList<>(read.refused());
        boolean stored = true;
        for (CompletableFuture<Position> position : sent) {
            stored &= isStored(position, refused);
        }
        if (stored) {
            request.contentType(format.contentType()).result(format.answer(refused));
        } else {
            request.header("Retry-After", Integer.toString(PATIENCE_SECONDS));
            fail(request, format, 503, AWAY,
                    "Kafka did not confirm all spans; send them again, nothing is shown twice");
        }
    }

    /** Too large a span will be as large the next time. */
    private static boolean isStored(CompletableFuture<Position> position, List<String> refused) {
        try {
            position.get();
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RecordTooLargeException) {
                refused.add("a span is larger than a record may be, 16 MiB");
                return true;
            }
            return false;
        }
    }

    private static void fail(Context request, OtlpFormat format, int status, int code, String message) {
        request.status(status).contentType(format.contentType()).result(format.problem(code, message));
    }

    /** Without a tenant in the path it is the one that is there without being named. */
    private static String tenant(Context request) {
        return request.pathParamMap().containsKey("tenant")
                ? Requests.tenant(request)
                : ThreadKey.DEFAULT_TENANT;
    }

    private byte[] unpacked(Context request) throws IOException, TooLargeException {
        byte[] body = request.bodyAsBytes();
        String encoding = Requests.header(request, "Content-Encoding").orElse("identity").toLowerCase(Locale.ROOT);
        if (encoding.equals("identity")) {
            return body;
        }
        if (!encoding.equals("gzip")) {
            throw Problem.other(415, "the content encoding is '" + encoding + "'; send gzip or none");
        }
        try (InputStream packed = new GZIPInputStream(new ByteArrayInputStream(body))) {
            byte[] unpacked = packed.readNBytes(maxBytes + 1);
            if (unpacked.length > maxBytes) {
                throw new TooLargeException();
            }
            return unpacked;
        }
    }

    private static final class TooLargeException extends Exception {
        private static final long serialVersionUID = 1L;
    }
}
