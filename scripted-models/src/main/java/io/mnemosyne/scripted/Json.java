package io.mnemosyne.scripted;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Set;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** JSON as the vendors read and write it. */
final class Json {
    private static final ObjectMapper MAPPER = new ObjectMapper()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    private Json() {
    }

    static ObjectNode object() {
        return MAPPER.createObjectNode();
    }

    static String text(JsonNode node) {
        try {
            return MAPPER.writeValueAsString(node);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Reads the body of a request, once its content type is checked. */
    static Fields body(HttpRequest request, Words words, Set<String> known) throws Problem {
        if (request.header("content-type").filter(type -> type.startsWith("application/json")).isEmpty()) {
            throw Problem.of(Behaviour.Trouble.REJECTED, "Content-Type: Input should be 'application/json'");
        }
        return Fields.of(parse(request), "", words, known);
    }

    static JsonNode parse(HttpRequest request) throws Problem {
        try {
            return MAPPER.readTree(request.body());
        } catch (IOException _) {
            throw Problem.of(Behaviour.Trouble.REJECTED, "The request body is not valid JSON.");
        }
    }
}
