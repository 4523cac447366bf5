package io.mnemosyne.trace.send;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

import com.google.protobuf.ByteString;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.mnemosyne.core.Sha256;
import io.mnemosyne.core.trace.SpanId;
import io.mnemosyne.core.trace.TraceId;
import io.mnemosyne.trace.send.ServerFacts.Answer;

/** Finds out what a backend accepts, with a request without spans and a small upload. */
final class Probe {
    private static final Logger LOGGER = LoggerFactory.getLogger(Probe.class);
    private static final ByteString CONTENT = ByteString
            .copyFromUtf8("Mnemosyne asks whether media can be stored here.\n");
    private static final String ID = Sha256.id("mnemosyne", "probe");

    private final TraceBackend backend;
    private final Wire wire;
    private final Exchange exchange;
    private final Optional<LangfuseMedia> media;
    private final byte[] empty;

    Probe(TraceBackend backend, Wire wire, Exchange exchange, Envelope envelope, Optional<LangfuseMedia> media) {
        this.backend = backend;
        this.wire = wire;
        this.exchange = exchange;
        this.media = media;
        this.empty = Envelope.gzip(envelope.request(List.of()));
    }

    /** Asks once; a backend that does not answer is unknown. */
    ServerFacts ask() throws InterruptedException {
        ServerFacts facts = switch (exchange.send(empty)) {
            case Reply.Taken _ -> accepted(Answer.YES);
            case Reply.Refused _,Reply.TooLarge _ -> withoutVersion();
            case Reply.Denied(int status) -> new ServerFacts(Answer.NO, Answer.UNKNOWN, Answer.UNKNOWN,
                    "status " + status + ": " + Handover.advice(status));
            case Reply.Busy _ -> unknown("it asks to wait");
            case Reply.Unknown(String cause, _) -> unknown("it does not answer as it should: " + cause);
        };
        LOGGER.atInfo().addKeyValue("backend", backend.name()).addKeyValue("url", wire.traces())
                .addKeyValue("spans", facts.spans()).addKeyValue("ingestionVersion", facts.ingestionVersion())
                .addKeyValue("media", facts.media()).addKeyValue("remark", facts.remark())
                .log("A trace backend was asked what it accepts");
        return facts;
    }

    /** How long to wait before the next question, if the last was not answered. */
    Duration pause() {
        return backend.limits().longestWait();
    }

    private ServerFacts withoutVersion() throws InterruptedException {
        if (backend.kind() == TraceBackend.Kind.LANGFUSE) {
            wire.announceVersion(false);
            if (exchange.send(empty) instanceof Reply.Taken) {
                return accepted(Answer.NO);
            }
            wire.announceVersion(true);
        }
        return new ServerFacts(Answer.NO, Answer.UNKNOWN, Answer.UNKNOWN, "it refuses a request without spans");
    }

    private ServerFacts accepted(Answer version) throws InterruptedException {
        if (media.isEmpty()) {
            return new ServerFacts(Answer.YES, Answer.NO, Answer.NO, "it takes spans; large fields go in parts");
        }
        boolean stored = media.get().probe(
                Upload.of(new TraceId(ID), new SpanId(ID.substring(0, 16)), "metadata", "text/plain", CONTENT));
        String pace = version == Answer.YES ? "" : "; it is too old for the fast path, spans may take minutes to show";
        return new ServerFacts(Answer.YES, version, stored ? Answer.YES : Answer.NO, "it takes spans; large fields go "
                + (stored ? "as media" : "in parts, for media cannot be stored or reached") + pace);
    }

    private static ServerFacts unknown(String remark) {
        return new ServerFacts(Answer.UNKNOWN, Answer.UNKNOWN, Answer.UNKNOWN, remark);
    }
}
