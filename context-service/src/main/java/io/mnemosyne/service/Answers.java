package io.mnemosyne.service;

import java.nio.charset.StandardCharsets;

import io.javalin.http.Context;

/** Writes answers in UTF-8, whatever a server would take as the encoding of a content type that it does not know. */
final class Answers {
    private Answers() {
    }

    static void json(Context request, String json) {
        text(request, "application/json", json);
    }

    static void text(Context request, String contentType, String text) {
        bytes(request, contentType, text.getBytes(StandardCharsets.UTF_8));
    }

    /** 202: what a reader wants to see is not applied yet. */
    static void notYet(Context request, String position) {
        request.status(202).header("Retry-After", "1");
        json(request, Json.of(new NotYet("not applied yet", position)));
    }

    /** The JSON of a position that was asked for and is not in the view yet. */
    record NotYet(String status, String position) {
    }

    static void bytes(Context request, String contentType, byte[] bytes) {
        request.contentType(contentType).result(bytes);
    }
}
