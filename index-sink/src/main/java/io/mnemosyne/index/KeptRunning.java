package io.mnemosyne.index;

import java.time.Duration;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs a loop in a thread of its own and starts it over, after a pause, whenever it fails. */
final class KeptRunning implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(KeptRunning.class);
    private static final Duration GRACE = Duration.ofSeconds(2);

    private final Loop loop;
    private final Tally tally;
    private final Backoff stop = new Backoff();
    private final Thread thread;

    KeptRunning(String name, Loop loop, Tally tally) {
        this.loop = loop;
        this.tally = tally;
        this.thread = Thread.ofPlatform().name(name).unstarted(this::run);
    }

    void start() {
        thread.start();
    }

    private void run() {
        int failures = 0;
        while (!stop.isStopped()) {
            try {
                loop.run(stop);
            } catch (StoppedException e) {
                return;
            } catch (RuntimeException e) {
                if (stop.isStopped()) {
                    LOG.atWarn().setCause(e).addKeyValue("loop", thread.getName())
                            .log("cut off by the stop; what is not committed is read again at the next start");
                    return;
                }
                failures++;
                tally.restarted();
                LOG.atError().setCause(e).addKeyValue("loop", thread.getName()).addKeyValue("failures", failures)
                        .log("failed; starting over from what is committed");
                waitFor(failures);
            }
        }
    }

    private void waitFor(int failures) {
        try {
            stop.pause(failures);
        } catch (StoppedException e) {
            LOG.atInfo().addKeyValue("loop", thread.getName()).log("stopped while it waited to start over");
        }
    }

    /** Tells the loop to begin nothing more; comes back at once. */
    void stop() {
        stop.stop();
    }

    /** Lets the loop end what it has begun, but not for longer than a grace of two seconds. */
    void awaitEnd() {
        try {
            thread.join(GRACE.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Stops the loop. What it has begun may end within the grace and is interrupted then. */
    @Override
    public void close() {
        stop();
        awaitEnd();
        thread.interrupt();
        awaitEnd();
    }
}
