package io.mnemosyne.inference.worker;

import java.util.Optional;

import org.apache.kafka.clients.producer.ProducerRecord;

import io.mnemosyne.core.Completion;

/**
 * What a call came to.
 *
 * @param result to be written for the topology
 * @param completion to be recorded first; empty if nothing was answered that could be used again
 */
record Reply(ProducerRecord<String, byte[]> result, Optional<Completion> completion) {
}
