package io.mnemosyne.service.watch;

import java.util.Optional;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.serialization.Deserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.mnemosyne.core.Command;
import io.mnemosyne.core.Compaction;
import io.mnemosyne.core.ThreadKey;
import io.mnemosyne.core.ingest.TurnValidator;
import io.mnemosyne.schemas.serde.TopicSerdes;
import io.mnemosyne.schemas.topics.ThreadPartitioner;
import io.mnemosyne.schemas.topics.Topics;

/** Finds compactions among the records of {@code commands}. What ingest will refuse or move is none. */
final class CompactRecords {
    private static final Logger LOGGER = LoggerFactory.getLogger(CompactRecords.class);

    private final Deserializer<Command> commands;

    CompactRecords(TopicSerdes serdes) {
        commands = serdes.commands().deserializer();
    }

    Optional<CompactEvent> of(ConsumerRecord<String, byte[]> record) {
        try {
            if (record.key() == null || record.value() == null
                    || ThreadPartitioner.partitionOf(record.key(), Topics.PARTITIONS) != record.partition()) {
                return Optional.empty();
            }
            ThreadKey thread = ThreadKey.ofKey(record.key());
            Command command = commands.deserialize(record.topic(), record.value());
            return TurnValidator.problems(command).isEmpty()
                    ? Compaction.of(command).map(asked -> new CompactEvent(command.commandId(), thread, asked,
                            command.at(), record.partition(), record.offset()))
                    : Optional.empty();
        } catch (RuntimeException e) { // ingest says in `rejected` why nobody can read it
            LOGGER.atDebug().addKeyValue("partition", record.partition()).addKeyValue("offset", record.offset())
                    .addKeyValue("error", e.getClass().getName()).log("passed over a command that cannot be read");
            return Optional.empty();
        }
    }
}
