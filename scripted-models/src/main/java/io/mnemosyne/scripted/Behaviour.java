package io.mnemosyne.scripted;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import java.util.Optional;

/** What the server does with a valid request. */
public sealed interface Behaviour {

    /**
     * Answers with a text. One longer than the client's limit of tokens is cut off there and says so.
     *
     * @param text empty for an answer without one
     */
    record Say(String text, Stop stop, Pace pace, Fault fault) implements Behaviour {

        /** The same, so long before the first byte and between the pieces. */
        public Say slowly(Duration firstByte, Duration between) {
            return new Say(text, stop, new Pace(firstByte, between), fault);
        }

        /** The same, which goes wrong in the middle. */
        public Say with(Fault other) {
            return new Say(text, stop, pace, other);
        }
    }

    /**
     * Answers with the vendor's error body.
     *
     * @param message for the client, in the vendor's words
     * @param parameter that is wrong, if one is
     * @param headers beside the usual ones
     */
    record Fail(Trouble trouble, String message, Optional<String> parameter, Map<String, String> headers)
            implements
                Behaviour {
        public Fail {
            headers = Map.copyOf(headers);
        }
    }

    /** Answers with an HTML page, as a proxy in between does. */
    record Page(int status, String html) implements Behaviour {
    }

    /** Why an answer stops. */
    enum Stop {
        /** It is complete. */
        COMPLETE,
        /** It reached the limit of tokens. */
        CUT_OFF,
        /** The model declined. */
        REFUSED,
        /** The provider's filter stopped it; to Anthropic the same as refused. */
        FILTERED
    }

    /** What goes wrong in the middle of an answer. */
    enum Fault {
        NONE,
        /** The connection breaks. */
        BROKEN,
        /** The response ends as if it were complete. */
        ENDED,
        /** JSON that cannot be parsed. */
        GARBLED,
        /** An error event; a body that is not streamed fails as overloaded instead. */
        ERROR
    }

    /** How long the server waits before the first byte, and between the pieces of an answer. */
    record Pace(Duration firstByte, Duration between) {
        public static final Pace FAST = new Pace(Duration.ZERO, Duration.ZERO);
    }

    /** Errors that both vendors know. */
    enum Trouble {
        REJECTED,
        CONTEXT_TOO_LONG,
        OUT_OF_CREDIT,
        UNAUTHORIZED,
        FORBIDDEN,
        NOT_FOUND,
        TOO_LARGE,
        RATE_LIMITED,
        SERVER_ERROR,
        OVERLOADED
    }

    static Say answer(String text) {
        return new Say(text, Stop.COMPLETE, Pace.FAST, Fault.NONE);
    }

    static Say empty() {
        return answer("");
    }

    /** An answer that the limit of tokens cut, wherever that was. */
    static Say cutOff(String text) {
        return new Say(text, Stop.CUT_OFF, Pace.FAST, Fault.NONE);
    }

    static Say refusal() {
        return new Say("I cannot help with that.", Stop.REFUSED, Pace.FAST, Fault.NONE);
    }

    static Say filtered() {
        return new Say("", Stop.FILTERED, Pace.FAST, Fault.NONE);
    }

    /** JSON that fits no schema of ours. */
    static Say wrongSchema() {
        return answer("{\"unexpected\": [1, 2, 3]}");
    }

    /** Goes round in circles until the client's limit of tokens, or a million characters. */
    static Say looping(String piece) {
        return answer(piece.repeat(1_000_000 / piece.length()));
    }

    static Fail rateLimited(Duration retryAfter) {
        return fail(Trouble.RATE_LIMITED, Map.of("Retry-After", String.valueOf(Seconds.atLeast(retryAfter))));
    }

    /** Says until when as an HTTP date. */
    static Fail rateLimitedUntil(Instant time) {
        return fail(Trouble.RATE_LIMITED,
                Map.of("Retry-After", DateTimeFormatter.RFC_1123_DATE_TIME.format(time.atOffset(ZoneOffset.UTC))));
    }

    static Fail fail(Trouble trouble) {
        return fail(trouble, Map.of());
    }

    static Fail fail(Trouble trouble, Map<String, String> headers) {
        return new Fail(trouble, "", Optional.empty(), headers);
    }

    /** A 400 because the model does not take this parameter. */
    static Fail unsupported(String parameter, String message) {
        return new Fail(Trouble.REJECTED, message, Optional.of(parameter), Map.of());
    }

    static Page badGateway() {
        return new Page(502, "<html><head><title>502 Bad Gateway</title></head><body>nginx</body></html>");
    }

    /** HTML where an answer should be, as a captive portal or a wrong base URL gives it. */
    static Page htmlInsteadOfJson() {
        return new Page(200, "<!doctype html><html><body><h1>Welcome</h1></body></html>");
    }
}
