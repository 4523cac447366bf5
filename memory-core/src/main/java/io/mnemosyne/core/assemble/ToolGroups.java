package io.mnemosyne.core.assemble;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.mnemosyne.core.Role;
import io.mnemosyne.core.TurnFacts;

/** Cuts a run of turns into groups that stay together: a tool call and its result never part. */
final class ToolGroups {
    /** Some sources name no call in a result; it then belongs to the newest call. */
    private static final String UNNAMED = "";

    private ToolGroups() {
    }

    /** Contiguous groups, oldest first; a turn that has to do with no tool is a group of its own. */
    static List<List<SizedTurn>> of(List<SizedTurn> turns) {
        int[] reach = lastResultOfCalls(turns.stream().map(SizedTurn::facts).toList());
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

    /** Whether the newest turns are calls that still wait for a result. */
    static boolean endsOpen(List<SizedTurn> turns) {
        Set<String> answered = new HashSet<>();
        int i = turns.size() - 1;
        while (i >= 0 && turns.get(i).turn().role() == Role.TOOL) {
            answered.addAll(turns.get(i).facts().closes());
            i--;
        }
        while (i >= 0 && turns.get(i).turn().role() == Role.ASSISTANT && !turns.get(i).facts().opens().isEmpty()) {
            if (!answered.containsAll(turns.get(i).facts().opens())) {
                return true;
            }
            i--;
        }
        return false;
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
