package io.mnemosyne.schemas.streams;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.streams.processor.TimestampExtractor;

/**
 * The time of a record. A record without one, which a broker takes from a foreign client, counts as sent with the newest
 * before it in its partition; the first of all as sent in 1970. The default of Kafka Streams is to stop at it for good.
 */
public final class RecordTime implements TimestampExtractor {
    @Override
    public long extract(ConsumerRecord<Object, Object> record, long partitionTime) {
        return record.timestamp() >= 0 ? record.timestamp() : Math.max(0, partitionTime);
    }
}
