package io.mnemosyne.bench;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

import io.mnemosyne.core.MemoryEvent;
import io.mnemosyne.core.MemoryRecord;
import io.mnemosyne.core.Segment;
import io.mnemosyne.replay.machines.Journal;

/** Reads along what a thread's memory is written, and adds up what it cost. */
final class MemoryCost implements Journal {
    private final Map<String, Segment> live = new HashMap<>();
    /** How often what a reflection tells was rewritten; an observation is not in it. */
    private final Map<String, Integer> generations = new HashMap<>();
    private final SortedMap<Integer, Long> reflections = new TreeMap<>();
    private long observations;
    private long rewrittenTokens;

    @Override
    public void wrote(MemoryRecord record) {
        switch (record.event()) {
            case MemoryEvent.Observed(Segment segment) -> {
                live.put(segment.id(), segment);
                observations++;
            }
            case MemoryEvent.Reflected(Segment segment, List<String> replaces) -> replace(segment, replaces);
            case MemoryEvent.StateChanged _,MemoryEvent.Controlled _ -> {
                // No segments.
            }
        }
    }

    private void replace(Segment segment, List<String> replaces) {
        int generation = 0;
        for (String id : replaces) {
            Segment old = live.remove(id);
            if (old != null) {
                rewrittenTokens += old.tokens();
                generation = Math.max(generation, generations.getOrDefault(id, 0));
                generations.remove(id);
            }
        }
        live.put(segment.id(), segment);
        generations.put(segment.id(), generation + 1);
        reflections.merge(generation + 1, 1L, Long::sum);
    }

    long observations() {
        return observations;
    }

    /** Reflections by how often the oldest part of what they tell has been rewritten. */
    SortedMap<Integer, Long> reflections() {
        return new TreeMap<>(reflections);
    }

    /** Tokens that all reflections were made of. */
    long rewrittenTokens() {
        return rewrittenTokens;
    }

    int live() {
        return live.size();
    }

    long liveTokens() {
        return live.values().stream().mapToLong(Segment::tokens).sum();
    }
}
