package io.mnemosyne.index;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;

import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;

/** Sends records and comes back when all of them are acknowledged. */
final class Acknowledged {
    private final Producer<String, byte[]> producer;

    Acknowledged(Producer<String, byte[]> producer) {
        this.producer = producer;
    }

    /** @throws KafkaException if a record is not acknowledged */
    void send(List<ProducerRecord<String, byte[]>> messages) {
        List<Future<?>> sent = new ArrayList<>();
        messages.forEach(message -> sent.add(producer.send(message)));
        try {
            for (Future<?> acknowledgement : sent) {
                acknowledgement.get();
            }
        } catch (ExecutionException e) {
            throw new KafkaException("a record was not acknowledged", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StoppedException();
        }
    }
}
