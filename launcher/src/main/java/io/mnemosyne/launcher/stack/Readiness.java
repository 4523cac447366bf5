package io.mnemosyne.launcher.stack;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/** Asked of a child that is starting: does it serve by now? */
@FunctionalInterface
interface Readiness {
    boolean isReady() throws InterruptedException;

    /** A line in the child's log that consists of {@code text} alone. */
    static Readiness logLine(Path log, String text) {
        return () -> {
            try (var lines = Files.lines(log)) {
                return lines.anyMatch(text::equals);
            } catch (IOException | UncheckedIOException e) {
                return false;
            }
        };
    }

    /** An answer 200 to GET. */
    static Readiness http(HttpClient client, String url) {
        HttpRequest request = HttpRequest.newBuilder(URI.create(url)).timeout(Duration.ofSeconds(2)).build();
        return () -> {
            try {
                return client.send(request, BodyHandlers.discarding()).statusCode() == 200;
            } catch (IOException e) {
                return false;
            }
        };
    }
}
