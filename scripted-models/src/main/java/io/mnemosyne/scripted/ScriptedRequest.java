package io.mnemosyne.scripted;

import java.util.List;
import java.util.Optional;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * A valid request.
 *
 * @param number of the valid requests before it
 * @param system empty if there is none
 * @param messages from a user's to a user's
 * @param schema JSON Schema that the answer has to fit, if the client asked for one
 * @param maxTokens that the answer may have; {@code Integer.MAX_VALUE} if the client set no limit
 * @param body as it was sent
 */
public record ScriptedRequest(long number, Wire wire, String model, boolean stream, String system,
        List<Message> messages, Optional<JsonNode> schema, int maxTokens, JsonNode body) {

    /**
     * One message of a prompt.
     *
     * @param role {@code user} or {@code assistant}
     */
    public record Message(String role, String text) {
    }

    public ScriptedRequest {
        messages = List.copyOf(messages);
    }

    /** What the user said last. */
    public String lastText() {
        return messages.getLast().text();
    }

    /** Whether the client sent this parameter. */
    public boolean has(String parameter) {
        return body.has(parameter);
    }

    ScriptedRequest withNumber(long other) {
        return new ScriptedRequest(other, wire, model, stream, system, messages, schema, maxTokens, body);
    }
}
