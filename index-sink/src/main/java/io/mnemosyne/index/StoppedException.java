package io.mnemosyne.index;

/** The sink was stopped, or its partitions were given to another instance, while it waited. */
final class StoppedException extends RuntimeException {
    StoppedException() {
        super("stopped while waiting", null, false, false);
    }
}
