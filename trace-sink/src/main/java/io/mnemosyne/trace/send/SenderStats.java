package io.mnemosyne.trace.send;

/**
 * What a sender has done since its start, and how it is.
 *
 * @param server what the backend was found to accept
 * @param spans handed over, with those that carry parts of fields
 * @param requests that handed over spans
 * @param bytes of these before they were compressed
 * @param uploads of fields and images
 * @param parts of fields that could not be uploaded
 * @param deadLettered records
 * @param rejected spans that the backend took out of requests by itself and did not name
 * @param retried requests that were sent again
 * @param waiting bytes of records that were read and not yet handed over
 * @param concurrency requests that may be under way now
 */
public record SenderStats(String backend, State state, ServerFacts server, long spans, long requests, long bytes,
        long uploads, long parts, long deadLettered, long rejected, long retried, long waiting, int concurrency) {

    /** How the backend is. */
    public enum State {
        OPEN,
        /** It has asked to wait. */
        BUSY,
        /** It fails or does not answer; the same is sent again. */
        AWAY,
        /** It does not know the keys or the path; somebody has to do something. */
        DENIED
    }
}
