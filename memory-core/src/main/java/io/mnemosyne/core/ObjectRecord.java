package io.mnemosyne.core;

/** One record of the {@code objects} topic: a descriptor with its text, or a reference to the blob that holds it. */
public record ObjectRecord(ThreadKey thread, long incarnation, SemanticObject object, Content content) {
}
