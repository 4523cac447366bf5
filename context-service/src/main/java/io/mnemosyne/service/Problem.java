package io.mnemosyne.service;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

import io.mnemosyne.core.ThreadKey;

/** An answer other than success, as RFC 9457 {@code application/problem+json}. */
final class Problem extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int status;
    private final String title;
    private final transient List<InvalidTurn> invalid;
    private final transient Optional<Duration> retryAfter;

    private Problem(int status, String title, String detail, List<InvalidTurn> invalid, Optional<Duration> retryAfter) {
        super(detail);
        this.status = status;
        this.title = title;
        this.invalid = invalid;
        this.retryAfter = retryAfter;
    }

    static Problem badRequest(String detail) {
        return new Problem(400, "Bad request", detail, List.of(), Optional.empty());
    }

    static Problem badRequest(String detail, Throwable cause) {
        Problem problem = badRequest(detail);
        problem.initCause(cause);
        return problem;
    }

    static Problem invalidTurns(List<InvalidTurn> invalid) {
        return new Problem(400, "No valid turn", "none of the turns is valid; 'invalid' says what is wrong with each",
                invalid, Optional.empty());
    }

    /** 404 for a thread that never had turns or was deleted. */
    static Problem noTurns(ThreadKey thread) {
        return new Problem(404, "Not found", "thread " + thread + " has no turns", List.of(), Optional.empty());
    }

    static Problem tooLarge(String detail) {
        return new Problem(413, "Too large", detail, List.of(), Optional.empty());
    }

    static Problem budgetTooSmall(long budget, long needed) {
        return new Problem(422, "Budget too small",
                "a budget of " + budget + " tokens cannot hold the system turns, the "
                        + "open tool group and the newest user turn; ask for at least " + needed + " tokens",
                List.of(),
                Optional.empty());
    }

    static Problem unavailable(String detail, Duration retryAfter) {
        return new Problem(503, "Unavailable", detail, List.of(), Optional.of(retryAfter));
    }

    static Problem internal() {
        return other(500, "the request failed inside the service; its log says why");
    }

    static Problem other(int status, String detail) {
        return new Problem(status, "Refused", detail, List.of(), Optional.empty());
    }

    int status() {
        return status;
    }

    Optional<Duration> retryAfter() {
        return retryAfter;
    }

    Body body() {
        return new Body("about:blank", title, status, String.valueOf(getMessage()), invalid);
    }

    /** The JSON of a problem. */
    record Body(String type, String title, int status, String detail, List<InvalidTurn> invalid) {
    }

    /**
     * A turn of a batch that was not taken.
     *
     * @param index in the batch, from 0
     */
    record InvalidTurn(int index, String reason) {
    }
}
