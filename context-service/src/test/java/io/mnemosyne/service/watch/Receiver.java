package io.mnemosyne.service.watch;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;

/** A subscriber's server that fails in the ways that it is told, one after the other, and then takes what it is sent. */
final class Receiver implements AutoCloseable {
    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final CountDownLatch closing = new CountDownLatch(1);
    private final Deque<Failing> failing = new ConcurrentLinkedDeque<>();
    final List<Request> requests = new CopyOnWriteArrayList<>();
    /** How it answers for ever to those whose body has this text. */
    volatile Optional<String> refused = Optional.empty();

    /** How to fail once. */
    interface Failing {
        void answer(HttpExchange exchange, CountDownLatch closing) throws IOException, InterruptedException;

        static Failing status(int status) {
            return (exchange, _) -> exchange.sendResponseHeaders(status, -1);
        }

        static Failing redirect(URI to) {
            return (exchange, _) -> {
                exchange.getResponseHeaders().set("Location", to.toString());
                exchange.sendResponseHeaders(302, -1);
            };
        }

        /** Never answers. */
        static Failing silent() {
            return (_, closing) -> closing.await();
        }

        /** Answers with an error and a body that never ends. */
        static Failing endless() {
            return (exchange, closing) -> {
                exchange.sendResponseHeaders(500, 0);
                exchange.getResponseBody().write("…".getBytes(StandardCharsets.UTF_8));
                exchange.getResponseBody().flush();
                closing.await();
            };
        }

        /** Hangs up. */
        static Failing hangUp() {
            return (exchange, _) -> exchange.close();
        }
    }

    /** What it was sent. */
    record Request(String body, Map<String, List<String>> headers) {
        String header(String name) {
            return headers.getOrDefault(name, List.of("")).getFirst();
        }
    }

    Receiver(Failing... failures) throws IOException {
        failing.addAll(List.of(failures));
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/", this::handle);
        server.start();
    }

    URI url() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/hook");
    }

    private void handle(HttpExchange exchange) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        requests.add(new Request(body, Map.copyOf(exchange.getRequestHeaders())));
        Failing next = refused.filter(body::contains).map(_ -> Failing.status(503))
                .or(() -> Optional.ofNullable(failing.poll())).orElseGet(() -> Failing.status(204));
        try {
            next.answer(exchange, closing);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        exchange.close();
    }

    @Override
    public void close() {
        closing.countDown();
        server.stop(0);
        threads.shutdownNow();
    }
}
