package io.mnemosyne.service;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

import io.javalin.http.Context;

import io.mnemosyne.core.ThreadKey;
import io.mnemosyne.core.trace.TraceContext;

/** Reads the parameters of a request, with errors that name the parameter. */
final class Requests {
    private Requests() {
    }

    static ThreadKey thread(Context request) {
        try {
            return new ThreadKey(request.pathParam("tenant"), request.pathParam("thread"));
        } catch (IllegalArgumentException e) {
            throw Problem.badRequest(String.valueOf(e.getMessage()), e);
        }
    }

    static String tenant(Context request) {
        String tenant = request.pathParam("tenant");
        if (!ThreadKey.isName(tenant)) {
            throw Problem
                    .badRequest("tenant '" + tenant + "' must be 1 to 128 characters out of A-Z a-z 0-9 . _ : @ -");
        }
        return tenant;
    }

    /** The step of the client's own trace that sent the request, if it says one. */
    static Optional<TraceContext> cause(Context request) {
        return header(request, TraceContext.HEADER).flatMap(TraceContext::parse);
    }

    static Optional<String> parameter(Context request, String name) {
        return Optional.ofNullable(request.queryParam(name)).filter(value -> !value.isEmpty());
    }

    static String choice(Context request, String name, String fallback, String... others) {
        String value = parameter(request, name).orElse(fallback);
        if (value.equals(fallback) || List.of(others).contains(value)) {
            return value;
        }
        throw Problem.badRequest("'" + name + "' is '" + value + "'; it must be one of " + fallback + ", "
                + String.join(", ", others));
    }

    static OptionalLong number(Context request, String name, long min, long max) {
        Optional<String> text = parameter(request, name);
        if (text.isEmpty()) {
            return OptionalLong.empty();
        }
        try {
            long value = Long.parseLong(text.get());
            if (value >= min && value <= max) {
                return OptionalLong.of(value);
            }
        } catch (NumberFormatException e) {
            throw badNumber(name, text.get(), min, max);
        }
        throw badNumber(name, text.get(), min, max);
    }

    static Duration millis(Context request, String name, Duration fallback) {
        OptionalLong millis = number(request, name, 0, Integer.MAX_VALUE);
        return millis.isPresent() ? Duration.ofMillis(millis.getAsLong()) : fallback;
    }

    static Optional<String> header(Context request, String name) {
        return Optional.ofNullable(request.header(name)).filter(value -> !value.isEmpty());
    }

    private static Problem badNumber(String name, String text, long min, long max) {
        return Problem.badRequest(
                "'" + name + "' is '" + text + "'; it must be a whole number from " + min + " to " + max);
    }
}
