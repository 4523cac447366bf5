package io.mnemosyne.service.watch;

import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Posts events, one after the other. A subscriber that did not take an event after all attempts has only one for each further
 * event until it takes one: else each would wait for all pauses of those in front of it.
 */
final class WebhookCalls implements AutoCloseable {
    private static final Logger LOGGER = LoggerFactory.getLogger(WebhookCalls.class);

    private final WebhookSettings settings;
    private final Clock clock;
    /** Redirects are not followed: an event goes where it was meant to go. */
    private final HttpClient http;
    private final CountDownLatch stopped = new CountDownLatch(1);
    private final AtomicLong delivered = new AtomicLong();
    private final AtomicLong failed = new AtomicLong();
    private final AtomicLong givenUp = new AtomicLong();
    private boolean away;

    WebhookCalls(WebhookSettings settings, Clock clock) {
        this.settings = settings;
        this.clock = clock;
        this.http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER).connectTimeout(settings.timeout()).build();
    }

    /**
     * Posts an event until it is taken or given up.
     *
     * @return false if this was stopped meanwhile, so that the event has to be posted again
     */
    boolean deliver(CompactEvent event) {
        int attempts = away ? 1 : settings.attempts();
        String problem = "";
        for (int attempt = 1; attempt <= attempts; attempt++) {
            if (attempt > 1 && isStoppedWithin(settings.pause(attempt - 1))) {
                return false;
            }
            try {
                int status = post(event);
                if (status / 100 == 2) {
                    delivered.incrementAndGet();
                    away = false;
                    return true;
                }
                problem = "status " + status;
            } catch (IOException e) {
                problem = e.getClass().getSimpleName();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return false;
            }
            failed.incrementAndGet();
        }
        if (isStoppedWithin(Duration.ZERO)) {
            return false;
        }
        away = true;
        givenUp.incrementAndGet();
        LOGGER.atWarn().addKeyValue("host", settings.url().getHost()).addKeyValue("delivery", event.id())
                .addKeyValue("thread", event.thread()).addKeyValue("attempts", attempts)
                .addKeyValue("problem", problem).log("gave up on an event that the webhook did not take");
        return true;
    }

    private int post(CompactEvent event) throws IOException, InterruptedException {
        String body = event.json();
        long now = clock.instant().getEpochSecond();
        HttpRequest request = HttpRequest.newBuilder(settings.url()).timeout(settings.timeout())
                .header("Content-Type", "application/json").header("X-Mnemosyne-Event", CompactEvent.NAME)
                .header("X-Mnemosyne-Delivery", event.id()).header("X-Mnemosyne-Timestamp", Long.toString(now))
                .header("X-Mnemosyne-Signature", Signature.of(settings.secret(), now, body))
                .POST(BodyPublishers.ofString(body)).build();
        HttpResponse<InputStream> answer = http.send(request, BodyHandlers.ofInputStream());
        // What is answered is not read: it may be of any length, and come at any pace.
        answer.body().close();
        return answer.statusCode();
    }

    private boolean isStoppedWithin(Duration time) {
        try {
            return stopped.await(time.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        }
    }

    long delivered() {
        return delivered.get();
    }

    long failed() {
        return failed.get();
    }

    long givenUp() {
        return givenUp.get();
    }

    @Override
    public void close() {
        stopped.countDown();
        http.shutdownNow();
    }
}
