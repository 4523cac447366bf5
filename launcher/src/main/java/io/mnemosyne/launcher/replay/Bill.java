package io.mnemosyne.launcher.replay;

import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

import io.mnemosyne.inference.Counts;
import io.mnemosyne.inference.guards.PriceTable;
import io.mnemosyne.replay.HelperCall;

/** What the models of a replay answered, what that cost, and what went wrong meanwhile. Thread-safe. */
final class Bill {
    private final Map<String, Use> uses = new TreeMap<>();
    private final Counts counts = new Counts();
    private long failures;
    @Nullable
    private String firstFailure;
    private long stoodIn;
    @Nullable
    private String firstInsteadOf;

    private record Use(long calls, long input, long output, long micros) {
        Use plus(Use other) {
            return new Use(calls + other.calls, input + other.input, output + other.output, micros + other.micros);
        }
    }

    /** Raised by what happens to calls and answers. */
    Counts counts() {
        return counts;
    }

    synchronized void add(List<HelperCall> calls) {
        for (HelperCall call : calls) {
            uses.merge(call.model(), new Use(1, call.inputTokens(), call.outputTokens(), call.micros()), Use::plus);
            call.insteadOf().ifPresent(reason -> {
                stoodIn++;
                firstInsteadOf = firstInsteadOf == null ? reason : firstInsteadOf;
            });
        }
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

    /** A line for each model that answered, and for all that was answered by another one, was counted, or failed. */
    synchronized void print(PrintWriter out) {
        uses.forEach(
                (model, use) -> out.printf(Locale.ROOT, "%s: %,d answers, %,d + %,d tokens%s%n", model, use.calls(),
                        use.input(), use.output(),
                        use.micros() == 0
                                ? ""
                                : ", " + PriceTable.inUnits(use.micros())
                                        + " in the currency of the prices"));
        if (stoodIn > 0) {
            out.printf(Locale.ROOT, "%,d of them by another one than was asked first, first because of: %s%n", stoodIn,
                    firstInsteadOf);
        }
        Map<String, Long> counted = counts.snapshot();
        if (!counted.isEmpty()) {
            out.printf("counted: %s%n", counted.entrySet().stream()
                    .map(count -> count.getKey() + " " + count.getValue()).collect(Collectors.joining(", ")));
        }
        if (failures > 0) {
            out.printf(Locale.ROOT, "%,d times nobody answered, first because of: %s%n", failures, firstFailure);
        }
    }
}
