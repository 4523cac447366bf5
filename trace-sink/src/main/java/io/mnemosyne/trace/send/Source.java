package io.mnemosyne.trace.send;

import org.apache.kafka.common.TopicPartition;

/**
 * The record that a span came in.
 *
 * @param epoch of the partition's assignment when it was read
 * @param key as far as it could be read, else empty
 * @param sha256 of its value, in lower-case hex
 * @param bytes of its value
 */
record Source(TopicPartition partition, long offset, long epoch, String key, String sha256, long bytes) {
}
