package io.mnemosyne.schemas.serde;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;

/** As much of Confluent's REST interface as the client needs. Remembers what it was asked. */
final class StubRegistry implements AutoCloseable {
    static final String PASSWORD = "changeit";
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int OK = 200;
    private static final int NOT_FOUND = 404;
    private static final int FAILED = 500;

    private final HttpServer server;
    private final String scheme;
    private final Path truststore;
    private final List<String> schemas = new CopyOnWriteArrayList<>();
    private final List<String> requests = new CopyOnWriteArrayList<>();
    private final List<String> authorizations = new CopyOnWriteArrayList<>();
    private final AtomicInteger failures = new AtomicInteger();
    private final Queue<Answer> schemasById = new ConcurrentLinkedQueue<>();

    private StubRegistry(HttpServer server, String scheme, Path truststore) {
        this.server = server;
        this.scheme = scheme;
        this.truststore = truststore;
        server.createContext("/", this::answer);
        server.start();
    }

    static StubRegistry plain() throws IOException {
        return new StubRegistry(HttpServer.create(anyPort(), 0), "http", Path.of("none"));
    }

    /** With a certificate of its own, made for this test. */
    static StubRegistry secure(Path folder) throws IOException, GeneralSecurityException, InterruptedException {
        Path keystore = folder.resolve("registry.p12");
        new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "keytool").toString(), "-genkeypair",
                "-alias",
                "registry", "-keyalg", "EC", "-dname", "CN=registry", "-ext", "SAN=ip:127.0.0.1", "-keystore",
                keystore.toString(), "-storepass", PASSWORD).redirectErrorStream(true)
                .redirectOutput(folder.resolve("keytool.log").toFile()).start().waitFor();
        KeyStore own = KeyStore.getInstance(keystore.toFile(), PASSWORD.toCharArray());
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(own, PASSWORD.toCharArray());
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), null, null);
        HttpsServer server = HttpsServer.create(anyPort(), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(context));
        return new StubRegistry(server, "https", trusting(own, folder.resolve("trust.p12")));
    }

    String url() {
        return scheme + "://127.0.0.1:" + server.getAddress().getPort();
    }

    Path truststore() {
        return truststore;
    }

    /** Method and path of every request, in order. */
    List<String> requests() {
        return requests;
    }

    List<String> authorizations() {
        return authorizations;
    }

    /** Answers one request for a schema by its id; without an answer prepared there is none with any id. */
    void nextSchemaById(String schemaType, String schema) {
        schemasById.add(new Answer(OK,
                JSON.createObjectNode().put("schemaType", schemaType).put("schema", schema).toString()));
    }

    /** Stumbles over the next request. */
    void failNext() {
        failures.incrementAndGet();
    }

    /** Lacks the schema of one request for it. */
    void nextSchemaByIdMissing() {
        schemasById.add(Answer.MISSING);
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private static InetSocketAddress anyPort() {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    }

    private static Path trusting(KeyStore own, Path file) throws IOException, GeneralSecurityException {
        KeyStore trust = KeyStore.getInstance("PKCS12");
        trust.load(null, null);
        trust.setCertificateEntry("registry", own.getCertificate("registry"));
        try (OutputStream out = Files.newOutputStream(file)) {
            trust.store(out, PASSWORD.toCharArray());
        }
        return file;
    }

    private void answer(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        requests.add(exchange.getRequestMethod() + " " + path);
        authorizations.addAll(exchange.getRequestHeaders().getOrDefault("Authorization", List.of()));
        JsonNode body = read(exchange.getRequestBody());
        Answer answer = answerTo(path, body);
        exchange.getResponseHeaders().add("Content-Type", "application/vnd.schemaregistry.v1+json");
        byte[] bytes = answer.body().getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(answer.status(), bytes.length);
        try (OutputStream out = exchange.getResponseBody()) {
            out.write(bytes);
        }
    }

    private Answer answerTo(String path, JsonNode body) {
        if (failures.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
            return new Answer(FAILED, "{\"error_code\":50001,\"message\":\"stumbled\"}");
        }
        if (path.startsWith("/config/")) {
            return new Answer(OK, "{\"compatibility\":\"FULL_TRANSITIVE\"}");
        }
        if (path.startsWith("/schemas/ids/")) {
            return Optional.ofNullable(schemasById.poll()).orElse(Answer.MISSING);
        }
        return new Answer(OK, registered(path.split("/")[2], body));
    }

    private record Answer(int status, String body) {
        static final Answer MISSING = new Answer(NOT_FOUND, "{\"error_code\":40403,\"message\":\"Schema not found\"}");
    }

    private static JsonNode read(InputStream body) throws IOException {
        byte[] bytes = body.readAllBytes();
        return bytes.length == 0 ? JSON.nullNode() : JSON.readTree(bytes);
    }

    private String registered(String subject, JsonNode body) {
        String schema = body.path("schema").asText();
        if (!schemas.contains(schema)) {
            schemas.add(schema);
        }
        int id = schemas.indexOf(schema) + 1;
        return JSON.createObjectNode().put("subject", subject).put("version", 1).put("id", id).put("schema", schema)
                .toString();
    }
}
