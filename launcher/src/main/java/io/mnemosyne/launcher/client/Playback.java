package io.mnemosyne.launcher.client;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

import com.fasterxml.jackson.databind.JsonNode;

import io.mnemosyne.core.RawTurn;
import io.mnemosyne.core.ThreadKey;
import io.mnemosyne.launcher.CommandFailure;
import io.mnemosyne.launcher.ExitCode;
import io.mnemosyne.launcher.ProgressBar;

/** Sends a session turn by turn and looks at the context after each of them: it has to be under its budget at every step. */
final class Playback {
    private static final Duration SETTLED = Duration.ofSeconds(3);
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final Duration PAUSE = Duration.ofMillis(100);

    private final ServiceClient service;
    private final ThreadKey thread;
    private final TurnBatches batches;

    Playback(ServiceClient service, ThreadKey thread) {
        this.service = service;
        this.thread = thread;
        this.batches = new TurnBatches(service, thread);
    }

    /**
     * What was seen on the way.
     *
     * @param largestView tokens of the largest context
     * @param stepsOver turns after which the context was over its budget
     */
    record Steps(long largestView, int stepsOver) {
    }

    /** Sends every turn by itself. */
    Steps play(List<RawTurn> turns, long budget, ProgressBar bar) {
        long largest = 0;
        int over = 0;
        for (RawTurn turn : turns) {
            long tokens = tokensAfter(turn);
            largest = Math.max(largest, tokens);
            over += tokens > budget ? 1 : 0;
            bar.add(1);
        }
        bar.finish();
        return new Steps(largest, over);
    }

    /** Observations and reflections come behind the turns; the numbers are those once nothing moves any more. */
    JsonNode settledStats() {
        long end = System.nanoTime() + PATIENCE.toNanos();
        JsonNode last = stats();
        long since = System.nanoTime();
        while (System.nanoTime() - since < SETTLED.toNanos() && System.nanoTime() < end) {
            LockSupport.parkNanos(PAUSE.toNanos());
            JsonNode now = stats();
            if (!now.equals(last)) {
                last = now;
                since = System.nanoTime();
            }
        }
        return last;
    }

    private long tokensAfter(RawTurn turn) {
        batches.add(turn);
        batches.flush();
        String position = batches.position().orElseThrow(() -> new CommandFailure(ExitCode.INCOMPLETE,
                "the service did not take " + turn.eventId() + ": " + batches.rejected()));
        return service.contextAfter(thread, position).path("tokens").asLong();
    }

    private JsonNode stats() {
        return service.get(thread, "/stats").json();
    }
}
