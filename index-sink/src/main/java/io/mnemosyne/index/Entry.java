package io.mnemosyne.index;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * A change with the record that it was read from.
 *
 * @param parts what it was joined from, oldest first, each with its own record; empty if it was read as it is
 */
record Entry(Change change, ConsumerRecord<byte[], byte[]> source, List<Entry> parts) {
    private static final int OVERHEAD = 64;
    private static final int BYTES_OF_A_NUMBER = 12;

    Entry {
        parts = List.copyOf(parts);
    }

    Entry(Change change, ConsumerRecord<byte[], byte[]> source) {
        this(change, source, List.of());
    }

    /** Both in one, if both set fields of one document. */
    Optional<Entry> join(Entry next) {
        return change instanceof Change.Merge first && next.change instanceof Change.Merge second && first.joins(second)
                ? Optional.of(new Entry(first.with(second), source,
                        Stream.concat(single().stream(), next.single().stream()).toList()))
                : Optional.empty();
    }

    /** The changes as they were read, in order. */
    List<Entry> single() {
        return parts.isEmpty() ? List.of(this) : parts;
    }

    /** About how many bytes the change takes in a request. */
    long weight() {
        return switch (change) {
            case Change.Merge merge -> OVERHEAD + merge.id().length() + merge.fields().entrySet().stream()
                    .mapToLong(field -> field.getKey().length() + weight(field.getValue())).sum();
            case Change.Remove remove -> OVERHEAD + remove.id().length();
            case Change.ByQuery _ -> OVERHEAD;
        };
    }

    private static long weight(Object value) {
        return switch (value) {
            case String text -> text.length();
            case List<?> numbers -> (long) numbers.size() * BYTES_OF_A_NUMBER;
            default -> BYTES_OF_A_NUMBER;
        };
    }
}
