package io.mnemosyne.scripted.langfuse;

import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;

/** The failures that were asked for. Thread-safe. */
final class Faults {
    private final Deque<Failure> next = new ArrayDeque<>();
    private Optional<Failure> always = Optional.empty();
    private CountDownLatch healed = new CountDownLatch(1);

    synchronized void always(Failure failure) {
        always = Optional.of(failure);
    }

    synchronized void next(Failure... failures) {
        Collections.addAll(next, failures);
    }

    synchronized void heal() {
        next.clear();
        always = Optional.empty();
        healed.countDown();
        healed = new CountDownLatch(1);
    }

    synchronized Optional<Failure> take() {
        return next.isEmpty() ? always : Optional.of(next.remove());
    }

    void awaitHealing() throws InterruptedException {
        CountDownLatch latch;
        synchronized (this) {
            latch = healed;
        }
        latch.await();
    }
}
