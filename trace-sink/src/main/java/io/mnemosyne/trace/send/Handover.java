package io.mnemosyne.trace.send;

import java.util.Arrays;
import java.util.List;

import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sends the same bytes until the backend says something final about them. Thread-safe. */
final class Handover {
    private static final Logger LOGGER = LoggerFactory.getLogger(Handover.class);

    private final TraceBackend backend;
    private final Exchange exchange;
    private final Gate gate;
    private final Tally tally;
    private final Backoff backoff;
    private final byte[] empty;

    Handover(TraceBackend backend, Envelope envelope, Exchange exchange, Gate gate, Tally tally) {
        this.backend = backend;
        this.exchange = exchange;
        this.gate = gate;
        this.tally = tally;
        this.backoff = new Backoff(backend.limits().longestWait());
        this.empty = Envelope.gzip(envelope.request(List.of()));
    }

    /** Taken, refused or too large; everything else passes some time, and this waits for it. */
    Reply untilFinal(ExportTraceServiceRequest request) throws InterruptedException {
        return untilFinal(Envelope.gzip(request));
    }

    /**
     * Waits until the backend takes a request without spans. One that refuses even that dislikes something else than a span,
     * for example a header.
     */
    void awaitBackend() throws InterruptedException {
        Reply _ = untilFinal(empty);
    }

    private Reply untilFinal(byte[] body) throws InterruptedException {
        int unknown = 0;
        while (true) {
            Reply reply = once(body);
            switch (reply) {
                case Reply.Taken _,Reply.Refused _,Reply.TooLarge _ -> {
                    return reply;
                }
                case Reply.Busy _ -> LOGGER.atInfo().addKeyValue("backend", backend.name())
                        .log("A trace backend asks to wait");
                case Reply.Unknown(String cause, _) -> {
                    unknown++;
                    LOGGER.atWarn().addKeyValue("backend", backend.name()).addKeyValue("cause", cause)
                            .addKeyValue("attempt", unknown)
                            .log("A trace backend did not take a request; the same bytes are sent again");
                    Thread.sleep(backoff.after(unknown));
                }
                case Reply.Denied(int status) -> LOGGER.atError().addKeyValue("backend", backend.name())
                        .addKeyValue("status", status).log(advice(status));
            }
            tally.retried();
        }
    }

    private Reply once(byte[] body) throws InterruptedException {
        Gate.Pass pass = gate.enter();
        Reply reply;
        try {
            reply = exchange.send(body);
        } catch (InterruptedException | RuntimeException e) {
            gate.abandon();
            throw e;
        }
        Reply meant = Arrays.equals(body, empty) ? ofEmpty(reply) : reply;
        gate.leave(pass, meant);
        return meant;
    }

    private static Reply ofEmpty(Reply reply) {
        return switch (reply) {
            case Reply.Refused(int status, _) -> new Reply.Denied(status);
            case Reply.TooLarge(int status) -> new Reply.Denied(status);
            default -> reply;
        };
    }

    static String advice(int status) {
        return switch (status) {
            case 400, 413, 422 -> "A trace backend refuses even requests without spans; none is sent or lost meanwhile";
            case 401 -> "A trace backend does not know the keys; no span is sent or lost until they are right";
            case 403 -> "A trace backend denies access; no span is sent or lost until the project may write again";
            case 404, 405 -> "A trace backend takes no spans under this url; none is sent or lost until it is right";
            default -> "A trace backend answers what no such backend should; check its url; no span is lost meanwhile";
        };
    }
}
