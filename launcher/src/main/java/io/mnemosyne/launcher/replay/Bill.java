package io.mnemosyne.launcher.replay;

import java.io.PrintWriter;
import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

import org.jspecify.annotations.Nullable;

import io.mnemosyne.replay.HelperCall;

/** What the models of a replay answered, what that cost, and how often they failed. Thread-safe. */
final class Bill {
    private static final int MICROS = 6;

    private final Map<String, Use> uses = new TreeMap<>();
    private long failures;
    @Nullable
    private String firstFailure;

    private record Use(long calls, long input, long output, long micros) {
        Use plus(Use other) {
            return new Use(calls + other.calls, input + other.input, output + other.output, micros + other.micros);
        }
    }

    synchronized void add(List<HelperCall> calls) {
        calls.forEach(call -> uses.merge(call.model(),
                new Use(1, call.inputTokens(), call.outputTokens(), call.micros()), Use::plus));
    }

    synchronized void failed(String reason) {
        failures++;
        if (firstFailure == null) {
            firstFailure = reason;
        }
    }

    synchronized boolean hasFailures() {
        return failures > 0;
    }

    /** A line for each model that answered, and one for all failures. */
    synchronized void print(PrintWriter out) {
        uses.forEach(
                (model, use) -> out.printf(Locale.ROOT, "%s: %,d answers, %,d + %,d tokens%s%n", model, use.calls(),
                        use.input(), use.output(),
                        use.micros() == 0
                                ? ""
                                : ", " + BigDecimal.valueOf(use.micros(), MICROS).stripTrailingZeros().toPlainString()
                                        + " in the currency of the prices"));
        if (failures > 0) {
            out.printf(Locale.ROOT, "%,d times nobody answered, first because of: %s%n", failures, firstFailure);
        }
    }
}
