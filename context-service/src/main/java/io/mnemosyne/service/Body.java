package io.mnemosyne.service;

import java.util.List;

import io.mnemosyne.core.transcript.InvalidTurnException;
import io.mnemosyne.core.transcript.RawJson;

/** Takes the body of a POST apart into the JSON of each turn: one object, an array of them, or one object per line. */
final class Body {
    private Body() {
    }

    static List<String> turns(String contentType, String body) {
        String text = body.strip();
        if (text.isEmpty()) {
            throw Problem.badRequest("the body is empty; send one turn, an array of turns, or one turn per line "
                    + "with content type application/x-ndjson");
        }
        if (contentType.contains("ndjson") || contentType.contains("jsonl")) {
            return text.lines().filter(line -> !line.isBlank()).toList();
        }
        try {
            return RawJson.isArray(text) ? RawJson.elements(text) : List.of(text);
        } catch (InvalidTurnException e) {
            throw Problem.badRequest("the body is " + e.getMessage(), e);
        }
    }
}
