package io.mnemosyne.core.thread;

import io.mnemosyne.core.ModelRequest;

/** What tells one request from another, of whatever kind. */
record Sent(String requestId, long incarnation, int attempt) {
    static Sent of(ModelRequest request) {
        return new Sent(request.requestId(), request.incarnation(), request.attempt());
    }

    boolean isRetryOf(Sent earlier) {
        return requestId.equals(earlier.requestId) && incarnation == earlier.incarnation && attempt > earlier.attempt;
    }
}
