package io.mnemosyne.core.assemble;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.mnemosyne.core.TurnFacts;
import io.mnemosyne.core.observe.RawTail;

/** Cuts a run of turns into groups that stay together: a tool call and its result never part. */
final class ToolGroups {
    /** Some sources name no call in a result; it then belongs to the newest call. */
    private static final String UNNAMED = "";

    private ToolGroups() {
    }

    /**
     * Contiguous groups, oldest first; a turn that has to do with no tool is a group of its own. While the newest turns
     * are open, they are one group, in whatever order their results come.
     */
    static List<List<SizedTurn>> of(List<SizedTurn> turns) {
        List<TurnFacts> facts = turns.stream().map(SizedTurn::facts).toList();
        int[] reach = lastResultOfCalls(facts);
        if (isOpen(newest(facts))) {
            reach[facts.size() - newest(facts).size()] = facts.size() - 1;
        }
        List<List<SizedTurn>> groups = new ArrayList<>();
        int start = 0;
        int end = 0;
        for (int i = 0; i < turns.size(); i++) {
            end = Math.max(end, reach[i]);
            if (i == end) {
                groups.add(turns.subList(start, i + 1));
                start = i + 1;
                end = start;
            }
        }
        return groups;
    }

    /** Whether the newest turns are calls of which some still wait for a result. */
    static boolean endsOpen(List<SizedTurn> turns) {
        return isOpen(newest(turns.stream().map(SizedTurn::facts).toList()));
    }

    private static List<TurnFacts> newest(List<TurnFacts> turns) {
        return turns.subList(turns.size() - RawTail.openToolGroup(turns), turns.size());
    }

    private static boolean isOpen(List<TurnFacts> row) {
        Set<String> waiting = new HashSet<>(row.stream().flatMap(turn -> turn.opens().stream()).toList());
        row.forEach(turn -> waiting.removeAll(turn.closes()));
        return !waiting.isEmpty();
    }

    /** For each turn the index of the last turn that answers one of its calls, or its own index. */
    private static int[] lastResultOfCalls(List<TurnFacts> turns) {
        int[] reach = new int[turns.size()];
        Arrays.setAll(reach, i -> i);
        Map<String, Integer> calls = new HashMap<>();
        for (int i = 0; i < reach.length; i++) {
            for (String id : turns.get(i).closes()) {
                int call = calls.getOrDefault(id, i);
                reach[call] = i;
            }
            for (String id : turns.get(i).opens()) {
                calls.put(id, i);
                calls.put(UNNAMED, i);
            }
        }
        return reach;
    }
}
