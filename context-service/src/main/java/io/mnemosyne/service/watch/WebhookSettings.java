package io.mnemosyne.service.watch;

import java.net.URI;
import java.time.Duration;

/**
 * Where events are posted.
 *
 * @param url {@code http} or {@code https}
 * @param secret with which requests are signed, not empty
 * @param timeout of one attempt
 * @param attempts for one event, at least 1
 * @param firstPause before the second attempt; it doubles with each further one
 */
public record WebhookSettings(URI url, String secret, Duration timeout, int attempts, Duration firstPause) {
    /** Some more attempts would not outlast an outage, and keep every thread of a partition waiting. */
    private static final int ATTEMPTS = 6;

    public WebhookSettings {
        if (secret.isEmpty()) {
            throw new IllegalArgumentException("a webhook needs a secret, or anybody could pass as this service");
        }
        if (attempts < 1) {
            throw new IllegalArgumentException("attempts must be at least 1, was " + attempts);
        }
    }

    /** Ten seconds for each of six attempts, which begin within half a minute if all fail at once. */
    public static WebhookSettings of(URI url, String secret) {
        return new WebhookSettings(url, secret, Duration.ofSeconds(10), ATTEMPTS, Duration.ofSeconds(1));
    }

    /** The longest that one event can take. */
    Duration longest() {
        Duration longest = timeout.multipliedBy(attempts);
        for (int attempt = 1; attempt < attempts; attempt++) {
            longest = longest.plus(pause(attempt));
        }
        return longest;
    }

    /** The pause after an attempt that failed, counted from 1. */
    Duration pause(int attempt) {
        return firstPause.multipliedBy(1L << (attempt - 1));
    }

    /** Without the secret. */
    @Override
    public String toString() {
        return "WebhookSettings[host=" + url.getHost() + ", timeout=" + timeout + ", attempts=" + attempts
                + ", firstPause=" + firstPause + "]";
    }
}
