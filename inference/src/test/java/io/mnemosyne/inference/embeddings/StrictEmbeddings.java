package io.mnemosyne.inference.embeddings;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedDeque;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;

/**
 * OpenAI's embeddings API, as strict as the vendor's: what is wrong with a request is answered as the vendor does. A vector
 * has the length of its text as its first value. Errors are ordered in advance.
 */
final class StrictEmbeddings implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Set<String> KNOWN = Set.of("model", "input", "encoding_format", "dimensions");
    private static final int MOST_CHARACTERS = 100;

    final Deque<List<String>> inputs = new ConcurrentLinkedDeque<>();
    private final Deque<Reply> ordered = new ArrayDeque<>();
    private final HttpServer server;
    private final int dimensions;
    private final boolean shortens;

    /**
     * @param dimensions of the model's own vectors
     * @param shortens whether it takes another number
     */
    StrictEmbeddings(int dimensions, boolean shortens) {
        this.dimensions = dimensions;
        this.shortens = shortens;
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/", this::answer);
        server.start();
    }

    URI url() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/v1");
    }

    /** The next request is answered with this. */
    void order(int status, String body, Map<String, String> headers) {
        ordered.add(new Reply(status, body, headers));
    }

    private void answer(HttpExchange exchange) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        Reply reply = ordered.isEmpty() ? judge(exchange, body) : ordered.remove();
        reply.headers().forEach((name, value) -> exchange.getResponseHeaders().add(name, value));
        byte[] bytes = reply.body().getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(reply.status(), bytes.length);
        try (OutputStream out = exchange.getResponseBody()) {
            out.write(bytes);
        }
    }

    private Reply judge(HttpExchange exchange, String body) throws IOException {
        if (!"Bearer sk-test".equals(exchange.getRequestHeaders().getFirst("authorization"))) {
            return error(401, "invalid_api_key");
        }
        if (!exchange.getRequestURI().getPath().equals("/v1/embeddings")
                || !exchange.getRequestMethod().equals("POST")) {
            return error(404, "unknown_url");
        }
        JsonNode request = JSON.readTree(body);
        if (!"application/json".equals(exchange.getRequestHeaders().getFirst("content-type"))
                || !request.propertyStream().allMatch(field -> KNOWN.contains(field.getKey()))
                || !request.path("encoding_format").asText("float").equals("float")) {
            return error(400, "invalid_request");
        }
        if (!request.path("model").asText().equals("small")) {
            return error(404, "model_not_found");
        }
        if (request.has("dimensions") && !shortens) {
            return error(400, "unsupported_parameter");
        }
        List<String> input = request.path("input").valueStream().map(JsonNode::asText).toList();
        if (input.isEmpty()
                || input.stream().anyMatch(text -> text.isBlank() || text.length() > MOST_CHARACTERS)) {
            return error(400, "invalid_input");
        }
        inputs.add(input);
        return new Reply(200, vectors(input, request.path("dimensions").asInt(dimensions)), Map.of());
    }

    /** In an order of its own, as the index of each says. */
    private static String vectors(List<String> input, int length) {
        ObjectNode answer = JSON.createObjectNode().put("object", "list").put("model", "small");
        ArrayNode data = answer.putArray("data");
        for (int i = input.size() - 1; i >= 0; i--) {
            ArrayNode vector = data.addObject().put("object", "embedding").put("index", i).putArray("embedding");
            vector.add(input.get(i).length());
            for (int value = 1; value < length; value++) {
                vector.add(0.5);
            }
        }
        answer.putObject("usage").put("prompt_tokens", 3).put("total_tokens", 3);
        return answer.toString();
    }

    private static Reply error(int status, String code) {
        return new Reply(status, JSON.createObjectNode().set("error", JSON.createObjectNode().put("code", code)
                .put("message", "about 'the secret text'")).toString(), Map.of());
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private record Reply(int status, String body, Map<String, String> headers) {
    }
}
