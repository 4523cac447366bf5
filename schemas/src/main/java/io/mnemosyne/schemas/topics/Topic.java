package io.mnemosyne.schemas.topics;

import java.time.Duration;
import java.util.List;

/**
 * One entry of the catalogue.
 *
 * @param name without a deployment's prefix
 * @param keyForm what the record keys look like
 * @param schema of the values, Avro as self-contained JSON
 * @param partitions the same everywhere and fixed for life
 * @param retention how long records are kept at most; not applied to a compacted topic
 * @param maxBytes largest record batch, bytes
 * @param writer the one stage that writes it, or who else does
 * @param readers the stages that read it
 * @param purpose one line
 */
public record Topic(String name, String keyForm, String schema, int partitions, Cleanup cleanup, Duration retention,
        int maxBytes, String writer, List<String> readers, String purpose) {
    public Topic {
        readers = List.copyOf(readers);
    }

    @Override
    public String toString() {
        return name;
    }

    /** What becomes of old records. */
    public enum Cleanup {
        /** The newest record of each key is kept until a tombstone. */
        COMPACT("compact"),
        /** Records expire. */
        DELETE("delete");

        private final String policy;

        Cleanup(String policy) {
            this.policy = policy;
        }

        /** The value of {@code cleanup.policy}. */
        public String policy() {
            return policy;
        }
    }
}
