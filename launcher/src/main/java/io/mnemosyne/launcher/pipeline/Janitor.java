package io.mnemosyne.launcher.pipeline;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import org.apache.kafka.common.errors.InterruptException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.mnemosyne.schemas.topics.Topic;
import io.mnemosyne.schemas.topics.TopicPurge;

/**
 * Takes what its reader has committed out of the raw topics, again and again: what foreign producers wrote there may hold
 * credentials. Outside the topologies, because a broker is asked. While it does not answer nothing is lost: the next
 * round takes more.
 */
final class Janitor implements AutoCloseable {
    private static final Logger LOGGER = LoggerFactory.getLogger(Janitor.class);
    private static final Duration CLOSE_LIMIT = Duration.ofSeconds(1);

    private final TopicPurge purge;
    private final Duration interval;
    private final MeterRegistry metrics;
    private final Counter failures;
    private final CountDownLatch stop = new CountDownLatch(1);
    private final Thread thread;
    private boolean failing;

    private Janitor(TopicPurge purge, Duration interval, MeterRegistry metrics) {
        this.purge = purge;
        this.interval = interval;
        this.metrics = metrics;
        this.failures = Counter.builder("mnemosyne.purge.failures")
                .description("Rounds in which read records of the raw topics could not be deleted").register(metrics);
        this.thread = Thread.ofPlatform().name("janitor").unstarted(this::run);
    }

    /**
     * Begins at once.
     *
     * @param purge is closed with it
     * @param interval from the end of a round to the next
     */
    static Janitor start(TopicPurge purge, Duration interval, MeterRegistry metrics) {
        Janitor janitor = new Janitor(purge, interval, metrics);
        LOGGER.atInfo().addKeyValue("topics", TopicPurge.topics().stream().map(Topic::name).toList())
                .addKeyValue("interval", interval).log("read records are deleted");
        janitor.thread.start();
        return janitor;
    }

    @Override
    public void close() {
        stop.countDown();
        thread.interrupt();
        try {
            thread.join(CLOSE_LIMIT);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        purge.close();
    }

    private void run() {
        try {
            do {
                round();
            } while (!stop.await(interval.toMillis(), TimeUnit.MILLISECONDS));
        } catch (InterruptedException | InterruptException e) {
            LOGGER.atDebug().log("stopped");
        }
    }

    /** Tells of an outage once, and of its end. */
    private void round() {
        TopicPurge.Round round = purge.round(System.nanoTime());
        round.purged().forEach((topic, places) -> Counter.builder("mnemosyne.purged.records")
                .description("Records of the raw topics that were deleted after ingest had committed them")
                .tag("topic", topic).register(metrics).increment(places));
        round.failure().ifPresent(failure -> {
            failures.increment();
            if (!failing) {
                LOGGER.atWarn().addKeyValue("interval", interval).setCause(failure)
                        .log("read records cannot be deleted and stay readable; tried again after each interval");
            }
        });
        if (failing && round.failure().isEmpty()) {
            LOGGER.atInfo().log("read records are deleted again");
        }
        failing = round.failure().isPresent();
    }
}
