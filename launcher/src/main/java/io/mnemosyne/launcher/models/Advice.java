package io.mnemosyne.launcher.models;

import java.time.Duration;

import io.mnemosyne.inference.chat.Endpoint;
import io.mnemosyne.launcher.models.ModelCheck.Note;

/** Says what a check found and what to do about it. */
record Advice(Endpoint endpoint, Duration timeout) {
    private static final String NOT_AS_ASKED = "answers, but not in the form that was asked for, so that observations "
            + "would fail: name a model that can be held to a JSON schema";

    String of(Note note) {
        return note.failure().map(failure -> switch (failure) {
            case UNAUTHORIZED -> "the key was refused: check %s.api-key, and that it may use this model"
                    .formatted(endpoint.name());
            case REJECTED -> "the request was refused: check the model's name, and %s.base-url if it is set"
                    .formatted(endpoint.name());
            case RATE_LIMITED -> "too many calls, or no credit is left: wait, or ask the provider for more";
            case OVERLOADED ->
                "the provider has too much to do: try again later, and name another model behind this one";
            case TIMEOUT -> "no answer within %d s: try --timeout %d, or another model".formatted(timeout.toSeconds(),
                    4 * timeout.toSeconds());
            case DISCONNECTED -> "no connection to %s: is the address right, does the server run, is a proxy needed?"
                    .formatted(place());
            case MALFORMED ->
                "what %s answers is not what such an API answers: check %s.base-url, which often ends in /v1"
                        .formatted(place(), endpoint.name());
            case EMPTY, REPEATING, REFUSED ->
                "the model gave no usable answer to a harmless question: name another one";
            case TOO_LARGE -> "a prompt of a few words is too large for it: give the server a larger context";
            case CUT_OFF -> "works, but wrote more than the few tokens that an answer takes: it may think first, "
                    + "which costs time and money at each call";
            case OUT_OF_BUDGET, CIRCUIT_OPEN -> "nothing was called";
        }).map(advice -> note.what().isBlank() ? advice : advice + " (" + note.what() + ")")
                .orElse(note.what().isBlank() ? NOT_AS_ASKED : "an error that nobody foresaw: " + note.what());
    }

    private String place() {
        return endpoint.baseUrl().map(Object::toString).orElse("the vendor's API");
    }
}
