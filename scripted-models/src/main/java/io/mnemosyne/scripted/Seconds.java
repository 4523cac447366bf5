package io.mnemosyne.scripted;

import java.time.Duration;

/** Whole seconds, as HTTP wants them. */
final class Seconds {
    private Seconds() {
    }

    /** Rounded up, so that nobody comes too early. */
    static long atLeast(Duration time) {
        return time.plusNanos(999_999_999).toSeconds();
    }
}
