package io.mnemosyne.index.search;

import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.mnemosyne.core.ThreadKey;
import io.mnemosyne.core.recall.MemoryQuery;
import io.mnemosyne.core.recall.Recall;
import io.mnemosyne.core.recall.Recollection;

/**
 * Asks the index, and something else if it fails or does not answer in time. After that the index is left alone for a while, so
 * that not every question waits for it.
 */
public final class FallbackRecall implements Recall, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(FallbackRecall.class);
    private static final Duration REST = Duration.ofSeconds(5);

    private final Recall index;
    private final Recall fallback;
    private final Duration patience;
    private final ExecutorService questions = Executors.newVirtualThreadPerTaskExecutor();
    private final AtomicLong failedAt = new AtomicLong(System.nanoTime() - REST.toNanos());

    /** @param patience how long the index has to answer one question */
    public FallbackRecall(Recall index, Recall fallback, Duration patience) {
        this.index = index;
        this.fallback = fallback;
        this.patience = patience;
    }

    @Override
    public Recollection find(ThreadKey thread, long incarnation, MemoryQuery query) {
        if (System.nanoTime() - failedAt.get() < REST.toNanos()) {
            return fallback.find(thread, incarnation, query);
        }
        Future<Recollection> answer = questions.submit(() -> index.find(thread, incarnation, query));
        try {
            return answer.get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException e) {
            failedAt.set(System.nanoTime());
            LOG.warn("the search index does not answer ({}); what is asked is looked for in the state store",
                    e instanceof TimeoutException ? "not within " + patience : rootOf(e));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            answer.cancel(true);
        }
        return fallback.find(thread, incarnation, query);
    }

    /** Its name only: messages of the index may quote the question. */
    private static String rootOf(Throwable failure) {
        Throwable cause = failure.getCause();
        return cause == null ? failure.getClass().getSimpleName() : rootOf(cause);
    }

    @Override
    public void close() {
        questions.shutdownNow();
    }
}
