package io.mnemosyne.index;

import io.mnemosyne.index.Index.Answer;

/** What an answer means for what was sent. */
enum Verdict {
    /** It is in the index, or there was nothing to change. */
    TAKEN,
    /** It may be taken when it is sent again. */
    AGAIN,
    /** It will never be taken. */
    REFUSED;

    /** How often something is sent that makes the index fail in a way that may be its own fault. */
    static final int MAX_FAILURES = 8;

    /** The verdict on one change. */
    static Verdict of(Change change, Answer answer, int attempts) {
        if (answer.status() < 300) {
            return TAKEN;
        }
        if (answer.status() == 404 && !lacksIndex(answer)) {
            return mayMiss(change) ? TAKEN : REFUSED;
        }
        return ofError(answer.status(), attempts);
    }

    /** The verdict on something that was answered with an error. */
    static Verdict ofError(int status, int attempts) {
        return switch (status) {
            // Not allowed in, no index yet, too slow, overtaken, busy: says nothing about what was sent.
            case 401, 403, 404, 408, 409, 429, 502, 503, 504 -> AGAIN;
            default -> status >= 500 && attempts < MAX_FAILURES ? AGAIN : REFUSED;
        };
    }

    /** True if the index itself was not there. */
    static boolean lacksIndex(Answer answer) {
        return answer.error().contains("index_not_found");
    }

    private static boolean mayMiss(Change change) {
        return switch (change) {
            case Change.Remove _ -> true;
            case Change.Merge merge -> !merge.create();
            case Change.ByQuery _ -> false;
        };
    }
}
