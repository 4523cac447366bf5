package io.mnemosyne.trace.send;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

import org.jspecify.annotations.Nullable;

/** Virtual threads that ship, at most so many at once. Used by the polling thread. */
final class Crew {
    private static final Duration DRAIN = Duration.ofSeconds(3);
    private static final Duration GRACE = Duration.ofSeconds(1);

    private final Shipper shipper;
    private final int most;
    private final ExecutorService threads = Executors
            .newThreadPerTaskExecutor(Thread.ofVirtual().name("trace-shipping-", 0).factory());
    private final AtomicInteger underWay = new AtomicInteger();
    private final AtomicReference<@Nullable RuntimeException> failure = new AtomicReference<>();

    Crew(Shipper shipper, int most) {
        this.shipper = shipper;
        this.most = most;
    }

    boolean hasRoom() {
        return underWay.get() < most;
    }

    void start(Backlog.Work work) {
        underWay.incrementAndGet();
        threads.execute(() -> run(work));
    }

    /** @throws IllegalStateException if a thread failed by an error of ours */
    void check() {
        RuntimeException error = failure.get();
        if (error != null) {
            throw new IllegalStateException("shipping ended by an error", error);
        }
    }

    /** Lets what is under way end, but not for long; what still runs then is interrupted. */
    void end() throws InterruptedException {
        threads.shutdown();
        if (!threads.awaitTermination(DRAIN.toMillis(), TimeUnit.MILLISECONDS)) {
            threads.shutdownNow();
            boolean _ = threads.awaitTermination(GRACE.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    private void run(Backlog.Work work) {
        try {
            switch (work) {
                case Backlog.Work.Ship(List<Piece> pieces) -> shipper.ship(pieces);
                case Backlog.Work.Report(Parcel parcel, String reason) -> shipper.giveUp(parcel, "", 0, reason);
            }
        } catch (InterruptedException _) {
            // Only a stopping sender interrupts; what is not done is read again by its next owner.
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            failure.compareAndSet(null, e);
        } finally {
            underWay.decrementAndGet();
        }
    }
}
