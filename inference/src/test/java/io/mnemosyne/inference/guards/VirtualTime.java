package io.mnemosyne.inference.guards;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.Condition;

import io.mnemosyne.inference.Deadline;

/** Time that passes only when somebody waits. For one thread: who waits for another waits for ever. */
public final class VirtualTime implements Time {
    private final Instant start;
    private final List<Duration> waits = new ArrayList<>();
    private long nanos;

    public VirtualTime(String start) {
        this.start = Instant.parse(start);
    }

    @Override
    public long nanos() {
        // Not from 0, because nothing may rely on that.
        return nanos - 1_000_000_007L;
    }

    @Override
    public Instant instant() {
        return start.plusNanos(nanos);
    }

    @Override
    public void sleep(long time) {
        waits.add(Duration.ofNanos(time));
        nanos += time;
    }

    @Override
    public void await(Condition signal, long time) {
        sleep(time);
    }

    /** Lets time pass without anybody waiting. */
    public void pass(Duration time) {
        nanos += time.toNanos();
    }

    public Deadline deadlineIn(Duration time) {
        return Deadline.in(time, this::nanos);
    }

    /** How long was waited, each time. */
    public List<Duration> waits() {
        return List.copyOf(waits);
    }

    public Duration passed() {
        return Duration.ofNanos(nanos);
    }
}
