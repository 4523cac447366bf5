package io.mnemosyne.service;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;

import io.mnemosyne.core.transcript.InvalidTurnException;
import io.mnemosyne.core.transcript.RawJson;

/** Takes the body of a POST apart into the JSON of each turn: one object, an array of them, or one object per line. */
final class Body {
    private Body() {
    }

    /** The text of a body. Bytes that are not UTF-8 are refused: whatever stood for them could not be given back. */
    static String text(byte[] body) {
        ByteBuffer bytes = ByteBuffer.wrap(body);
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(bytes).toString();
        } catch (CharacterCodingException e) {
            int at = bytes.position();
            throw Problem.badRequest("the body is not UTF-8: byte %d (counted from 0) is 0x%02x; send it in UTF-8"
                    .formatted(at, body[at]), e);
        }
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
