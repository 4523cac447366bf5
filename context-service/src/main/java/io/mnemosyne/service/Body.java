package io.mnemosyne.service;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;

import io.mnemosyne.core.transcript.InvalidTurnException;
import io.mnemosyne.core.transcript.RawJson;

/** Takes the body of a POST apart. */
final class Body {
    private static final ObjectMapper JSON = JsonMapper.builder().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

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

    /**
     * The JSON object that a body is.
     *
     * @param example of what to send
     */
    static JsonNode object(String body, String example) {
        try {
            JsonNode json = JSON.readTree(body);
            if (json.isObject()) {
                return json;
            }
        } catch (JsonProcessingException e) {
            throw Problem.badRequest("the body is no JSON: line " + e.getLocation().getLineNr() + ", column "
                    + e.getLocation().getColumnNr() + "; send " + example, e);
        }
        throw Problem.badRequest("the body is no JSON object; send " + example);
    }

    /** The JSON of each turn of a body: one object, an array of them, or one object per line. */
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
