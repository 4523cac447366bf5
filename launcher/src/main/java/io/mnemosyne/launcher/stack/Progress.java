package io.mnemosyne.launcher.stack;

import java.time.Duration;

/** Told what happens while a stack starts and stops. */
public interface Progress {
    /** Tells nobody. */
    Progress SILENT = new Progress() {
    };

    /**
     * Called when a component serves.
     *
     * @param took since it was started
     */
    default void ready(Component component, Duration took, String address) {
    }

    /** Called when an existing service is used instead of a child. */
    default void existing(Component component, String address) {
    }

    /** Called when a component has ended on request. */
    default void stopped(Component component) {
    }
}
