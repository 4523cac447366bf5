package io.mnemosyne.replay.log;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;

import io.mnemosyne.replay.ReplayPolicy;
import io.mnemosyne.replay.recording.Recording;

/**
 * Replays sessions side by side and writes them in their order. Only as many are in memory as are replayed at once, and
 * as many again that wait for their turn to be written.
 */
public final class ReplayRun {
    private final ReplayPolicy policy;
    private final int parallel;

    /** @param parallel sessions replayed at once, at least 1 */
    public ReplayRun(ReplayPolicy policy, int parallel) {
        this.policy = policy;
        this.parallel = parallel;
    }

    /**
     * Replays every session that the run does not have yet.
     *
     * @param sessions give a recording each, or nothing for one that is left out; called on other threads
     * @param written hears of each session once its place in the run is noted
     * @throws IOException if a session or a recorded call cannot be read, or the run cannot be written; what is noted stays
     */
    public void run(List<? extends Callable<Optional<Recording>>> sessions, RunWriter writer,
            Consumer<Optional<SessionLog>> written) throws IOException, InterruptedException {
        Deque<Future<Optional<SessionLog>>> ahead = new ArrayDeque<>();
        Iterator<? extends Callable<Optional<Recording>>> left = sessions
                .subList(writer.sessionsDone(), sessions.size()).iterator();
        ExecutorService workers = Executors.newFixedThreadPool(parallel);
        try {
            while (left.hasNext() || !ahead.isEmpty()) {
                while (left.hasNext() && ahead.size() < 2 * parallel) {
                    Callable<Optional<Recording>> session = left.next();
                    ahead.add(workers
                            .submit(() -> session.call().map(recording -> SessionLog.of(recording, policy))));
                }
                Optional<SessionLog> log = finished(ahead.remove());
                if (log.isPresent()) {
                    writer.write(log.get());
                } else {
                    writer.leaveOut();
                }
                written.accept(log);
            }
        } finally {
            workers.shutdownNow();
        }
    }

    private static Optional<SessionLog> finished(Future<Optional<SessionLog>> future)
            throws IOException, InterruptedException {
        try {
            return future.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof IOException unreadable) {
                throw unreadable;
            }
            if (e.getCause() instanceof UncheckedIOException unreadable) {
                throw new IOException(unreadable.getMessage(), unreadable);
            }
            throw new IllegalStateException("a session cannot be replayed", e.getCause());
        }
    }
}
