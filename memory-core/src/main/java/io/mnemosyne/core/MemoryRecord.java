package io.mnemosyne.core;

/** One record of the {@code memory} topic. */
public record MemoryRecord(ThreadKey thread, long incarnation, MemoryEvent event) {
}
