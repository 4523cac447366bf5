package io.mnemosyne.index;

import java.util.List;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.Serializer;

import io.mnemosyne.core.DeadLetter;
import io.mnemosyne.core.Sha256;
import io.mnemosyne.schemas.serde.TopicSerdes;
import io.mnemosyne.schemas.topics.TopicNames;
import io.mnemosyne.schemas.topics.Topics;

/** Reports the records that could not be taken into the index. */
final class DeadLetters {
    private final Acknowledged producer;
    private final RecordReader reader;
    private final String topic;
    private final Serializer<DeadLetter> serializer;
    private final String index;
    private final Tally tally;

    DeadLetters(Acknowledged producer, RecordReader reader, TopicSerdes serdes, TopicNames names, String index,
            Tally tally) {
        this.producer = producer;
        this.reader = reader;
        this.topic = names.of(Topics.INDEX_DEAD_LETTERS);
        this.serializer = serdes.deadLetters().serializer();
        this.index = index;
        this.tally = tally;
    }

    /**
     * A report on one record.
     *
     * @param status of the refused document; 0 if it was never sent
     * @param reason holds nothing of the document
     */
    DeadLetter on(ConsumerRecord<byte[], byte[]> message, int status, String reason) {
        byte[] value = message.value() == null ? new byte[0] : message.value();
        return new DeadLetter(RecordReader.keyOrEmpty(message), reader.position(message), index, status, reason,
                Sha256.hex(value), value.length);
    }

    /** Comes back when all letters are acknowledged. */
    void send(List<DeadLetter> letters) {
        producer.send(letters.stream()
                .map(letter -> new ProducerRecord<>(topic, letter.key(), serializer.serialize(topic, letter)))
                .toList());
        tally.deadLettered(letters.size());
    }
}
