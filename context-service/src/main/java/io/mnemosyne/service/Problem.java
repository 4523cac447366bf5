package io.mnemosyne.service;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

import io.mnemosyne.core.ThreadKey;

/** An answer other than success, as RFC 9457 {@code application/problem+json}. */
final class Problem extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int status;
    private final String title;
    private final transient List<InvalidTurn> invalid;
    private final transient List<InvalidField> fields;
    private final transient Optional<Duration> retryAfter;

    private Problem(int status, String title, String detail, List<InvalidTurn> invalid, Optional<Duration> retryAfter) {
        this(status, title, detail, invalid, List.of(), retryAfter);
    }

    private Problem(int status, String title, String detail, List<InvalidTurn> invalid, List<InvalidField> fields,
            Optional<Duration> retryAfter) {
        super(detail);
        this.fields = List.copyOf(fields);
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

    static Problem invalidSpans(List<InvalidTurn> invalid) {
        return new Problem(400, "No valid span", "none of the spans is valid; 'invalid' says what is wrong with each",
                invalid, Optional.empty());
    }

    /** @param refusal says in front of the fields what came of it */
    static Problem invalidFields(String refusal, List<InvalidField> fields) {
        String detail = fields.stream().map(field -> "'" + field.field() + "' " + field.reason())
                .collect(Collectors.joining("; "));
        return new Problem(400, "Bad request", refusal + ": " + detail, List.of(), fields, Optional.empty());
    }

    /** 404 for something of a thread that it does not have; the detail says what to do. */
    static Problem notFound(String detail) {
        return new Problem(404, "Not found", detail, List.of(), Optional.empty());
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
        return new Body("about:blank", title, status, String.valueOf(getMessage()), invalid,
                Optional.of(fields).filter(some -> !some.isEmpty()));
    }

    /**
     * The JSON of a problem.
     *
     * @param fields of the body that are wrong; left out if it is not about fields
     */
    record Body(String type, String title, int status, String detail, List<InvalidTurn> invalid,
            Optional<List<InvalidField>> fields) {
    }

    /** A field of a body that cannot be used. */
    record InvalidField(String field, String reason) {
    }

    /**
     * A turn or span of a batch that was not taken.
     *
     * @param index in the batch, from 0
     */
    record InvalidTurn(int index, String reason) {
    }
}
