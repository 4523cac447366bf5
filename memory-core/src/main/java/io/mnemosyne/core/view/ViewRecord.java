package io.mnemosyne.core.view;

import io.mnemosyne.core.ThreadKey;

/** One record of the {@code view} topic. */
public record ViewRecord(ThreadKey thread, long incarnation, ViewEvent event) {
}
