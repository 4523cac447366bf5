package io.mnemosyne.trace.send;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hands pieces over until each is taken or given up: uploads first, halves what is too large or holds something bad, and
 * reports what remains. Thread-safe; blocks.
 */
final class Shipper {
    private static final Logger LOGGER = LoggerFactory.getLogger(Shipper.class);
    private static final int NEVER_SENT = 0;

    private final Envelope envelope;
    private final Preparation preparation;
    private final RequestSize requestSize;
    private final Handover handover;
    private final MediaStore media;
    private final DeadLetters letters;
    private final Tally tally;
    private final Consumer<Parcel> arrived;

    /** @param arrived told of every record that is done */
    Shipper(Envelope envelope, Preparation preparation, RequestSize requestSize, Handover handover, MediaStore media,
            DeadLetters letters, Tally tally, Consumer<Parcel> arrived) {
        this.envelope = envelope;
        this.preparation = preparation;
        this.requestSize = requestSize;
        this.handover = handover;
        this.media = media;
        this.letters = letters;
        this.tally = tally;
        this.arrived = arrived;
    }

    /** Comes back when all pieces are taken or given up. */
    void ship(List<Piece> pieces) throws InterruptedException {
        List<Piece> ready = new ArrayList<>();
        for (Piece piece : pieces) {
            if (preparation.fits(piece)) {
                ready.addAll(uploaded(piece));
            } else {
                giveUp(piece, NEVER_SENT, "larger than a request may be, even with its fields taken out");
            }
        }
        for (List<Piece> request : requestSize.packer().pack(ready)) {
            send(request);
        }
    }

    /** The record is done without having been sent. */
    void giveUp(Parcel parcel, String spanId, int status, String reason) throws InterruptedException {
        if (parcel.refuse()) {
            letters.send(parcel.source(), spanId, status, reason);
            tally.deadLettered();
        }
        done(parcel);
    }

    private void send(List<Piece> pieces) throws InterruptedException {
        ExportTraceServiceRequest request = envelope.request(pieces);
        settle(pieces, request, handover.untilFinal(request));
    }

    private void settle(List<Piece> pieces, ExportTraceServiceRequest request, Reply reply)
            throws InterruptedException {
        switch (reply) {
            case Reply.Taken(long rejected) -> taken(pieces, request.getSerializedSize(), rejected);
            case Reply.Refused _ -> refused(pieces, request);
            case Reply.TooLarge(int status) -> tooLarge(pieces, request.getSerializedSize(), status);
            case Reply.Busy _,Reply.Denied _,Reply.Unknown _ ->
                throw new IllegalStateException("an answer that is not final");
        }
    }

    private void taken(List<Piece> pieces, int bytes, long rejected) {
        tally.taken(pieces.size(), bytes, rejected);
        if (rejected > 0) {
            LOGGER.atWarn().addKeyValue("rejected", rejected)
                    .log("A trace backend took a request without some of its spans and did not say which");
        }
        pieces.forEach(piece -> done(piece.parcel()));
    }

    private void refused(List<Piece> pieces, ExportTraceServiceRequest request) throws InterruptedException {
        if (pieces.size() > 1) {
            sendHalves(pieces);
            return;
        }
        // Only a backend that takes other requests right now says something of the span when it refuses this one.
        handover.awaitBackend();
        Reply reply = handover.untilFinal(request);
        if (reply instanceof Reply.Refused(int status, String message)) {
            Piece piece = pieces.getFirst();
            giveUp(piece, status, Reasons.refused(message, piece.whole()));
        } else {
            settle(pieces, request, reply);
        }
    }

    private void tooLarge(List<Piece> pieces, int bytes, int status) throws InterruptedException {
        requestSize.wasTooLarge(bytes);
        if (pieces.size() > 1) {
            sendHalves(pieces);
            return;
        }
        Piece piece = pieces.getFirst();
        Optional<List<Piece>> smaller = preparation.within(piece, bytes / 2 - envelope.size());
        if (smaller.isPresent()) {
            ship(smaller.get());
        } else {
            giveUp(piece, status, "too large for the backend, even with its fields taken out");
        }
    }

    private void sendHalves(List<Piece> pieces) throws InterruptedException {
        send(pieces.subList(0, pieces.size() / 2));
        send(pieces.subList(pieces.size() / 2, pieces.size()));
    }

    private List<Piece> uploaded(Piece piece) throws InterruptedException {
        for (Upload upload : piece.uploads()) {
            if (!media.upload(upload)) {
                List<Piece> parts = preparation.asParts(piece);
                tally.divided(parts.size() - 1L);
                return parts;
            }
        }
        return List.of(piece);
    }

    private void giveUp(Piece piece, int status, String reason) throws InterruptedException {
        giveUp(piece.parcel(), piece.whole().span().id().hex(), status, reason);
    }

    private void done(Parcel parcel) {
        if (parcel.pieceDone()) {
            arrived.accept(parcel);
        }
    }
}
