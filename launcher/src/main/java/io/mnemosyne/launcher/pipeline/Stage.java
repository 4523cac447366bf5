package io.mnemosyne.launcher.pipeline;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.mnemosyne.schemas.streams.StreamsSettings;
import io.mnemosyne.service.Health;

/**
 * One running topology. What becomes of it when a stream thread dies, {@link Deaths} says.
 *
 * <p>Threading: the handler runs on the dying stream threads, everything else on the caller's.
 */
final class Stage implements AutoCloseable {
    private static final Logger LOGGER = LoggerFactory.getLogger(Stage.class);
    private static final Duration PAUSE = Duration.ofSeconds(2);
    private static final Duration CLOSE_LIMIT = Duration.ofSeconds(10);

    private final String name;
    private final KafkaStreams streams;
    private final Deaths deaths = new Deaths();

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

    private StreamThreadExceptionResponse died(Throwable failure, Consumer<String> giveUp) {
        Deaths.Verdict verdict = verdict(failure);
        LOGGER.atError().addKeyValue("stage", name).addKeyValue("verdict", verdict).setCause(failure)
                .log("stream thread died");
        return switch (verdict) {
            case REPLACE -> StreamThreadExceptionResponse.REPLACE_THREAD;
            case REPLACE_AFTER_A_PAUSE -> {
                LockSupport.parkNanos(PAUSE.toNanos());
                yield StreamThreadExceptionResponse.REPLACE_THREAD;
            }
            case GIVE_UP -> {
                giveUp.accept("%s failed more than %d times within %d minutes, last with: %s".formatted(name,
                        Deaths.TOLERATED, Deaths.WITHIN.toMinutes(), failure));
                yield StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
            }
        };
    }

    private synchronized Deaths.Verdict verdict(Throwable failure) {
        return deaths.after(failure, System.nanoTime());
    }
}
