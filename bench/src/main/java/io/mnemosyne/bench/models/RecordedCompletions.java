package io.mnemosyne.bench.models;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;

import io.mnemosyne.core.Completion;
import io.mnemosyne.schemas.serde.RegistrySchemaIds;
import io.mnemosyne.schemas.serde.RegistrySettings;
import io.mnemosyne.schemas.serde.TopicSerdes;
import io.mnemosyne.schemas.topics.TopicNames;
import io.mnemosyne.schemas.topics.Topics;

/** The recorded calls of a deployment. */
final class RecordedCompletions {
    private static final Duration POLL = Duration.ofMillis(200);

    private RecordedCompletions() {
    }

    /** When the answer to each thread's call was first recorded, by the thread's name. */
    static Map<String, Instant> of(RunningStack stack) {
        TopicNames names = TopicNames.plain();
        String topic = names.of(Topics.COMPLETIONS);
        Map<String, Instant> recorded = new HashMap<>();
        try (RegistrySchemaIds ids = new RegistrySchemaIds(RegistrySettings.of(stack.registry()));
                KafkaConsumer<String, byte[]> consumer = stack.reader(topic)) {
            TopicSerdes serdes = new TopicSerdes(ids, names);
            Map<TopicPartition, Long> ends = consumer.endOffsets(consumer.assignment());
            while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
                for (ConsumerRecord<String, byte[]> row : consumer.poll(POLL)) {
                    if (serdes.completions().deserializer().deserialize(topic,
                            row.value()) instanceof Completion call) {
                        recorded.putIfAbsent(call.thread().thread(), Instant.ofEpochMilli(row.timestamp()));
                    }
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot close the client of the registry", e);
        }
        return recorded;
    }
}
