package io.mnemosyne.launcher.client;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

import com.fasterxml.jackson.databind.JsonNode;

import io.mnemosyne.core.RawTurn;
import io.mnemosyne.core.ThreadKey;
import io.mnemosyne.core.transcript.TurnJson;
import io.mnemosyne.launcher.CommandFailure;
import io.mnemosyne.launcher.ProgressBar;

/**
 * Conversations that go on at a fixed pace, and what was measured of them. A turn is not sent before the one in front of
 * it is acknowledged, but its time is counted from when it was due, so that a service that stalls does not hide the
 * turns that it delayed. Each conversation runs on its caller's thread; the measures are shared.
 */
final class Load {
    /** How long a turn may take to be in its context before it counts as failed. */
    static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int APPLIED = 200;

    private final ServiceClient service;
    private final List<RawTurn> turns;
    private final Duration pace;
    private final Percentiles acknowledged = new Percentiles();
    private final Percentiles visible = new Percentiles();
    private final Percentiles read = new Percentiles();
    private final AtomicInteger failures = new AtomicInteger();

    /**
     * A load that has not begun.
     *
     * @param turns of every conversation, again from the first after the last
     * @param pace from one turn of a conversation to its next
     */
    Load(ServiceClient service, List<RawTurn> turns, Duration pace) {
        this.service = service;
        this.turns = List.copyOf(turns);
        this.pace = pace;
    }

    /**
     * Sends the turns of one conversation, and waits until the last of them was looked for.
     *
     * @param offset part of the pace by which it begins later, so that conversations do not march in step; 0 to 1
     */
    void converse(ThreadKey thread, double offset, Duration length, ProgressBar bar) {
        long begin = System.nanoTime() + (long) (offset * pace.toNanos());
        try (ExecutorService readers = Executors.newVirtualThreadPerTaskExecutor()) {
            for (long i = 0; i * pace.toNanos() < length.toNanos(); i++) {
                long due = begin + i * pace.toNanos();
                awaitTime(due);
                String position = post(thread, i, due);
                long since = System.nanoTime();
                readers.execute(() -> look(thread, position, since));
                bar.add(1);
            }
        }
    }

    /** From when a turn was due to the answer that it is durable. */
    Percentiles acknowledged() {
        return acknowledged;
    }

    /** From that answer to a context that has the turn. */
    Percentiles visible() {
        return visible;
    }

    /** A context without waiting for anything. */
    Percentiles read() {
        return read;
    }

    /** Turns that were not in their context in time, or whose context was refused. */
    int failures() {
        return failures.get();
    }

    private String post(ThreadKey thread, long number, long due) {
        RawTurn recorded = turns.get((int) (number % turns.size()));
        RawTurn turn = new RawTurn("load-" + number, recorded.role(), recorded.parts(), recorded.origin());
        JsonNode receipt = service.post(thread, TurnJson.write(turn)).json();
        acknowledged.add(Duration.ofNanos(System.nanoTime() - due));
        return receipt.path("position").asText();
    }

    private void look(ThreadKey thread, String position, long since) {
        try {
            if (service.get(thread, "/context?wait=" + PATIENCE.toMillis() + "&after=" + position)
                    .status() == APPLIED) {
                visible.add(Duration.ofNanos(System.nanoTime() - since));
            } else {
                failures.incrementAndGet();
            }
            long begin = System.nanoTime();
            service.get(thread, "/context");
            read.add(Duration.ofNanos(System.nanoTime() - begin));
        } catch (CommandFailure e) {
            failures.incrementAndGet();
        }
    }

    private static void awaitTime(long nanoTime) {
        long left = nanoTime - System.nanoTime();
        while (left > 0) {
            LockSupport.parkNanos(left);
            left = nanoTime - System.nanoTime();
        }
    }
}
