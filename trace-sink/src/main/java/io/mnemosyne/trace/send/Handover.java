package io.mnemosyne.trace.send;

import java.time.Duration;
import java.util.List;

import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sends the same bytes until the backend says something final about them. Thread-safe. */
final class Handover {
    private static final Logger LOGGER = LoggerFactory.getLogger(Handover.class);
    private static final Duration RECENTLY = Duration.ofSeconds(5);

    private final TraceBackend backend;
    private final Exchange exchange;
    private final Gate gate;
    private final Tally tally;
    private final Backoff backoff;
    private final byte[] empty;
    private volatile long takenAt = System.nanoTime() - RECENTLY.toNanos();

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

    /** Waits until the backend takes requests at all. */
    void awaitBackend() throws InterruptedException {
        while (!(untilFinal(empty) instanceof Reply.Taken)) {
            Thread.sleep(backoff.longest());
        }
    }

    /**
     * Whether the backend refuses a span and not just everything, as it does with a header that it does not know.
     */
    boolean takesOthers() throws InterruptedException {
        if (System.nanoTime() - takenAt < RECENTLY.toNanos()) {
            return true;
        }
        Reply reply = once(empty);
        if (reply instanceof Reply.Taken) {
            return true;
        }
        LOGGER.atError().addKeyValue("backend", backend.name()).addKeyValue("answer", reply.getClass().getSimpleName())
                .log("A trace backend refuses even requests without spans; nothing is given up, and it is asked again");
        Thread.sleep(backoff.longest());
        return false;
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
        gate.leave(pass, reply);
        if (reply instanceof Reply.Taken) {
            takenAt = System.nanoTime();
        }
        return reply;
    }

    static String advice(int status) {
        return switch (status) {
            case 401 -> "A trace backend does not know the keys; no span is sent or lost until they are right";
            case 403 -> "A trace backend denies access; no span is sent or lost until the project may write again";
            case 404, 405 -> "A trace backend takes no spans under this url; none is sent or lost until it is right";
            default -> "A trace backend answers what no such backend should; check its url; no span is lost meanwhile";
        };
    }
}
