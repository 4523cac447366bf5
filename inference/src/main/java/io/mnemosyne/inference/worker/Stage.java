package io.mnemosyne.inference.worker;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.errors.SerializationException;

/** A kind of request. */
interface Stage {

    /** The topic that its requests come from. */
    String topic();

    /**
     * The call that a record asks for.
     *
     * @throws SerializationException if the record is no request
     */
    Call read(ConsumerRecord<String, byte[]> request);
}
