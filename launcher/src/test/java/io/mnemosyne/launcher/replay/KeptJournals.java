package io.mnemosyne.launcher.replay;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;

import io.mnemosyne.core.MemoryEvent;
import io.mnemosyne.core.MemoryRecord;
import io.mnemosyne.core.TurnsRecord;
import io.mnemosyne.core.view.ViewRecord;
import io.mnemosyne.replay.machines.Journal;
import io.mnemosyne.schemas.serde.LocalSchemaIds;
import io.mnemosyne.schemas.serde.TopicSerdes;
import io.mnemosyne.schemas.topics.TopicNames;
import io.mnemosyne.schemas.topics.Topics;

/** What the stages of a thread wrote, in the order of each topic. */
final class KeptJournals implements Journal {
    private final List<TurnsRecord> turns = new ArrayList<>();
    private final List<MemoryRecord> memory = new ArrayList<>();
    private final List<ViewRecord> view = new ArrayList<>();

    List<TurnsRecord> turns() {
        return turns;
    }

    List<MemoryRecord> memory() {
        return memory;
    }

    List<ViewRecord> view() {
        return view;
    }

    /** All values, as they are written to the topics. */
    byte[] bytes() {
        TopicNames names = TopicNames.plain();
        var serdes = new TopicSerdes(new LocalSchemaIds(), names);
        var bytes = new ByteArrayOutputStream();
        turns.forEach(record -> bytes
                .writeBytes(serdes.turns().serializer().serialize(names.of(Topics.TURNS), record)));
        memory.forEach(record -> bytes
                .writeBytes(serdes.memory().serializer().serialize(names.of(Topics.MEMORY), record)));
        view.forEach(record -> bytes.writeBytes(serdes.view().serializer().serialize(names.of(Topics.VIEW), record)));
        return bytes.toByteArray();
    }

    /** Number of memory records with an event of this kind. */
    long count(Class<? extends MemoryEvent> kind) {
        return memory.stream().map(MemoryRecord::event).filter(kind::isInstance).count();
    }

    @Override
    public void wrote(TurnsRecord record) {
        turns.add(record);
    }

    @Override
    public void wrote(MemoryRecord record) {
        memory.add(record);
    }

    @Override
    public void wrote(ViewRecord record) {
        view.add(record);
    }
}
