package io.mnemosyne.replay.measure;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What calls of helping models read and wrote, tokens.
 *
 * @param micros what was billed for them, in millionths of a currency that the run does not name
 */
public record HelperUse(long calls, long inputTokens, long outputTokens, long micros) {

    HelperUse plus(HelperUse other) {
        return new HelperUse(calls + other.calls, inputTokens + other.inputTokens, outputTokens + other.outputTokens,
                micros + other.micros);
    }

    /** What each stage used. */
    static Map<String, HelperUse> byStage(List<HelperTokens> calls) {
        Map<String, HelperUse> uses = new TreeMap<>();
        calls.forEach(call -> uses.merge(call.stage(),
                new HelperUse(1, call.inputTokens(), call.outputTokens(), call.micros()), HelperUse::plus));
        return uses;
    }
}
