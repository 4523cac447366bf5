package io.mnemosyne.inference.chat.stream;

import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;

import io.mnemosyne.inference.chat.ChatException.Failure;

/**
 * An error as a provider says it.
 *
 * @param status of HTTP; 200 if the error came in the middle of an answer
 * @param type the vendor's word for the kind of error; empty if there is none
 * @param code a more exact word; empty if there is none
 * @param parameter of the request that is wrong; empty if none is named
 * @param message in the vendor's words. May quote the prompt or a part of the key, so it is read and never passed on
 */
public record ErrorResponse(int status, String type, String code, String parameter, String message,
        Optional<Duration> retryAfter) {
    private static final Pattern TOO_LARGE = Pattern.compile(
            "prompt is too long|too many (input )?tokens|context (length|window|size|limit)|maximum context|"
                    + "exceed_context|string_above_max_length|request_too_large",
            Pattern.CASE_INSENSITIVE);
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_.\\[\\]-]{1,64}");

    /** @param body as JSON; a missing node if it is none */
    public static ErrorResponse of(int status, JsonNode body, Optional<Duration> retryAfter) {
        JsonNode error = body.has("error") ? body.get("error") : body;
        String message = error.isTextual() ? error.textValue() : error.path("message").asText("");
        return new ErrorResponse(status, error.path("type").asText(""), error.path("code").asText(""),
                error.path("param").asText(""), message, retryAfter);
    }

    Failure failure() {
        if (status == 413 || says(TOO_LARGE)) {
            return Failure.TOO_LARGE;
        }
        return switch (type) {
            case "insufficient_quota", "billing_error" -> Failure.REJECTED;
            case "rate_limit_error" -> Failure.RATE_LIMITED;
            case "overloaded_error", "api_error", "server_error" -> Failure.OVERLOADED;
            case "timeout_error" -> Failure.TIMEOUT;
            case "authentication_error", "permission_error" -> Failure.UNAUTHORIZED;
            default -> byStatus();
        };
    }

    private Failure byStatus() {
        return switch (status) {
            case 401, 403 -> Failure.UNAUTHORIZED;
            case 408 -> Failure.TIMEOUT;
            case 429 -> Failure.RATE_LIMITED;
            default -> status >= 500 || status < 300
                    ? Failure.OVERLOADED
                    : status >= 400 ? Failure.REJECTED : Failure.MALFORMED;
        };
    }

    /** Whether the vendor's words match, wherever they stand. */
    boolean says(Pattern words) {
        return Stream.of(message, type, code).anyMatch(text -> words.matcher(text).find());
    }

    /** The status and the vendor's words for the kind of error; nothing that could quote the request. */
    @Override
    public String toString() {
        return Stream.of(String.valueOf(status), type, code, parameter).filter(word -> NAME.matcher(word).matches())
                .distinct().collect(Collectors.joining(" "));
    }
}
