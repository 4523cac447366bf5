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
 * @param purged whether records are deleted as soon as the one stage that reads them has committed past them
 * @param maxBytes largest record batch, bytes
 * @param writer the one stage that writes it, or who else does
 * @param readers the stages that read it
 * @param purpose one line
 */
public record Topic(String name, String keyForm, String schema, int partitions, Cleanup cleanup, Duration retention,
        boolean purged, int maxBytes, String writer, List<String> readers, String purpose) {
    /** The broker removes and compacts whole files of records, and begins a new one this long after the last. */
    static final Duration SEGMENT = Duration.ofHours(12);
    /**
     * The same of a purged topic, whose records are on disk until their file goes. Not shorter, because a reader that is
     * away for days leaves a file for each.
     */
    static final Duration PURGED_SEGMENT = Duration.ofMinutes(10);
    /** How long the broker keeps a file of a purged topic that it has taken out of the topic. */
    static final Duration PURGED_FILE = Duration.ofSeconds(1);
    /** A row under a tombstone is compacted away once its file has been closed for this long at most. */
    static final Duration MAX_COMPACTION_LAG = Duration.ofHours(24);
    /** For the broker's rounds, minutes apart, and for the hour that it lets a producer's clock be ahead. */
    private static final Duration ROUNDS = Duration.ofHours(1);

    /** @throws IllegalArgumentException if it is purged, but compacted or read by another number of stages than one */
    public Topic {
        readers = List.copyOf(readers);
        if (purged && (cleanup != Cleanup.DELETE || readers.size() != 1)) {
            throw new IllegalArgumentException(
                    name + " cannot be purged: that is for expiring topics with one reader, but its readers are "
                            + readers);
        }
    }

    /**
     * How long after it was written a record of an expiring topic is gone at the latest: the file that holds it goes when
     * the newest record in it has expired.
     *
     * @throws IllegalStateException if the topic is compacted: a record stays until it is replaced
     */
    public Duration longestKept() {
        if (cleanup == Cleanup.COMPACT) {
            throw new IllegalStateException("records of " + name + " do not expire");
        }
        return retention.plus(SEGMENT).plus(ROUNDS);
    }

    /** How long after its first record the broker closes a file of this topic, at the next record. */
    Duration segment() {
        return purged ? PURGED_SEGMENT : SEGMENT;
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
