package io.mnemosyne.replay.measure;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What calls of helping models read and wrote, tokens. */
public record HelperUse(long calls, long inputTokens, long outputTokens) {

    HelperUse plus(HelperUse other) {
        return new HelperUse(calls + other.calls, inputTokens + other.inputTokens, outputTokens + other.outputTokens);
    }

    /** What each stage used. */
    static Map<String, HelperUse> byStage(List<HelperTokens> calls) {
        Map<String, HelperUse> uses = new TreeMap<>();
        calls.forEach(call -> uses.merge(call.stage(), new HelperUse(1, call.inputTokens(), call.outputTokens()),
                HelperUse::plus));
        return uses;
    }
}
