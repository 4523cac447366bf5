package io.mnemosyne.index;

import java.util.List;

import org.apache.kafka.clients.consumer.ConsumerRecord;

/** A change with the record that it was read from. */
record Entry(Change change, ConsumerRecord<byte[], byte[]> source) {
    private static final int OVERHEAD = 64;
    private static final int BYTES_OF_A_NUMBER = 12;

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
