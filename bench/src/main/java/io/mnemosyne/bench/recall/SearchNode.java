package io.mnemosyne.bench.recall;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import io.mnemosyne.index.IndexSettings;

/** The OpenSearch of the local stack, alone, in a process of its own and on a free port. It ends with this process. */
final class SearchNode implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration START = Duration.ofMinutes(2);
    private static final long POLL_MILLIS = 200;

    private final Process process;
    private final URI url;
    private final HttpClient http = HttpClient.newHttpClient();

    private SearchNode(Process process, URI url) {
        this.process = process;
        this.url = url;
    }

    /** Where the class path of the node is, once the project is built. */
    static Path jars() {
        return Path.of(System.getProperty("mnemosyne.home", ".."), "launcher", "search-node", "target", "search");
    }

    /**
     * Returns once it answers.
     *
     * @param directory for its data and its log
     * @param heapMegabytes of its JVM
     * @throws IOException if it does not start; says where its log is
     */
    static SearchNode start(Path directory, int heapMegabytes) throws IOException, InterruptedException {
        int port = freePort();
        Path log = directory.resolve("opensearch.log");
        Process process = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx" + heapMegabytes + "m",
                "-XX:+UseSerialGC", "--add-modules", "jdk.incubator.vector", "-cp", jars() + "/*",
                "io.mnemosyne.search.SearchNodeMain", "path.home=" + directory,
                "path.data=" + directory.resolve("data"),
                "path.logs=" + directory.resolve("logs"), "discovery.type=single-node", "cluster.name=bench",
                "node.name=bench", "network.host=127.0.0.1", "http.port=" + port, "transport.port=0",
                "cluster.routing.allocation.disk.threshold_enabled=false").redirectErrorStream(true)
                .redirectOutput(log.toFile()).start();
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
        SearchNode node = new SearchNode(process, URI.create("http://127.0.0.1:" + port));
        long deadline = System.nanoTime() + START.toNanos();
        while (process.isAlive() && System.nanoTime() < deadline) {
            if (node.isHealthy()) {
                return node;
            }
            Thread.sleep(POLL_MILLIS);
        }
        node.close();
        throw new IOException("OpenSearch did not start; see "
                + log);
    }

    IndexSettings settings() {
        return IndexSettings.at(url).withPrefix("bench");
    }

    /** Sends a request that must succeed. */
    JsonNode send(String method, String path, String body) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(url.resolve(path)).header("content-type", "application/json")
                .method(method, BodyPublishers.ofString(body)).build();
        HttpResponse<String> response = http.send(request, BodyHandlers.ofString());
        if (response.statusCode() >= 300) {
            throw new IOException(method + " " + path + " answered " + response.statusCode() + ": " + response.body());
        }
        return JSON.readTree(response.body());
    }

    private boolean isHealthy() throws InterruptedException {
        try {
            send("GET", "/_cluster/health?wait_for_status=yellow&timeout=1s", "");
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    @Override
    public void close() {
        http.close();
        process.destroy();
        try {
            if (!process.waitFor(Duration.ofSeconds(20))) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
