package io.mnemosyne.service;

import java.time.Duration;

/**
 * How the REST layer listens.
 *
 * @param host address to bind, for example {@code 127.0.0.1}
 * @param port 0 for any free one
 * @param maxBodyBytes largest request body, bytes
 * @param maxWait longest time that a reader may wait for its own writes
 * @param stopLimit longest time that requests under way have left when it stops
 */
public record ServiceSettings(String host, int port, int maxBodyBytes, Duration maxWait, Duration stopLimit) {
    private static final int DEFAULT_PORT = 8080;
    private static final int DEFAULT_BODY = 64 << 20;

    /** Half of what a whole process has to stop in; its topologies close after this. */
    private static final Duration DEFAULT_STOP_LIMIT = Duration.ofSeconds(3);

    /** Loopback, port 8080, bodies of 64 MiB, waits of 30 s, 3 s to stop in. */
    public static ServiceSettings standard() {
        return new ServiceSettings("127.0.0.1", DEFAULT_PORT, DEFAULT_BODY, Duration.ofSeconds(30),
                DEFAULT_STOP_LIMIT);
    }

    public ServiceSettings withPort(int other) {
        return new ServiceSettings(host, other, maxBodyBytes, maxWait, stopLimit);
    }

    public ServiceSettings withStopLimit(Duration other) {
        return new ServiceSettings(host, port, maxBodyBytes, maxWait, other);
    }

    public ServiceSettings withHost(String other) {
        return new ServiceSettings(other, port, maxBodyBytes, maxWait, stopLimit);
    }
}
