package io.mnemosyne.replay.policy;

import java.util.Optional;

/** Answers of earlier runs. Thread-safe. */
@FunctionalInterface
public interface RecordedCalls {
    /** Nothing was ever answered. */
    RecordedCalls NONE = (_, _) -> Optional.empty();

    /**
     * What was answered, as {@link io.mnemosyne.replay.HelperCall#response()}.
     *
     * @param session its name, {@code folder/file}
     */
    Optional<String> find(String session, String requestHash);

    /** Told of every answer that was not found, as soon as it is there. */
    default void keep(String session, String requestHash, String response) {
        // Who only reads keeps nothing.
    }
}
