package io.mnemosyne.schemas.topics;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.apache.kafka.clients.producer.internals.BuiltInPartitioner;
import org.apache.kafka.common.Cluster;
import org.apache.kafka.common.InvalidRecordException;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.PartitionInfo;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class ThreadPartitionerTest {

    @Property
    void shouldPutAKeyWhereKafkasOwnPartitionerPutsItsThread(@ForAll String thread, @ForAll String row,
            @ForAll @IntRange(min = 1, max = 100) int partitions) {
        // given
        String plain = thread.replace("#", "");
        int expected = BuiltInPartitioner.partitionForKey(plain.getBytes(StandardCharsets.UTF_8), partitions);
        // when, then
        assertThat(ThreadPartitioner.partitionOf(plain, partitions)).isEqualTo(expected);
        assertThat(ThreadPartitioner.partitionOf(plain + "#" + row, partitions)).isEqualTo(expected);
    }

    @Property
    void shouldAgreeBetweenProducersSinksAndQueries(@ForAll String key,
            @ForAll @IntRange(min = 1, max = 20) int count) {
        // given
        int expected = ThreadPartitioner.partitionOf(key, count);
        byte[] bytes = key.getBytes(StandardCharsets.UTF_8);
        String sent = new String(bytes, StandardCharsets.UTF_8);
        // when
        int produced;
        try (ThreadPartitioner producer = new ThreadPartitioner()) {
            produced = producer.partition("turns", key, bytes, null, null, cluster(count));
        }
        Optional<Set<Integer>> sunk = new ThreadStreamPartitioner<String>().partitions("turns", sent, "", count);
        // then
        assertThat(produced).isEqualTo(expected);
        assertThat(sunk).contains(Set.of(expected));
    }

    @Test
    void shouldRefuseARecordWithoutAKey() {
        try (ThreadPartitioner producer = new ThreadPartitioner()) {
            assertThatThrownBy(() -> producer.partition("turns", null, null, null, null, cluster(6)))
                    .isInstanceOf(InvalidRecordException.class)
                    .hasMessageContaining("tenant/thread");
        }
    }

    private static Cluster cluster(int partitions) {
        Node node = new Node(1, "broker", 9092);
        List<PartitionInfo> infos = IntStream.range(0, partitions)
                .mapToObj(partition -> new PartitionInfo("turns", partition, node, new Node[]{node}, new Node[]{node}))
                .toList();
        return new Cluster("cluster", List.of(node), infos, Set.of(), Set.of());
    }
}
