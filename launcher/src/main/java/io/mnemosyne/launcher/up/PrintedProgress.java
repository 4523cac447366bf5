package io.mnemosyne.launcher.up;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.Locale;

import io.mnemosyne.launcher.stack.Component;
import io.mnemosyne.launcher.stack.Progress;

/** One line per component. */
public final class PrintedProgress implements Progress {
    private final PrintWriter out;

    public PrintedProgress(PrintWriter out) {
        this.out = out;
    }

    @Override
    public void ready(Component component, Duration took, String address) {
        print(String.format(Locale.ROOT, "%-10s ready %5.1f s  %s", component.label(), took.toMillis() / 1e3, address));
    }

    @Override
    public void existing(Component component, String address) {
        print("%-10s existing       %s".formatted(component.label(), address));
    }

    @Override
    public void stopped(Component component) {
        print("%-10s stopped".formatted(component.label()));
    }

    private void print(String line) {
        out.println(line);
        out.flush();
    }
}
