package io.mnemosyne.scripted.langfuse;

import java.util.Map;

import com.fasterxml.jackson.databind.ObjectMapper;

/**
 * An answer.
 *
 * @param status 0 for none: the connection is cut
 */
record Reply(int status, Map<String, String> headers, String body) {
    private static final ObjectMapper JSON = new ObjectMapper();
    static final Reply NONE = of(0, "");

    static Reply of(int status, String body) {
        return new Reply(status, Map.of(), body);
    }

    static Reply error(int status, String message) {
        return of(status, JSON.createObjectNode().put("message", message).toString());
    }
}
