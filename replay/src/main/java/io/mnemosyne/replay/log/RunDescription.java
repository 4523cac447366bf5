package io.mnemosyne.replay.log;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a run is about. A run goes on only under the same description.
 *
 * @param parameters of the policy
 * @param budget ceiling in tokens
 * @param sessions the files, in the order in which they are replayed
 * @param leastCharacters sessions with fewer are left out
 * @param withoutLargestResult whether each session's largest tool result was taken out
 */
public record RunDescription(String policy, Map<String, String> parameters, long budget, List<String> sessions,
        long leastCharacters, boolean withoutLargestResult) {
    public RunDescription {
        parameters = Map.copyOf(new TreeMap<>(parameters));
        sessions = List.copyOf(sessions);
    }
}
