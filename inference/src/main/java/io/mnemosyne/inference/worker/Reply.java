package io.mnemosyne.inference.worker;

import java.util.Optional;

import org.apache.kafka.clients.producer.ProducerRecord;

import io.mnemosyne.core.Completion;
import io.mnemosyne.core.Provenance;

/**
 * What a call came to.
 *
 * @param result to be written for the topology
 * @param completion to be recorded first; empty if nothing was answered that could be used again
 * @param told what is traced of it
 */
record Reply(ProducerRecord<String, byte[]> result, Optional<Completion> completion, Told told) {

    /**
     * What is traced of a call.
     *
     * @param recorded whether it was answered before, so that nobody was paid for it now
     * @param paidTo who answered; empty if nobody did
     * @param answer as JSON; empty if there is none
     * @param failure why there is none
     */
    record Told(boolean recorded, Optional<Provenance> paidTo, Optional<String> answer, Optional<String> failure) {
        /** No call was made. */
        static final Told NOTHING = new Told(false, Optional.empty(), Optional.empty(), Optional.empty());

        static Told failed(String reason) {
            return new Told(false, Optional.empty(), Optional.empty(), Optional.of(reason));
        }
    }
}
