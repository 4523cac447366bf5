package io.mnemosyne.launcher.pipeline;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

import io.mnemosyne.core.Provenance;
import io.mnemosyne.core.observe.ObservationResult;
import io.mnemosyne.launcher.stack.Addresses;
import io.mnemosyne.schemas.serde.RegistrySchemaIds;
import io.mnemosyne.schemas.serde.RegistrySettings;
import io.mnemosyne.schemas.serde.TopicSerdes;
import io.mnemosyne.schemas.topics.TopicNames;
import io.mnemosyne.schemas.topics.Topics;

/** Results of the observer's requests as they stand in the topic. */
public final class Answers {
    private Answers() {
    }

    /** All results so far, in the order of their partitions. */
    public static List<ObservationResult> read(Addresses addresses, String prefix) throws Exception {
        TopicNames names = new TopicNames(prefix);
        String topic = names.of(Topics.OBSERVER_RESULTS);
        List<ObservationResult> results = new ArrayList<>();
        try (RegistrySchemaIds ids = new RegistrySchemaIds(RegistrySettings.of(addresses.registry()));
                KafkaConsumer<String, byte[]> consumer = new KafkaConsumer<>(
                        Map.of("bootstrap.servers", addresses.kafka(), "isolation.level", "read_committed"),
                        new StringDeserializer(), new ByteArrayDeserializer())) {
            TopicSerdes serdes = new TopicSerdes(ids, names);
            List<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                    .map(info -> new TopicPartition(topic, info.partition())).toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
                for (ConsumerRecord<String, byte[]> row : consumer.poll(Duration.ofMillis(100))) {
                    results.add(serdes.observationResults().deserializer().deserialize(topic, row.value()));
                }
            }
        }
        return results;
    }

    /** Who answered. */
    public static Stream<Provenance> writers(List<ObservationResult> results) {
        return results.stream().flatMap(result -> switch (result.outcome()) {
            case ObservationResult.Observed observed -> Stream.of(observed.provenance());
            case ObservationResult.Nothing nothing -> Stream.of(nothing.provenance());
            case ObservationResult.Failed _,ObservationResult.Expired _,ObservationResult.Idle _ -> Stream.empty();
        });
    }
}
