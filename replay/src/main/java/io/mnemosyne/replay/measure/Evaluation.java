package io.mnemosyne.replay.measure;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;

import io.mnemosyne.replay.recording.Recording;

/** Measures a run against the recordings that it was made from. */
public final class Evaluation {
    private Evaluation() {
    }

    /**
     * Measures every recorded session of a run, as many at once as there are processors. A recording is in memory only while
     * it is measured.
     *
     * @param recordings of which the run need not have all
     * @param ceiling tokens that no prompt should exceed, if there is such a number
     * @throws BrokenRunException if a line of the run cannot be understood
     */
    public static Report evaluate(RunReader run, Iterable<Recording> recordings, OptionalLong ceiling)
            throws InterruptedException {
        List<String> notInRun = new ArrayList<>();
        TreeSet<String> notRecorded = new TreeSet<>(run.sessions());
        List<Future<SessionReport>> scores = new ArrayList<>();
        int processors = Runtime.getRuntime().availableProcessors();
        Semaphore free = new Semaphore(processors);
        try (ExecutorService threads = Executors.newFixedThreadPool(processors)) {
            for (Recording recording : recordings) {
                if (notRecorded.remove(recording.id()) && !recording.steps().isEmpty()) {
                    free.acquire();
                    scores.add(threads.submit(() -> {
                        try {
                            return SessionScorer.score(run, recording, ceiling);
                        } finally {
                            free.release();
                        }
                    }));
                } else if (!recording.steps().isEmpty()) {
                    notInRun.add(recording.id());
                }
            }
        }
        List<SessionReport> sessions = new ArrayList<>();
        for (Future<SessionReport> score : scores) {
            sessions.add(result(score));
        }
        sessions.sort(Comparator.comparing(SessionReport::session));
        notInRun.sort(Comparator.naturalOrder());
        return Report.of(run.name(), ceiling, sessions, notInRun, List.copyOf(notRecorded));
    }

    private static SessionReport result(Future<SessionReport> score) throws InterruptedException {
        try {
            return score.get();
        } catch (ExecutionException e) {
            Throwable cause = Objects.requireNonNullElse(e.getCause(), e);
            if (cause instanceof BrokenRunException broken) {
                throw broken;
            }
            throw new IllegalStateException("a session could not be measured: " + cause, cause);
        }
    }
}
