package io.mnemosyne.replay.measure;

import java.util.List;
import java.util.Map;

import io.mnemosyne.replay.recording.Recording;

/**
 * What was measured of one session.
 *
 * @param session its name
 * @param tools the sizes of tool results by tool
 * @param helpers what helping models used, by stage
 * @param lost of each kind the facts that the prompts lacked most often, up to {@link LostFact#KEPT}
 * @param problems the first that were found; {@link Count#PROBLEMS} is how many there are
 */
public record SessionReport(String session, Counts counts, Map<String, ToolUse> tools, Map<String, HelperUse> helpers,
        List<LostFact> lost, List<String> problems) {
    public SessionReport {
        tools = Map.copyOf(tools);
        helpers = Map.copyOf(helpers);
        lost = List.copyOf(lost);
        problems = List.copyOf(problems);
    }

    /** Where the session comes from: the folder in its name. */
    public String source() {
        return Recording.sourceOf(session);
    }
}
