package io.mnemosyne.launcher.client;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Iterator;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

import io.mnemosyne.launcher.CommandFailure;
import io.mnemosyne.launcher.ExitCode;

/** Reads server-sent events, and comes back after the newest one when the connection ends. */
final class EventStream {
    private static final Duration PAUSE = Duration.ofSeconds(1);
    /** How long a service may take to come back. */
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final int OK = 200;
    private static final int UNAVAILABLE = 503;

    private final URI url;
    private final HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5)).build();
    private Optional<String> newest = Optional.empty();

    EventStream(URI url) {
        this.url = url;
    }

    /** One event: its name and its data. */
    record Event(String name, String data) {
    }

    /**
     * Reads until nobody wants more.
     *
     * @param heard whether more is wanted after an event
     * @throws CommandFailure if no service answers for two minutes
     */
    void read(Predicate<Event> heard) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            try {
                HttpRequest.Builder request = HttpRequest.newBuilder(url).header("Accept", "text/event-stream");
                newest.ifPresent(id -> request.header("Last-Event-ID", id));
                HttpResponse<Stream<String>> answer = http.send(request.build(), BodyHandlers.ofLines());
                try (Stream<String> lines = answer.body()) {
                    if (answer.statusCode() == OK) {
                        deadline = System.nanoTime() + PATIENCE.toNanos();
                        if (!read(lines.iterator(), heard)) {
                            return;
                        }
                    } else if (answer.statusCode() != UNAVAILABLE) {
                        throw new CommandFailure(ExitCode.REFUSED, "GET " + url.getPath() + " answered "
                                + answer.statusCode() + ": " + String.join(" ", lines.toList()));
                    }
                }
            } catch (IOException | UncheckedIOException e) {
                if (System.nanoTime() > deadline) {
                    throw new CommandFailure(ExitCode.UNREACHABLE, "no service answers at " + url
                            + ": start one with 'mnemosyne up' or name one with --url", e);
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
            pause();
        }
    }

    private boolean read(Iterator<String> lines, Predicate<Event> heard) {
        String name = "";
        StringBuilder data = new StringBuilder();
        while (lines.hasNext()) {
            String line = lines.next();
            int colon = line.indexOf(':');
            String value = colon < 0 ? "" : line.substring(colon + 1).stripLeading();
            switch (colon < 0 ? line : line.substring(0, colon)) {
                case "id" -> newest = Optional.of(value);
                case "event" -> name = value;
                case "data" -> data.append(value);
                default -> {
                    // a comment, the end of an event, or nothing that concerns us
                }
            }
            if (line.isEmpty() && !data.isEmpty()) {
                if (!heard.test(new Event(name, data.toString()))) {
                    return false;
                }
                name = "";
                data.setLength(0);
            }
        }
        return true;
    }

    private static void pause() {
        try {
            Thread.sleep(PAUSE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
