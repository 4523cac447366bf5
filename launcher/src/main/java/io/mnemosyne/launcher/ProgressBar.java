package io.mnemosyne.launcher;

import java.io.Console;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.Optional;

/** One line that fills up, on a terminal only, since a file cannot be drawn over. */
public final class ProgressBar {
    private static final int WIDTH = 30;

    private final PrintWriter out;
    private final String label;
    private final long total;
    private final boolean redraw;
    private long done;
    private int drawn = -1;

    /**
     * A bar at zero.
     *
     * @param total what full means, in the caller's unit
     */
    public ProgressBar(PrintWriter out, String label, long total) {
        this.out = out;
        this.label = label;
        this.total = Math.max(1, total);
        this.redraw = Optional.ofNullable(System.console()).filter(Console::isTerminal).isPresent();
    }

    /** More is done, in the same unit. */
    public void add(long more) {
        done = Math.min(total, done + more);
        int percent = (int) (100 * done / total);
        if (redraw && percent != drawn) {
            drawn = percent;
            int full = WIDTH * percent / 100;
            out.printf(Locale.ROOT, "\r%s [%s%s] %3d%%", label, "#".repeat(full), "-".repeat(WIDTH - full), percent);
            out.flush();
        }
    }

    /** Nothing more will come. */
    public void finish() {
        if (redraw) {
            out.println();
            out.flush();
        }
    }
}
