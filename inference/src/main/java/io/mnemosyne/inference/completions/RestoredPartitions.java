package io.mnemosyne.inference.completions;

import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which partitions of {@code completions} were read from their start. Each is read on a virtual thread of its own; whoever
 * needs it waits for that, but not for ever. Thread-safe.
 */
final class RestoredPartitions {
    private static final Logger LOGGER = LoggerFactory.getLogger(RestoredPartitions.class);
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final RowReader reader;
    private final Consumer<ConsumerRecord<String, byte[]>> sink;
    /** Done once a partition is read, or given up. */
    private final Map<Integer, CompletableFuture<Void>> partitions = new ConcurrentHashMap<>();

    /** @param sink is given the rows of each partition in their order */
    RestoredPartitions(RowReader reader, Consumer<ConsumerRecord<String, byte[]>> sink) {
        this.reader = reader;
        this.sink = sink;
    }

    /** Begins to read a partition, unless that was begun already. Returns at once. */
    void begin(int partition) {
        CompletableFuture<Void> done = new CompletableFuture<>();
        if (partitions.putIfAbsent(partition, done) == null) {
            Thread.ofVirtual().name("restore-completions-" + partition).start(() -> read(partition, done));
        }
    }

    /** Stops reading all others; they are read anew if they come back. */
    void keepOnly(Set<Integer> wanted) {
        partitions.keySet().retainAll(wanted);
    }

    /** Whether all of a partition was read. */
    boolean has(int partition) {
        CompletableFuture<Void> done = partitions.get(partition);
        return done != null && done.isDone();
    }

    /** Waits until a partition is read that is being read, for at most 30 s. */
    void await(int partition) throws InterruptedException {
        try {
            CompletableFuture<Void> done = partitions.get(partition);
            if (done != null) {
                done.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
            }
        } catch (TimeoutException e) {
            LOGGER.atWarn().addKeyValue("partition", partition)
                    .log("Recorded calls are still being restored; a request goes on without them");
        } catch (ExecutionException e) {
            throw new IllegalStateException("restoring never completes exceptionally", e);
        }
    }

    private void read(int partition, CompletableFuture<Void> done) {
        try {
            if (reader.readToEnd(partition, () -> partitions.containsKey(partition), sink)) {
                LOGGER.atInfo().addKeyValue("partition", partition).log("Recorded calls are restored");
            }
            done.complete(null);
        } catch (KafkaException | InterruptedException e) {
            LOGGER.atWarn().addKeyValue("partition", partition).addKeyValue("error", e.getClass().getName())
                    .log("Recorded calls could not be restored; repeated requests will be paid for again");
        } finally {
            if (!done.isDone()) {
                partitions.remove(partition, done);
                done.complete(null);
            }
        }
    }
}
