package io.mnemosyne.index;

/**
 * What the sink has done since it was started, and how far behind it is.
 *
 * @param indexed changes that the index took: texts, vectors, marks and removals
 * @param retried changes that had to be sent again
 * @param deadLettered records given up and reported to {@code index.dead-letters}
 * @param embedded vectors computed and written to {@code vectors}
 * @param restarts how often a loop had to start over after an error
 * @param reachable false while OpenSearch does not answer
 * @param bulks acknowledged bulk requests
 * @param bulkMillis how long they took, in total
 * @param slowestBulkMillis how long the slowest of them took
 * @param texts records read by nobody yet or not yet acknowledged by the index that is searched
 * @param vectors records whose text is not embedded yet
 * @param rebuild records that a new version of the index still lacks, while an older one is searched; else none
 */
public record IndexStats(long indexed, long retried, long deadLettered, long embedded, long restarts, boolean reachable,
        long bulks, long bulkMillis, long slowestBulkMillis, Lag texts, Lag vectors, Lag rebuild) {

    /** These are of a version that is being built, and an older one is searched until then. */
    IndexStats whileBuilding(IndexStats searched) {
        return new IndexStats(indexed, retried, deadLettered, embedded, restarts, reachable, bulks, bulkMillis,
                slowestBulkMillis, searched.texts, vectors, texts);
    }

    /**
     * How far behind a loop is.
     *
     * @param documents records that wait; an upper bound, for it counts records that turn out to need nothing
     * @param ageMillis age of the oldest record that was read and still waits; 0 if none
     */
    public record Lag(long documents, long ageMillis) {
        public static final Lag NONE = new Lag(0, 0);
    }
}
