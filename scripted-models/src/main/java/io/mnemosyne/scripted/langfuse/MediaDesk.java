package io.mnemosyne.scripted.langfuse;

import java.net.URI;
import java.nio.charset.StandardCharsets;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;

/** Answers requests about media. Thread-safe. */
final class MediaDesk {
    static final String PATH = "/api/public/media";
    static final String BUCKET = "/bucket/";
    private static final ObjectMapper JSON = new ObjectMapper();

    private final MediaShelf shelf;
    private volatile MediaMode mode = MediaMode.STORES;

    MediaDesk(MediaShelf shelf) {
        this.shelf = shelf;
    }

    void mode(MediaMode other) {
        mode = other;
    }

    Reply answer(HttpExchange exchange, String path, byte[] body) {
        if (mode == MediaMode.UNKNOWN) {
            return Reply.error(404, "no such path");
        }
        if (mode == MediaMode.NO_BUCKET) {
            return Reply.error(500, "no bucket is configured");
        }
        try {
            JsonNode request = JSON.readTree(new String(body, StandardCharsets.UTF_8));
            return switch (exchange.getRequestMethod()) {
                case "POST" -> created(exchange, request);
                case "PATCH" -> Reply.of(shelf.report(path.substring(path.lastIndexOf('/') + 1), request), "{}");
                default -> Reply.error(405, "POST or PATCH");
            };
        } catch (IllegalArgumentException | JsonProcessingException e) {
            return Reply.error(400, String.valueOf(e.getMessage()));
        }
    }

    private Reply created(HttpExchange exchange, JsonNode request) {
        MediaShelf.Created created = shelf.create(request);
        // Port 9 of this machine is one at which nobody listens.
        String host = mode == MediaMode.UNREACHABLE
                ? "127.0.0.1:9"
                : "127.0.0.1:" + exchange.getLocalAddress().getPort();
        var body = JSON.createObjectNode().put("mediaId", created.mediaId());
        if (created.upload()) {
            body.put("uploadUrl",
                    URI.create("http://" + host + BUCKET + created.mediaId() + "?signature=x").toString());
        } else {
            body.putNull("uploadUrl");
        }
        return Reply.of(201, body.toString());
    }
}
