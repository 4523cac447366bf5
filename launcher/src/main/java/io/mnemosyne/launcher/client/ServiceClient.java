package io.mnemosyne.launcher.client;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import io.mnemosyne.core.ThreadKey;
import io.mnemosyne.launcher.CommandFailure;
import io.mnemosyne.launcher.ExitCode;

/**
 * Talks to the REST service. A request that meets a stopped, starting or overloaded service is sent again for a while:
 * turns carry ids, so that a repetition adds nothing.
 */
public final class ServiceClient {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final Duration REQUEST_LIMIT = Duration.ofSeconds(60);
    /** The longest that the service waits for a record in one request. */
    private static final Duration WAIT = Duration.ofSeconds(30);
    private static final int APPLIED = 200;
    private static final Duration PAUSE = Duration.ofMillis(250);
    private static final Set<Integer> AGAIN = Set.of(429, 502, 503, 504);

    private final URI service;
    private final HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5)).build();

    public ServiceClient(URI service) {
        this.service = service;
    }

    /**
     * An answer of the service.
     *
     * @param link its link header, for example {@code </v1/…?from=100>; rel="next"}
     */
    public record Answer(int status, String body, Optional<String> link) {

        /** The body as JSON. */
        public JsonNode json() {
            try {
                return JSON.readTree(body);
            } catch (IOException e) {
                throw new CommandFailure(ExitCode.UNREACHABLE, "the service answered " + status + " with no JSON", e);
            }
        }
    }

    /** Posts turns, one JSON object per line. Status 202 or 400. */
    public Answer post(ThreadKey thread, String turns) {
        return send(request(thread, "/turns").header("Content-Type", "application/x-ndjson")
                .POST(BodyPublishers.ofString(turns)).build(), Set.of(202, 400));
    }

    /**
     * Posts JSON to a thread. Status 200 or 202.
     *
     * @param path below the thread, for example {@code /query}
     */
    public Answer tell(ThreadKey thread, String path, String json) {
        return send(request(thread, path).header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(json)).build(), Set.of(200, 202));
    }

    /**
     * Reads something of a thread.
     *
     * @param path below the thread, with its query, for example {@code /context?format=markdown}
     */
    public Answer get(ThreadKey thread, String path) {
        return send(request(thread, path).GET().build(), Set.of(200, 202));
    }

    /**
     * The context of a thread once a record is in it.
     *
     * @param position token of the record
     * @throws CommandFailure if it is not there within two minutes
     */
    public JsonNode contextAfter(ThreadKey thread, String position) {
        return contextAfter(thread, position, PATIENCE);
    }

    /**
     * The context of a thread once a record is in it.
     *
     * @param position token of the record
     * @param patience how long a backlog before it may take
     * @throws CommandFailure if it is not there in time
     */
    public JsonNode contextAfter(ThreadKey thread, String position, Duration patience) {
        long deadline = System.nanoTime() + patience.toNanos();
        while (System.nanoTime() < deadline) {
            Answer answer = get(thread, "/context?wait=" + WAIT.toMillis() + "&after=" + position);
            if (answer.status() == APPLIED) {
                return answer.json();
            }
        }
        throw new CommandFailure(ExitCode.NOT_READY, "the last turn of " + thread + " was not in its context after "
                + patience.toSeconds() + " s; see the pipeline's log");
    }

    /** Deletes a thread. */
    public Answer delete(ThreadKey thread) {
        return send(request(thread, "").DELETE().build(), Set.of(202));
    }

    private HttpRequest.Builder request(ThreadKey thread, String path) {
        return HttpRequest
                .newBuilder(service.resolve("/v1/tenants/" + thread.tenant() + "/threads/" + thread.thread() + path))
                .timeout(REQUEST_LIMIT);
    }

    private Answer send(HttpRequest request, Set<Integer> expected) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            try {
                HttpResponse<String> response = http.send(request, BodyHandlers.ofString());
                if (expected.contains(response.statusCode())) {
                    return new Answer(response.statusCode(), response.body(),
                            response.headers().firstValue("Link"));
                }
                if (!AGAIN.contains(response.statusCode()) || System.nanoTime() > deadline) {
                    throw refused(request, response);
                }
            } catch (IOException e) {
                if (System.nanoTime() > deadline) {
                    throw new CommandFailure(ExitCode.UNREACHABLE, "no service answers at " + service
                            + ": start one with 'mnemosyne up' or name one with --url", e);
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new CommandFailure(ExitCode.UNREACHABLE, "interrupted while talking to " + service, e);
            }
            pause();
        }
    }

    private static CommandFailure refused(HttpRequest request, HttpResponse<String> response) {
        return new CommandFailure(ExitCode.REFUSED, request.method() + " " + request.uri().getPath() + " answered "
                + response.statusCode() + ": " + detail(response.body()));
    }

    private static String detail(String body) {
        try {
            return JSON.readTree(body).path("detail").asText(body);
        } catch (IOException e) {
            return body;
        }
    }

    private static void pause() {
        try {
            Thread.sleep(PAUSE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
