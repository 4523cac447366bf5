package io.mnemosyne.service.watch;

import java.util.Optional;
import java.util.regex.Pattern;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.serialization.Deserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.mnemosyne.core.Compaction;
import io.mnemosyne.core.TurnEvent;
import io.mnemosyne.core.TurnsRecord;
import io.mnemosyne.schemas.serde.TopicSerdes;

/** Finds compactions among the records of {@code turns}; only what its key says to be a command is looked into. */
final class CompactRecords {
    private static final Logger LOGGER = LoggerFactory.getLogger(CompactRecords.class);
    private static final Pattern COMMAND = Pattern.compile(".*#\\d+\\.c.*");

    private final Deserializer<TurnsRecord> turns;

    CompactRecords(TopicSerdes serdes) {
        turns = serdes.turns().deserializer();
    }

    Optional<CompactEvent> of(ConsumerRecord<String, byte[]> record) {
        if (record.value() == null || !COMMAND.matcher(record.key()).matches()) {
            return Optional.empty();
        }
        try {
            TurnsRecord found = turns.deserialize(record.topic(), record.value());
            return found.event() instanceof TurnEvent.Controlled(var command)
                    ? Compaction.of(command).map(asked -> new CompactEvent(command.commandId(), found.thread(), asked,
                            command.at(), record.partition(), record.offset()))
                    : Optional.empty();
        } catch (RuntimeException e) { // one that cannot be read must not hold up all others
            LOGGER.atWarn().addKeyValue("partition", record.partition()).addKeyValue("offset", record.offset())
                    .addKeyValue("error", e.getClass().getName()).log("passed over a command that cannot be read");
            return Optional.empty();
        }
    }
}
