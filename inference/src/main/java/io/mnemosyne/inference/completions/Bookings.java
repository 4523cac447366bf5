package io.mnemosyne.inference.completions;

import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

import org.apache.kafka.clients.consumer.ConsumerRecord;

import io.mnemosyne.core.Completion;
import io.mnemosyne.core.CompletionRow;

/**
 * Decides which recorded calls a {@link Ledger} is told of. A partition may come back any number of times, and holds what
 * this process recorded itself; so it is known up to which offset each partition was told, and which rows are our own.
 * What other days took is not even decoded. Thread-safe.
 */
final class Bookings {
    private record Place(int partition, long offset) {
    }

    private final Ledger ledger;
    private final InstantSource clock;
    /** The first offset that was not told yet, by partition; kept when a partition goes. */
    private final Map<Integer, Long> told = new HashMap<>();
    /** Rows of today that this process wrote and has not read back. */
    private final Set<Place> own = new HashSet<>();
    private LocalDate today = LocalDate.EPOCH;

    Bookings(Ledger ledger, InstantSource clock) {
        this.ledger = ledger;
        this.clock = clock;
    }

    /** A call of this process was recorded. */
    synchronized void wrote(int partition, long offset) {
        turnPage();
        own.add(new Place(partition, offset));
    }

    /** A row that is no tombstone was read; rows of a partition come in their order. */
    synchronized void read(ConsumerRecord<String, byte[]> row, Function<byte[], CompletionRow> decoder) {
        if (row.offset() < told.getOrDefault(row.partition(), 0L)) {
            return;
        }
        turnPage();
        told.put(row.partition(), row.offset() + 1);
        boolean ours = own.remove(new Place(row.partition(), row.offset()));
        if (!ours && dayOf(Instant.ofEpochMilli(row.timestamp())).equals(today)
                && decoder.apply(row.value()) instanceof Completion call) {
            book(call);
        }
    }

    private void book(Completion call) {
        long tokens = call.provenance().inputTokens() + call.provenance().outputTokens();
        long micros = call.provenance().micros();
        if (tokens > 0 || micros > 0) {
            ledger.book(call.thread().tenant(), today, tokens, micros);
        }
    }

    private void turnPage() {
        LocalDate now = dayOf(clock.instant());
        if (!now.equals(today)) {
            today = now;
            own.clear();
        }
    }

    private static LocalDate dayOf(Instant at) {
        return LocalDate.ofInstant(at, ZoneOffset.UTC);
    }
}
