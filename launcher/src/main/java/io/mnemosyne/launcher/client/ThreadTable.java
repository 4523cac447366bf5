package io.mnemosyne.launcher.client;

import java.io.PrintWriter;
import java.util.Locale;

import com.fasterxml.jackson.databind.JsonNode;

/** Prints the numbers of threads below each other. */
final class ThreadTable {
    private static final String ROW = "%-40s %7s %10s %15s %10s %9s %12s %8s %8s%n";

    private final PrintWriter out;

    ThreadTable(PrintWriter out) {
        this.out = out;
    }

    void header() {
        out.printf(ROW, "thread", "turns", "tokens in", "tokens in view", "reduction", "segments", "reflections",
                "objects", "time");
    }

    /**
     * One thread.
     *
     * @param stats what {@code GET .../stats} answers
     * @param tokensInView of the context as it is served
     */
    void row(String thread, JsonNode stats, long tokensInView, double seconds) {
        long tokensIn = stats.path("tokensIn").asLong();
        out.printf(ROW, shortened(thread), stats.path("turns").asText(), tokensIn, tokensInView,
                reduction(tokensIn, tokensInView),
                stats.path("observations").asText(), stats.path("reflections").asText(), stats.path("objects").asText(),
                String.format(Locale.ROOT, "%.1f s", seconds));
        out.flush();
    }

    static String reduction(long tokensIn, long tokensInView) {
        return tokensIn == 0
                ? "-"
                : String.format(Locale.ROOT, "%.1f %%", 100.0 * (tokensIn - tokensInView) / tokensIn);
    }

    private static String shortened(String name) {
        return name.length() <= 40 ? name : name.substring(0, 19) + ".." + name.substring(name.length() - 19);
    }
}
