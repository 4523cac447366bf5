package io.mnemosyne.core;

/** Where a record stands in Kafka. {@code topic} is the catalogue's name of the topic, without a deployment's prefix. */
public record Position(String topic, int partition, long offset) {
}
