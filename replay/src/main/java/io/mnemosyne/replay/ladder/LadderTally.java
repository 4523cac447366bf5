package io.mnemosyne.replay.ladder;

import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

import io.mnemosyne.core.fidelity.Fidelity;
import io.mnemosyne.core.view.ViewEvent;
import io.mnemosyne.core.view.ViewEvent.FaultKind;
import io.mnemosyne.core.view.ViewRecord;
import io.mnemosyne.replay.machines.Journal;

/** Counts what the journals of views say of objects. For one thread at a time. */
public final class LadderTally implements Journal {
    private final Map<FaultKind, Long> faults = new EnumMap<>(FaultKind.class);
    private final Map<ViewEvent.Reason, Long> epochs = new EnumMap<>(ViewEvent.Reason.class);
    private final Map<Fidelity, Long> changes = new EnumMap<>(Fidelity.class);
    private final Map<ViewEvent.Cause, Long> raised = new HashMap<>();
    private final Set<String> evicted = new HashSet<>();

    @Override
    public void wrote(ViewRecord record) {
        switch (record.event()) {
            case ViewEvent.EpochOpened opened -> {
                epochs.merge(opened.reason(), 1L, Long::sum);
                opened.changes().forEach(change -> count(record, change));
            }
            case ViewEvent.Faulted fault -> faults.merge(fault.kind(), 1L, Long::sum);
            case ViewEvent.Regrouped _,ViewEvent.Obeyed _ -> {
                // groups are told of elsewhere, and recorded sessions have no commands
            }
        }
    }

    private void count(ViewRecord record, ViewEvent.Change change) {
        changes.merge(change.to(), 1L, Long::sum);
        if (change.to().isBelow(change.from())) {
            evicted.add(record.thread() + " " + change.object());
        } else {
            raised.merge(change.cause(), 1L, Long::sum);
        }
    }

    /** Objects that were shown shorter at an epoch, each once. */
    public long evictions() {
        return evicted.size();
    }

    /** Needs of what was not in view. */
    public long faults(FaultKind kind) {
        return faults.getOrDefault(kind, 0L);
    }

    /** All faults per object that was shown shorter. */
    public double faultsPerEviction() {
        return evicted.isEmpty()
                ? 0
                : faults.values().stream().mapToLong(Long::longValue).sum() / (double) evicted.size();
    }

    /** Changes to a fidelity. */
    public long changes(Fidelity to) {
        return changes.getOrDefault(to, 0L);
    }

    /** Objects shown better again for a cause. */
    public long raised(ViewEvent.Cause cause) {
        return raised.getOrDefault(cause, 0L);
    }

    /** Epochs opened, for whatever reason. */
    public long epochs() {
        return epochs.values().stream().mapToLong(Long::longValue).sum();
    }
}
