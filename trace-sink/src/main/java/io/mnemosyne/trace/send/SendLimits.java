package io.mnemosyne.trace.send;

import java.time.Duration;

/**
 * How much is sent at once, and how fast.
 *
 * @param targetBytes of a request before it is compressed; filled up to here
 * @param maxBytes of a request before it is compressed; a span that is larger gives fields away until it fits
 * @param maxSpans in a request
 * @param fieldBytes of a field in UTF-8; a larger one travels beside the span, 1 KiB to 1 MiB
 * @param maxConcurrency requests under way at once; fewer while the backend struggles
 * @param requestsPerSecond of all kinds, on average; bounds how fast a backlog is caught up with
 * @param timeout of a request
 * @param linger how long a span waits for others to fill a request
 * @param longestWait between two attempts to send the same bytes
 * @param readAheadBytes of records that were read and not yet sent; reading pauses above it
 */
public record SendLimits(int targetBytes, int maxBytes, int maxSpans, int fieldBytes, int maxConcurrency,
        double requestsPerSecond, Duration timeout, Duration linger, Duration longestWait, long readAheadBytes) {
    /** 3.0 MB, at most 3.5 MB and 512 spans; fields of 512 KiB; 4 requests at once and 10 a second; 32 MiB read ahead. */
    public static final SendLimits DEFAULT = new SendLimits(3_000_000, 3_500_000, 512, 512 * 1024, 4, 10,
            Duration.ofSeconds(30), Duration.ofSeconds(1), Duration.ofSeconds(30), 32 * 1024 * 1024);
    static final int LEAST_FIELD = 1024;
    private static final int LEAST_REQUEST = 16 * 1024;

    /** @throws IllegalArgumentException naming the first limit that cannot be used */
    public SendLimits {
        require(targetBytes >= LEAST_REQUEST && targetBytes <= maxBytes,
                "a request's target must be at least 16 KiB and at most its maximum, not " + targetBytes);
        require(maxSpans >= 1, "a request must have room for a span, not for " + maxSpans);
        require(fieldBytes >= LEAST_FIELD && fieldBytes <= 1024 * 1024,
                "the largest field must be 1 KiB to 1 MiB, because Langfuse cuts larger ones, not " + fieldBytes);
        require(maxConcurrency >= 1, "at least one request must be allowed at once, not " + maxConcurrency);
        require(requestsPerSecond > 0, "requests per second must be above 0, not " + requestsPerSecond);
        require(readAheadBytes >= 1, "at least one byte must be read ahead, not " + readAheadBytes);
        require(timeout.isPositive() && longestWait.isPositive() && !linger.isNegative(),
                "time-out and longest wait must be above 0, linger must not be negative");
    }

    public SendLimits withRequests(int target, int max, int spans) {
        return new SendLimits(target, max, spans, fieldBytes, maxConcurrency, requestsPerSecond, timeout, linger,
                longestWait, readAheadBytes);
    }

    public SendLimits withRates(int concurrency, double perSecond) {
        return new SendLimits(targetBytes, maxBytes, maxSpans, fieldBytes, concurrency, perSecond, timeout, linger,
                longestWait, readAheadBytes);
    }

    public SendLimits withWaits(Duration timeout, Duration linger, Duration longestWait) {
        return new SendLimits(targetBytes, maxBytes, maxSpans, fieldBytes, maxConcurrency, requestsPerSecond, timeout,
                linger, longestWait, readAheadBytes);
    }

    public SendLimits withFieldBytes(int bytes) {
        return new SendLimits(targetBytes, maxBytes, maxSpans, bytes, maxConcurrency, requestsPerSecond, timeout,
                linger, longestWait, readAheadBytes);
    }

    private static void require(boolean holds, String message) {
        if (!holds) {
            throw new IllegalArgumentException(message);
        }
    }
}
