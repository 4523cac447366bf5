package io.mnemosyne.trace.send;

import java.time.Duration;
import java.util.Optional;

/** What a backend said to a request. */
sealed interface Reply {
    /**
     * The spans are taken.
     *
     * @param rejected how many the backend took out by itself
     */
    record Taken(long rejected) implements Reply {
    }

    /** Something in the request is wrong. */
    record Refused(int status, String message) implements Reply {
    }

    /** The request is too large. */
    record TooLarge(int status) implements Reply {
    }

    /** It takes no requests for a while, and says for how long or does not. */
    record Busy(Optional<Duration> retryAfter) implements Reply {
    }

    /** It will take none until somebody changes keys or settings. */
    record Denied(int status) implements Reply {
    }

    /** Whether it took the request is not known; there was no answer, or the server failed. */
    record Unknown(String cause, Optional<Duration> retryAfter) implements Reply {
    }
}
