package io.mnemosyne.inference.completions;

import java.util.LinkedHashSet;
import java.util.Set;
import java.util.function.Function;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.errors.SerializationException;

import io.mnemosyne.core.CompletionRow;
import io.mnemosyne.core.ThreadKey;
import io.mnemosyne.schemas.serde.SchemaLookupException;
import io.mnemosyne.schemas.topics.ThreadPartitioner;
import io.mnemosyne.schemas.topics.Topics;

/** Finds the rows of a thread's incarnations before one. */
final class OlderRows {
    private final ThreadKey thread;
    private final long incarnation;
    private final Function<byte[], CompletionRow> decoder;
    private final Set<String> keys = new LinkedHashSet<>();

    private OlderRows(ThreadKey thread, long incarnation, Function<byte[], CompletionRow> decoder) {
        this.thread = thread;
        this.incarnation = incarnation;
        this.decoder = decoder;
    }

    /**
     * Keys of all that have no tombstone yet. Reads the whole partition of the thread.
     *
     * @throws InterruptedException also if the reader is closed meanwhile
     */
    static Set<String> of(ThreadKey thread, long incarnation, RowReader reader,
            Function<byte[], CompletionRow> decoder) throws InterruptedException {
        OlderRows rows = new OlderRows(thread, incarnation, decoder);
        int partition = ThreadPartitioner.partitionOf(thread.toString(), Topics.PARTITIONS);
        if (!reader.readToEnd(partition, () -> true, rows::add)) {
            throw new InterruptedException("stopped before all recorded calls of a deleted thread were found");
        }
        return rows.keys;
    }

    private void add(ConsumerRecord<String, byte[]> row) {
        if (ThreadKey.ofKey(row.key()).equals(thread)) {
            keys.remove(row.key());
            if (isBefore(row)) {
                keys.add(row.key());
            }
        }
    }

    /** Whether a row is to go. One that cannot be read is of use to nobody, and may be what was to be deleted. */
    @SuppressWarnings("NullAway") // Kafka hands out null for a tombstone
    private boolean isBefore(ConsumerRecord<String, byte[]> row) {
        if (row.value() == null) {
            return false;
        }
        try {
            return decoder.apply(row.value()).incarnation() < incarnation;
        } catch (SchemaLookupException e) {
            throw e;
        } catch (SerializationException e) {
            return true;
        }
    }
}
