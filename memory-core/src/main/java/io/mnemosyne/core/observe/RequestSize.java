package io.mnemosyne.core.observe;

import io.mnemosyne.core.Policy;

/** How much text one request may carry. */
public final class RequestSize {
    /** A record has 1 MiB; the rest is for names, ids and the prior memory. */
    private static final long RECORD_ROOM = 832L * 1024;
    /** Of English, code and JSON; fewer than the usual four, so that dense text fits as well. */
    private static final long BYTES_PER_TOKEN = 3;

    private RequestSize() {
    }

    /** Bytes of all turns of a request together that a record holds and the utility model takes. */
    public static long maxBytes(Policy policy) {
        return Math.min(RECORD_ROOM,
                BYTES_PER_TOKEN * Math.round(BufferInterval.UTILITY_SHARE * policy.utilityWindow()));
    }
}
