package io.mnemosyne.bench.models;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import io.mnemosyne.bench.Durations;

/** One conversation as an agent has it over REST: says turns at a pace and asks for its context in between. Thread-safe. */
final class Agent {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int OK = 200;
    private static final int ACCEPTED = 202;
    private static final long POLL_MILLIS = 50;

    private final HttpClient http;
    private final URI thread;
    private final Queue<Duration> reads = new ConcurrentLinkedQueue<>();
    private final AtomicLong largestView = new AtomicLong();
    private final AtomicLong overBudget = new AtomicLong();
    private final AtomicLong refused = new AtomicLong();

    Agent(HttpClient http, URI service, String tenant) {
        this.http = http;
        thread = service.resolve("/v1/tenants/" + tenant + "/threads/t/");
    }

    void say(int number, String text) throws IOException, InterruptedException {
        String turn = JSON.writeValueAsString(List.of(Map.of("id", "t-" + number, "role",
                number % 2 == 0 ? "user" : "assistant", "content", text)));
        HttpResponse<String> answer = http.send(HttpRequest.newBuilder(thread.resolve("turns"))
                .header("Content-Type", "application/json").POST(BodyPublishers.ofString(turn)).build(),
                BodyHandlers.ofString());
        if (answer.statusCode() != ACCEPTED) {
            throw new IOException("a turn was answered with " + answer.statusCode() + ": " + answer.body());
        }
    }

    /** Says the first turn, and waits until the thread can be read. */
    void begin(String text) throws IOException, InterruptedException {
        say(0, text);
        while (context().statusCode() != OK) {
            Thread.sleep(POLL_MILLIS);
        }
    }

    /** Asks for the context once, and notes how long that took and what was in it. */
    void read() throws IOException, InterruptedException {
        long begin = System.nanoTime();
        HttpResponse<String> answer = context();
        if (answer.statusCode() != OK) {
            refused.incrementAndGet();
            return;
        }
        reads.add(Duration.ofNanos(System.nanoTime() - begin));
        JsonNode view = JSON.readTree(answer.body());
        long tokens = view.path("tokens").asLong();
        largestView.accumulateAndGet(tokens, Math::max);
        if (tokens > view.path("budget").asLong()) {
            overBudget.incrementAndGet();
        }
    }

    Durations reads() {
        return Durations.of(reads);
    }

    long largestView() {
        return largestView.get();
    }

    /** Contexts above their budget. */
    long overBudget() {
        return overBudget.get();
    }

    /** Contexts that were not given. */
    long refused() {
        return refused.get();
    }

    private HttpResponse<String> context() throws IOException, InterruptedException {
        return http.send(HttpRequest.newBuilder(thread.resolve("context")).build(), BodyHandlers.ofString());
    }
}
