package io.mnemosyne.index;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs a loop in a thread of its own and starts it over, after a pause, whenever it fails. */
final class KeptRunning implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(KeptRunning.class);

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

    /** Stops the loop and waits until it is through with what it has begun. */
    @Override
    public void close() {
        stop.stop();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
