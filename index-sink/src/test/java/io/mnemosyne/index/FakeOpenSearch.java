package io.mnemosyne.index;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CountDownLatch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;

/**
 * The part of OpenSearch that the sink talks to, over HTTP. It takes nothing but what the protocol says: the first thing
 * that it does not understand is kept in {@link #complaints}. Errors are ordered in advance.
 */
final class FakeOpenSearch implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Reply ACKNOWLEDGED = new Reply(200,
            "{\"acknowledged\":true,\"shards_acknowledged\":true}");

    final Map<String, ObjectNode> documents = new ConcurrentSkipListMap<>();
    /** Ids of those that a search under the alias would find. */
    volatile Set<String> refreshed = Set.of();
    /** Ids of each bulk request that was answered item by item. */
    final List<List<String>> bulks = new ArrayList<>();
    final List<String> complaints = new ArrayList<>();
    private final Map<String, Deque<Integer>> itemErrors = new HashMap<>();
    private final Deque<Integer> requestErrors = new ArrayDeque<>();
    private final HttpServer server;
    private long maxBulkBytes = Long.MAX_VALUE;
    private final Map<String, JsonNode> indices = new ConcurrentHashMap<>();
    private final Map<String, String> aliases = new ConcurrentHashMap<>();
    private JsonNode template = JSON.nullNode();
    private volatile boolean silent;
    private final CountDownLatch bulkInSilence = new CountDownLatch(1);
    private final CountDownLatch closing = new CountDownLatch(1);

    FakeOpenSearch() {
        this(0);
    }

    FakeOpenSearch(int port) {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/", this::answer);
        server.start();
    }

    URI url() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    /** The next times that a document is written, its item is answered with these errors. */
    void failItem(String id, Integer... statuses) {
        itemErrors.computeIfAbsent(id, _ -> new ArrayDeque<>()).addAll(List.of(statuses));
    }

    /** The next bulk requests are answered as a whole with these errors. */
    void failBulk(Integer... statuses) {
        requestErrors.addAll(List.of(statuses));
    }

    void refuseBulksOver(long bytes) {
        maxBulkBytes = bytes;
    }

    /** From now on bulk requests are taken and never answered. */
    void fallSilent() {
        silent = true;
    }

    /** Whether a bulk request waits for an answer that never comes. */
    boolean holdsABulk() {
        return bulkInSilence.getCount() == 0 && closing.getCount() > 0;
    }

    /** The index is there without its alias, as if somebody had restored it. */
    void restoreIndexWithoutAlias() {
        have("notes-v2");
    }

    /** An index is there, under the given aliases. */
    void have(String index, String... names) {
        indices.put(index, JSON.createObjectNode());
        List.of(names).forEach(name -> aliases.put(name, index));
    }

    /** Which index an alias stands for; empty if for none. */
    String aliased(String name) {
        return aliases.getOrDefault(name, "");
    }

    Set<String> indices() {
        return Set.copyOf(indices.keySet());
    }

    /** The index is gone, as if somebody had deleted it. */
    void loseIndex() {
        indices.clear();
        aliases.clear();
        documents.clear();
    }

    private void answer(HttpExchange exchange) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        Reply reply;
        try {
            reply = reply(exchange.getRequestMethod() + " " + exchange.getRequestURI().getPath(), exchange, body);
        } catch (RuntimeException | IOException e) {
            complaints.add(e.toString());
            reply = error(400, "test_complaint");
        }
        byte[] bytes = reply.json().getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().add("Content-Type", "application/json");
        exchange.sendResponseHeaders(reply.status(), bytes.length == 0 ? -1 : bytes.length);
        try (OutputStream out = exchange.getResponseBody()) {
            out.write(bytes);
        }
    }

    private Reply reply(String line, HttpExchange exchange, String body) throws IOException {
        return switch (line) {
            case "PUT /_index_template/notes-template" -> {
                check(JSON.readTree(body).at("/template/mappings/properties/vector/type").asText()
                        .equals("knn_vector"), "template without vectors");
                template = JSON.readTree(body).at("/template/mappings");
                yield ACKNOWLEDGED;
            }
            case "GET /_alias/notes" -> aliases.containsKey("notes")
                    ? new Reply(200, JSON.createObjectNode().set(aliased("notes"), JSON.createObjectNode()).toString())
                    : error(404, "alias_missing");
            case "HEAD /_alias/notes-v2-write" -> new Reply(aliases.containsKey("notes-v2-write") ? 200 : 404, "");
            case "PUT /notes-v2" -> {
                if (indices.putIfAbsent("notes-v2", template) != null) {
                    yield error(400, "resource_already_exists_exception");
                }
                yield ACKNOWLEDGED;
            }
            case "PUT /notes-v2/_alias/notes", "PUT /notes-v2/_alias/notes-v2-write",
                    "PUT /notes-v1/_alias/notes-v1-write" -> {
                String index = line.substring("PUT /".length(), line.indexOf("/_alias"));
                if (!indices.containsKey(index)) {
                    yield error(404, "index_not_found_exception");
                }
                check(JSON.readTree(body).path("is_write_index").asBoolean(), "alias without index");
                aliases.put(line.substring(line.lastIndexOf('/') + 1), index);
                yield ACKNOWLEDGED;
            }
            case "POST /_aliases" -> {
                check(JSON.readTree(body).at("/actions/0/remove/index").asText().equals(aliased("notes")),
                        "another index is searched");
                aliases.put("notes", JSON.readTree(body).at("/actions/1/add/index").asText());
                yield ACKNOWLEDGED;
            }
            case "DELETE /notes-v1" ->
                indices.remove("notes-v1") == null ? error(404, "index_not_found_exception") : ACKNOWLEDGED;
            case "GET /notes-v2/_mapping" -> new Reply(200, JSON.createObjectNode()
                    .set("notes-v2", JSON.createObjectNode().set("mappings", indices.get("notes-v2"))).toString());
            case "POST /notes/_mget" -> aliases.containsKey("notes")
                    ? mget(exchange, JSON.readTree(body))
                    : error(404, "index_not_found_exception");
            case "POST /notes/_refresh" -> {
                refreshed = Set.copyOf(documents.keySet());
                yield new Reply(200, "{\"_shards\":{\"total\":1,\"successful\":1,\"failed\":0}}");
            }
            case "POST /notes-v2-write/_bulk" -> bulk(exchange, body);
            case "POST /notes-v2-write/_refresh", "POST /notes-v2/_refresh" -> new Reply(200,
                    "{\"_shards\":{\"total\":1,\"successful\":1,\"failed\":0}}");
            case "POST /notes-v2-write/_search" -> search(JSON.readTree(body));
            default -> throw new IllegalStateException("unexpected request " + line);
        };
    }

    private Reply mget(HttpExchange exchange, JsonNode request) {
        check(exchange.getRequestURI().getQuery().contains("_source_includes=tenant"), "more than is needed");
        ObjectNode answer = JSON.createObjectNode();
        ArrayNode docs = answer.putArray("docs");
        request.path("ids").valueStream().map(JsonNode::asText).forEach(id -> {
            ObjectNode found = docs.addObject().put("_index", "notes-v2").put("_id", id)
                    .put("found", documents.containsKey(id));
            if (documents.containsKey(id)) {
                found.set("_source", documents.get(id).deepCopy().retain("tenant"));
            }
        });
        return new Reply(200, answer.toString());
    }

    private Reply bulk(HttpExchange exchange, String body) throws IOException {
        check(exchange.getRequestURI().getQuery().contains("require_alias=true"), "bulk without require_alias");
        check(body.endsWith("\n"), "bulk without final newline");
        if (silent) {
            bulkInSilence.countDown();
            awaitClosing();
        }
        Integer error = requestErrors.poll();
        if (error != null || body.length() > maxBulkBytes) {
            return error(error == null ? 413 : error, "es_rejected_execution_exception");
        }
        List<String> lines = body.lines().toList();
        List<String> ids = new ArrayList<>();
        ObjectNode answer = JSON.createObjectNode().put("took", 1).put("errors", true);
        ArrayNode items = answer.putArray("items");
        for (int i = 0; i < lines.size(); i++) {
            JsonNode action = JSON.readTree(lines.get(i));
            String operation = action.fieldNames().next();
            String id = action.path(operation).path("_id").asText();
            JsonNode source = operation.equals("delete") ? JSON.nullNode() : JSON.readTree(lines.get(++i));
            check(!id.isEmpty() && !ids.contains(id), "a document without id or named twice: " + id);
            ids.add(id);
            items.addObject().set(operation, item(operation, id, source));
        }
        bulks.add(ids);
        return new Reply(200, answer.toString());
    }

    private ObjectNode item(String operation, String id, JsonNode source) {
        Deque<Integer> errors = itemErrors.getOrDefault(id, new ArrayDeque<>());
        if (!aliases.containsKey("notes-v2-write")) {
            return item(id, 404, "index_not_found_exception");
        }
        if (!errors.isEmpty()) {
            int status = errors.remove();
            return item(id, status, status == 400 ? "mapper_parsing_exception" : "es_rejected_execution_exception");
        }
        if (operation.equals("delete")) {
            return item(id, documents.remove(id) == null ? 404 : 200, "");
        }
        check(operation.equals("update") && source.has("doc"), "neither update nor delete: " + operation);
        if (!documents.containsKey(id) && !source.path("doc_as_upsert").asBoolean()) {
            return item(id, 404, "document_missing_exception");
        }
        documents.computeIfAbsent(id, _ -> JSON.createObjectNode()).setAll((ObjectNode) source.path("doc"));
        return item(id, 200, "");
    }

    private static ObjectNode item(String id, int status, String error) {
        ObjectNode item = JSON.createObjectNode().put("_index", "notes-v2").put("_id", id).put("status", status);
        if (!error.isEmpty()) {
            item.putObject("error").put("type", error).put("reason", "failed near 'the secret text'");
        }
        return item;
    }

    private Reply search(JsonNode request) {
        JsonNode bool = request.at("/query/bool");
        check(bool.at("/filter/0/term/tenant").isObject() && bool.at("/filter/1/term/thread").isObject()
                || bool.at("/should/0/term/owner").isObject() && bool.path("minimum_should_match").asText().equals("1"),
                "a query without tenant and thread: " + request);
        ObjectNode answer = JSON.createObjectNode().put("took", 1).put("timed_out", false);
        answer.putObject("_shards").put("total", 1).put("successful", 1).put("failed", 0);
        ArrayNode hits = answer.putObject("hits").putArray("hits");
        documents.entrySet().stream().filter(document -> matches(document.getValue(), bool))
                .limit(request.path("size").asInt())
                .forEach(document -> hits.addObject().put("_index", "notes-v2").put("_id", document.getKey()));
        return new Reply(200, answer.toString());
    }

    private static boolean matches(JsonNode document, JsonNode bool) {
        return bool.path("filter").valueStream().allMatch(filter -> holds(document, filter))
                && bool.path("must_not").valueStream().noneMatch(filter -> holds(document, filter))
                && (!bool.has("should")
                        || bool.path("should").valueStream().anyMatch(filter -> holds(document, filter)));
    }

    private static boolean holds(JsonNode document, JsonNode filter) {
        String kind = filter.fieldNames().next();
        JsonNode condition = filter.path(kind);
        if (kind.equals("bool")) {
            return matches(document, condition);
        }
        String field = condition.fieldNames().next();
        return switch (kind) {
            case "term" -> document.path(field).asText().equals(condition.at("/" + field + "/value").asText());
            case "terms" -> condition.path(field).valueStream()
                    .anyMatch(value -> value.asText().equals(document.path(field).asText()));
            case "range" -> document.path(field).asLong() < condition.at("/" + field + "/lt").asLong();
            case "exists" -> document.has(condition.path("field").asText());
            default -> throw new IllegalStateException("unexpected filter " + filter);
        };
    }

    private static Reply error(int status, String type) {
        return new Reply(status, "{\"error\":{\"root_cause\":[],\"type\":\"" + type
                + "\",\"reason\":\"ordered by the test\"},\"status\":" + status + "}");
    }

    private static void check(boolean holds, String complaint) {
        if (!holds) {
            throw new IllegalStateException(complaint);
        }
    }

    private void awaitClosing() {
        try {
            closing.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        closing.countDown();
        server.stop(0);
    }

    private record Reply(int status, String json) {
    }
}
