package io.mnemosyne.inference.worker;

import java.util.Comparator;

import org.apache.kafka.common.TopicPartition;

/**
 * Work with the place of the record that asks for it.
 *
 * @param epoch of the partition's assignment; a job of an older one is not this worker's to commit
 * @param bytes of the record's value
 * @param arrival counts up with every request read
 */
record Job(Work work, TopicPartition partition, long offset, long epoch, int bytes, long arrival) {
    /** Urgent ones first, then in the order of arrival. */
    static final Comparator<Job> ORDER = Comparator.comparing((Job job) -> !job.work().urgent())
            .thenComparingLong(Job::arrival);
}
