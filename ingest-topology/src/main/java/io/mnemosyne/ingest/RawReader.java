package io.mnemosyne.ingest;

import java.nio.charset.StandardCharsets;
import java.util.Optional;

import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.jspecify.annotations.Nullable;

import io.mnemosyne.core.Command;
import io.mnemosyne.core.Position;
import io.mnemosyne.core.RawTurn;
import io.mnemosyne.core.ThreadKey;
import io.mnemosyne.core.ingest.RawEvent;
import io.mnemosyne.core.trace.TraceContext;
import io.mnemosyne.schemas.serde.TopicSerdes;
import io.mnemosyne.schemas.topics.ThreadPartitioner;
import io.mnemosyne.schemas.topics.TopicNames;
import io.mnemosyne.schemas.topics.Topics;

/** Makes events of raw records. Whatever a foreign producer sent, the answer is an event; only a registry that cannot be asked throws. */
final class RawReader {
    /** Marks a record that ingest itself produced again, so that it does so only once. */
    static final String REROUTED = "mnemosyne-rerouted";

    private final Deserializer<RawTurn> turns;
    private final Deserializer<Command> commands;
    private final String turnsTopic;
    private final String commandsTopic;
    private final int partitions;

    RawReader(TopicSerdes serdes, TopicNames names, int partitions) {
        this.turns = serdes.rawTurns().deserializer();
        this.commands = serdes.commands().deserializer();
        this.turnsTopic = names.of(Topics.TURNS_RAW);
        this.commandsTopic = names.of(Topics.COMMANDS);
        this.partitions = partitions;
    }

    /** The thread that a key names, if it names one. */
    static Optional<ThreadKey> threadOf(@Nullable String key) {
        try {
            return key == null ? Optional.empty() : Optional.of(ThreadKey.ofKey(key));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    Position positionOf(RecordMetadata metadata) {
        return new Position(isCommand(metadata) ? Topics.COMMANDS.name() : Topics.TURNS_RAW.name(),
                metadata.partition(),
                metadata.offset());
    }

    /** The sink that takes a record back to the topic that it came from. */
    String rerouteSink(RecordMetadata metadata) {
        return isCommand(metadata) ? Sinks.REROUTED_COMMANDS : Sinks.REROUTED_TURNS;
    }

    RawEvent read(ThreadKey thread, Record<String, byte[]> record, RecordMetadata metadata) {
        int home = ThreadPartitioner.partitionOf(thread.toString(), partitions);
        if (home != metadata.partition()) {
            return record.headers().lastHeader(REROUTED) == null
                    ? new RawEvent.Misplaced()
                    : new RawEvent.Unreadable("the record is on partition " + metadata.partition()
                            + " even after it was produced again; its thread belongs on " + home + " of " + partitions
                            + ", check the topic's number of partitions");
        }
        byte @Nullable [] value = record.value();
        if (value == null) {
            return new RawEvent.Unreadable("the record has no value; to delete a thread send a DELETE command");
        }
        return decode(value, isCommand(metadata), record.headers());
    }

    private RawEvent decode(byte[] value, boolean command, Headers headers) {
        try {
            return command
                    ? new RawEvent.Instructed(commands.deserialize(commandsTopic, value))
                    : new RawEvent.Received(inTrace(turns.deserialize(turnsTopic, value), headers));
        } catch (SerializationException | IllegalArgumentException e) {
            return new RawEvent.Unreadable(String.valueOf(e.getMessage()));
        }
    }

    private boolean isCommand(RecordMetadata metadata) {
        return metadata.topic().equals(commandsTopic);
    }

    /** A turn that says nothing of the agent's trace belongs to the one that its record's header names. */
    private static RawTurn inTrace(RawTurn turn, Headers headers) {
        return traceOf(headers).map(turn::orIn).orElse(turn);
    }

    /** The trace that a record's header names, if it names one. */
    static Optional<TraceContext> traceOf(Headers headers) {
        return Optional.ofNullable(headers.lastHeader(TraceContext.HEADER)).map(Header::value)
                .flatMap(value -> TraceContext.parse(new String(value, StandardCharsets.US_ASCII)));
    }
}
