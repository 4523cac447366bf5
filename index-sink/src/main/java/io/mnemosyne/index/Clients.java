package io.mnemosyne.index;

import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.producer.Producer;

/** Makes the Kafka clients of the sink. */
interface Clients {

    /** A consumer of committed records that begins with the first one and commits only when told to. */
    Consumer<byte[], byte[]> consumer(String group, int maxRecords, int maxBytes);

    /** A producer that writes a thread's records to the thread's partition. */
    Producer<String, byte[]> producer();

    /** What is known of consumer groups; closing it is the caller's. */
    Groups groups();
}
