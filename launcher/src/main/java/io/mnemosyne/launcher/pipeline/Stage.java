package io.mnemosyne.launcher.pipeline;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Consumer;

import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.mnemosyne.schemas.streams.StreamsSettings;
import io.mnemosyne.service.Health;

/**
 * One running topology. A stream thread that dies is replaced, since most causes pass; one that dies again and again is
 * not, since then the cause is a record or a bug, and a restart loop would hide it.
 *
 * <p>Threading: the handler runs on the dying stream threads, everything else on the caller's.
 */
final class Stage implements AutoCloseable {
    private static final Logger LOGGER = LoggerFactory.getLogger(Stage.class);
    private static final int TOLERATED_DEATHS = 5;
    private static final Duration WITHIN = Duration.ofMinutes(2);
    private static final Duration CLOSE_LIMIT = Duration.ofSeconds(10);

    private final String name;
    private final KafkaStreams streams;
    private final Deque<Long> deaths = new ArrayDeque<>();

    private Stage(String name, KafkaStreams streams) {
        this.name = name;
        this.streams = streams;
    }

    /**
     * Starts a topology.
     *
     * @param giveUp told why, once the stage stops for good
     */
    static Stage start(StreamsSettings settings, Topology topology, Consumer<String> giveUp) {
        Stage stage = new Stage(settings.stage(), new KafkaStreams(topology, settings.properties()));
        stage.streams.setUncaughtExceptionHandler(failure -> stage.died(failure, giveUp));
        stage.streams.start();
        return stage;
    }

    KafkaStreams streams() {
        return streams;
    }

    Health.Component health() {
        KafkaStreams.State state = streams.state();
        boolean alive = state != KafkaStreams.State.ERROR && !state.hasCompletedShutdown();
        return new Health.Component(name, alive, state == KafkaStreams.State.RUNNING, state.name());
    }

    boolean isRunning() {
        return streams.state() == KafkaStreams.State.RUNNING;
    }

    @Override
    public void close() {
        streams.close(CLOSE_LIMIT);
    }

    private synchronized StreamThreadExceptionResponse died(Throwable failure, Consumer<String> giveUp) {
        long now = System.nanoTime();
        deaths.addLast(now);
        deaths.removeIf(death -> now - death > WITHIN.toNanos());
        LOGGER.atError().addKeyValue("stage", name).addKeyValue("deaths", deaths.size()).setCause(failure)
                .log("stream thread died");
        if (deaths.size() <= TOLERATED_DEATHS) {
            return StreamThreadExceptionResponse.REPLACE_THREAD;
        }
        giveUp.accept(
                name + " failed " + deaths.size() + " times within " + WITHIN.toMinutes() + " minutes, last with: "
                        + failure);
        return StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
    }
}
