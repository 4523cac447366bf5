package io.mnemosyne.bench.models;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.stream.IntStream;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpServer;

/**
 * The same turns through a local stack without and with tracing, in turn, so that what else the machine does falls on both.
 * With tracing the spans go all their way, to a backend that takes everything.
 *
 * @param turns of each round that are measured; a quarter as many come before, unmeasured
 * @param threads conversations at once
 * @param session a recorded one, over and over
 */
record TracingRounds(int rounds, int turns, int threads, Path session) {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int BATCH = 20;
    private static final int WARM_UP = 4;
    private static final int OK = 200;
    private static final int ACCEPTED = 202;
    private static final int NOT_YET = 202;

    TracingReport run(Path directory, Consumer<String> progress) throws IOException, InterruptedException {
        List<Double> without = new ArrayList<>();
        List<Double> with = new ArrayList<>();
        AtomicLong taken = new AtomicLong();
        HttpServer backend = backend(taken);
        Map<String, String> on = Map.of("MNEMOSYNE_TRACING_ENABLED", "true", "MNEMOSYNE_TRACING_OTLP_URL",
                "http://127.0.0.1:" + backend.getAddress().getPort());
        Map<String, String> off = Map.of("MNEMOSYNE_TRACING_ENABLED", "false");
        try {
            for (int round = 0; round < rounds; round++) {
                for (boolean traced : round % 2 == 0 ? new boolean[]{false, true} : new boolean[]{true, false}) {
                    Path place = directory.resolve("round-" + round + (traced ? "-on" : "-off"));
                    double perSecond = throughput(place, traced ? on : off);
                    (traced ? with : without).add(perSecond);
                    progress.accept("round %d, tracing %s: %.0f turns/s".formatted(round + 1, traced ? "on" : "off",
                            perSecond));
                }
            }
        } finally {
            backend.stop(0);
        }
        return new TracingReport(turns, without, with, taken.get());
    }

    private double throughput(Path directory, Map<String, String> settings) throws IOException, InterruptedException {
        List<String> lines = Files.readAllLines(session);
        try (RunningStack stack = RunningStack.start(directory, settings);
                HttpClient http = HttpClient.newHttpClient()) {
            send(http, stack.service(), "warm-up", turns / WARM_UP, lines);
            long begin = System.nanoTime();
            send(http, stack.service(), "measured", turns, lines);
            return turns / ((System.nanoTime() - begin) / 1e9);
        }
    }

    /** Returns when every turn is in its context. */
    private void send(HttpClient http, URI service, String name, int count, List<String> lines)
            throws IOException, InterruptedException {
        try (ExecutorService conversations = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Callable<Boolean>> all = IntStream.range(0, threads).<Callable<Boolean>>mapToObj(i -> () -> {
                converse(http, service.resolve("/v1/tenants/default/threads/" + name + "-" + i + "/"),
                        count / threads + (i < count % threads ? 1 : 0), lines);
                return true;
            }).toList();
            for (Future<Boolean> conversation : conversations.invokeAll(all)) {
                conversation.get();
            }
        } catch (ExecutionException e) {
            throw new IOException("a conversation failed", e.getCause());
        }
    }

    private static void converse(HttpClient http, URI thread, int count, List<String> lines)
            throws IOException, InterruptedException {
        String position = "";
        for (int from = 0; from < count; from += BATCH) {
            StringBuilder body = new StringBuilder();
            for (int i = from; i < Math.min(count, from + BATCH); i++) {
                ObjectNode turn = (ObjectNode) JSON.readTree(lines.get(i % lines.size()));
                turn.put("id", "t-" + i).remove("i");
                body.append(turn).append('\n');
            }
            HttpResponse<String> answer = http.send(HttpRequest.newBuilder(thread.resolve("turns"))
                    .header("Content-Type", "application/x-ndjson").POST(BodyPublishers.ofString(body.toString()))
                    .build(), BodyHandlers.ofString());
            if (answer.statusCode() != ACCEPTED) {
                throw new IOException("turns were answered with " + answer.statusCode() + ": " + answer.body());
            }
            position = JSON.readTree(answer.body()).path("position").asText();
        }
        URI context = thread.resolve("context?wait=20000&after=" + position);
        int status = NOT_YET;
        while (status == NOT_YET) {
            status = http.send(HttpRequest.newBuilder(context).build(), BodyHandlers.discarding()).statusCode();
        }
        if (status != OK) {
            throw new IOException("a context was answered with " + status);
        }
    }

    private static HttpServer backend(AtomicLong taken) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            taken.addAndGet(exchange.getRequestBody().readAllBytes().length);
            exchange.getResponseHeaders().set("Content-Type", "application/x-protobuf");
            exchange.sendResponseHeaders(OK, -1);
            exchange.close();
        });
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.start();
        return server;
    }
}
