package io.mnemosyne.schemas.groups;

import java.util.Set;

import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class AssignmentsTest {
    private static final TopicPartition PARTITION = new TopicPartition("requests", 1);

    @Test
    void shouldIgnoreWhatWasDoneForAnEarlierAssignment() {
        // given a partition that went and came back with its first record still open
        Assignments assignments = new Assignments();
        assignments.assigned(Set.of(PARTITION));
        long before = assignments.read(PARTITION, 0);
        assignments.revoked(Set.of(PARTITION));
        assignments.assigned(Set.of(PARTITION));
        long now = assignments.read(PARTITION, 0);
        // when
        assignments.done(PARTITION, 0, before);
        // then
        assertThat(assignments.due()).containsEntry(PARTITION, new OffsetAndMetadata(0));
        // when
        assignments.done(PARTITION, 0, now);
        // then
        assertThat(assignments.due()).containsEntry(PARTITION, new OffsetAndMetadata(1));
    }

    @Test
    void shouldCommitNothingOfRevokedPartitions() {
        // given
        Assignments assignments = new Assignments();
        assignments.assigned(Set.of(PARTITION));
        long epoch = assignments.read(PARTITION, 3);
        assignments.revoked(Set.of(PARTITION));
        // when
        assignments.done(PARTITION, 3, epoch);
        // then
        assertThat(assignments.due()).isEmpty();
        assertThat(assignments.numbers()).isEmpty();
    }
}
