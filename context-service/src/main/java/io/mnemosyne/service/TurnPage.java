package io.mnemosyne.service;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.LongFunction;

import com.fasterxml.jackson.core.JsonGenerator;

import io.mnemosyne.core.Turn;
import io.mnemosyne.core.transcript.TurnJson;

/**
 * Writes turns in full, until it has a number of them or about 8 MiB, at least one. A turn is read when the one before it
 * is written, so that a page takes the memory of its bytes and of one turn, however large the turns behind it are. To be
 * written once.
 */
final class TurnPage {
    private static final int FULL_BYTES = 8 << 20;

    private final LongFunction<Optional<Turn>> turns;
    private final long last;
    private final long end;
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private long next;

    /**
     * @param turns reads a turn by its seq
     * @param last seq of the last turn that is asked for and there; before {@code from} if there is none
     */
    TurnPage(LongFunction<Optional<Turn>> turns, long from, long last, int limit) {
        this.turns = turns;
        this.last = last;
        this.next = from;
        this.end = from + Math.min(limit - 1L, last - from);
    }

    /** A line of JSON per turn, as it was sent. */
    byte[] lines() throws IOException {
        fill(turn -> bytes.write((TurnJson.write(turn.body()) + "\n").getBytes(StandardCharsets.UTF_8)));
        return bytes.toByteArray();
    }

    /** One object with the turns and their seqs. */
    byte[] json() throws IOException {
        try (JsonGenerator json = Json.to(bytes)) {
            json.writeStartObject();
            json.writeArrayFieldStart("turns");
            fill(turn -> TurnJson.write(turn.body(), Map.of("seq", turn.seq()), json));
            json.writeEndArray();
            if (next().isPresent()) {
                json.writeNumberField("next", next);
            }
            json.writeEndObject();
        }
        return bytes.toByteArray();
    }

    /** The seq to go on from, once the page is written; empty at the end. */
    OptionalLong next() {
        return next <= last ? OptionalLong.of(next) : OptionalLong.empty();
    }

    private void fill(Writing writing) throws IOException {
        while (next <= end && bytes.size() < FULL_BYTES) {
            Optional<Turn> turn = turns.apply(next);
            // Missing if the thread is being deleted.
            if (turn.isPresent()) {
                writing.write(turn.get());
            }
            next++;
        }
    }

    private interface Writing {
        void write(Turn turn) throws IOException;
    }
}
