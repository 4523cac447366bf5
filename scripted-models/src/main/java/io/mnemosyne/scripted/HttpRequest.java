package io.mnemosyne.scripted;

import java.util.Map;
import java.util.Optional;

/**
 * A request of HTTP/1.1.
 *
 * @param path without the query
 * @param headers by name in lower case
 * @param body read as UTF-8
 */
record HttpRequest(String method, String path, Map<String, String> headers, String body) {
    HttpRequest {
        headers = Map.copyOf(headers);
    }

    Optional<String> header(String name) {
        return Optional.ofNullable(headers.get(name)).filter(value -> !value.isBlank());
    }

    boolean wantsClose() {
        return header("connection").filter("close"::equalsIgnoreCase).isPresent();
    }
}
