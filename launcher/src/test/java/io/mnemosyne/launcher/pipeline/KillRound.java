package io.mnemosyne.launcher.pipeline;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import io.mnemosyne.core.Content;
import io.mnemosyne.core.MemoryEvent;
import io.mnemosyne.core.Origin;
import io.mnemosyne.core.Part;
import io.mnemosyne.core.Policy;
import io.mnemosyne.core.RawTurn;
import io.mnemosyne.core.Role;
import io.mnemosyne.core.ThreadKey;
import io.mnemosyne.core.transcript.TurnJson;
import io.mnemosyne.launcher.pipeline.CrashStack.Victim;
import io.mnemosyne.launcher.pipeline.Journal.Kind;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * One kill -9 in the middle of the work on three threads; the rest of their turns comes while the killed process starts
 * again. When it happens follows from the seed: an even one kills while model calls are held, so that requests are
 * certainly open, an odd one while their answers arrive.
 */
final class KillRound {
    private static final Policy POLICY = Policy.standard().scaledTo(8_000);
    private static final long LARGEST_CHUNK = 800;
    /** Of a pipeline that makes many small calls, and reflections of a few of them. */
    static final Map<String, String> SETTINGS = Map.of("MNEMOSYNE_POLICY_BUDGET", Long.toString(POLICY.budget()),
            "MNEMOSYNE_POLICY_MAX_BUFFER_INTERVAL", Long.toString(LARGEST_CHUNK),
            "MNEMOSYNE_POLICY_REFLECTION_THRESHOLD", "1200");
    private static final int THREADS = 3;
    private static final int TURNS = 120;
    private static final int BEFORE_THE_KILL = 80;
    private static final int BATCH = 5;
    private static final Duration BETWEEN_BATCHES = Duration.ofMillis(40);
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final int QUIET_POLLS = 6;

    private final CrashStack stack;
    private final JournalReader journals;
    private final Victim victim;
    private final long seed;
    private final Random random;
    private final List<ThreadKey> threads;
    private final AtomicInteger produced = new AtomicInteger();
    private final CountDownLatch killed = new CountDownLatch(1);
    private final List<String> faults = new ArrayList<>();

    KillRound(CrashStack stack, JournalReader journals, Victim victim, long seed) {
        this.stack = stack;
        this.journals = journals;
        this.victim = victim;
        this.seed = seed;
        this.random = new Random(seed);
        threads = IntStream.range(0, THREADS).mapToObj(i -> new ThreadKey("default",
                "%s-%d-%d".formatted(victim.name().toLowerCase(Locale.ROOT), seed, i))).toList();
    }

    /** What went wrong, empty if nothing did. */
    List<String> run() {
        long begin = System.nanoTime();
        CompletableFuture<Map<ThreadKey, String>> producing = CompletableFuture.supplyAsync(this::produce,
                Thread::startVirtualThread);
        int calls;
        int producedBefore;
        try {
            awaitTheMoment();
            producedBefore = produced.get();
            calls = stack.worker().underWay();
            stack.kill(victim);
            try {
                killed.countDown();
                if (victim != Victim.BROKER) {
                    checkRequests();
                }
                if (random.nextBoolean()) {
                    stack.release();
                }
            } finally {
                stack.startAgain(victim);
            }
        } finally {
            killed.countDown();
            stack.release();
        }
        Map<ThreadKey, String> last = producing.orTimeout(PATIENCE.toMinutes(), TimeUnit.MINUTES).join();
        settle();
        threads.forEach(thread -> check(thread, last.get(thread)));
        List<Journal> all = threads.stream().map(journals::read).toList();
        assertThat(all).as("journals, of which none has a reflection").anyMatch(KillRound::isReflected);
        System.out.printf(Locale.ROOT,
                "%s: killed after %d of %d turns with %d calls under way; %d answers came again; %.1f s%n",
                this, producedBefore, THREADS * TURNS, calls,
                all.stream().mapToInt(Journal::repeatedAnswers).sum(), (System.nanoTime() - begin) / 1e9);
        return List.copyOf(faults);
    }

    @Override
    public String toString() {
        return "kill -9 of the %s with seed %d".formatted(victim.name().toLowerCase(Locale.ROOT), seed);
    }

    private void awaitTheMoment() {
        HeldWorker worker = stack.worker();
        worker.awaitCalls(worker.calls() + 1 + random.nextInt(8));
        stack.hold();
        worker.awaitHeld();
        if (seed % 2 != 0) {
            stack.release();
        }
        pause(Duration.ofMillis(random.nextInt(200)));
    }

    /** While nobody can answer, or nobody can ask: at most one request of each thread and stage is unanswered. */
    private void checkRequests() {
        int open = 0;
        for (ThreadKey thread : threads) {
            Journal journal = journals.read(thread);
            for (Kind kind : Kind.values()) {
                int unanswered = journal.unanswered(kind).size();
                open += unanswered;
                require(thread, "at the kill the %s has %d unanswered requests".formatted(kind, unanswered),
                        unanswered <= 1);
            }
        }
        if (seed % 2 == 0) {
            assertThat(open).as("requests open at the kill").isPositive();
        }
    }

    /** Produces all turns; those behind the kill only after it. Returns the position of each thread's last one. */
    private Map<ThreadKey, String> produce() {
        Map<ThreadKey, String> positions = new HashMap<>();
        for (int from = 0; from < TURNS; from += BATCH) {
            if (from == BEFORE_THE_KILL) {
                awaitKill();
            }
            for (ThreadKey thread : threads) {
                List<RawTurn> batch = turns(thread).subList(from, from + BATCH);
                positions.put(thread, served(thread).post(batch));
                produced.addAndGet(BATCH);
            }
            pause(BETWEEN_BATCHES);
        }
        return positions;
    }

    private void awaitKill() {
        try {
            killed.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Waits until every request has its answer and nothing more is written. */
    private void settle() {
        AtomicInteger records = new AtomicInteger();
        AtomicInteger quiet = new AtomicInteger();
        await("everything to settle").atMost(PATIENCE).pollInterval(Duration.ofMillis(150)).untilAsserted(() -> {
            Map<ThreadKey, Journal> now = threads.stream()
                    .collect(Collectors.toMap(thread -> thread, journals::read));
            int before = records.getAndSet(now.values().stream().mapToInt(Journal::records).sum());
            boolean still = records.get() == before && now.values().stream().allMatch(KillRound::isDone);
            assertThat(still ? quiet.incrementAndGet() : quiet.updateAndGet(_ -> 0))
                    .as("polls without a change, of %s with %d of %d turns produced", now, produced.get(),
                            THREADS * TURNS)
                    .isGreaterThanOrEqualTo(QUIET_POLLS);
        });
    }

    private static boolean isDone(Journal journal) {
        return journal.isAnswered() && journal.turns().size() >= TURNS && isObserved(journal);
    }

    /**
     * Above the threshold everything is observed but the turns that stay raw, at most half of it, and one chunk that
     * reaches into them, which counts once more turns have come.
     */
    private static boolean isObserved(Journal journal) {
        return journal.uncoveredTokens() <= Math.max(POLICY.observationThreshold(),
                POLICY.observationThreshold() / 2 + LARGEST_CHUNK);
    }

    private void check(ThreadKey thread, String last) {
        Journal journal = journals.read(thread);
        JournalCheck.faults(journal).forEach(fault -> faults.add(thread + ": " + fault));
        ServedThread served = served(thread);
        served.contextAfter(last);
        await("the view of " + thread + " to follow").atMost(PATIENCE)
                .until(() -> served.stats().path("observed").asLong() == journal.watermark());
        require(thread, "the view counted violations", served.stats().path("violations").asLong() == 0);
        require(thread, "the turns are not served once, in order and unchanged",
                served.turns().equals(turns(thread).stream().map(TurnJson::write).toList()));
        ServedThread.assertEverySeqHasOneBaseForm(served.service().get(thread, "/context").json());
    }

    private static boolean isReflected(Journal journal) {
        return journal.memory().stream().anyMatch(MemoryEvent.Reflected.class::isInstance);
    }

    private void require(ThreadKey thread, String otherwise, boolean holds) {
        if (!holds) {
            faults.add(thread + ": " + otherwise);
        }
    }

    private ServedThread served(ThreadKey thread) {
        return new ServedThread(stack.service(), thread);
    }

    private static List<RawTurn> turns(ThreadKey thread) {
        return IntStream.range(0, TURNS).mapToObj(i -> new RawTurn("e" + i, i % 2 == 0 ? Role.USER : Role.ASSISTANT,
                List.of(new Part.Text(Content.of("We decided that src/%s%d.java is number %d. ".formatted(
                        thread.thread(), i % 23, i)
                        + "Some words that take a few tokens each, said of item %d. ".formatted(i).repeat(i % 8)))),
                Origin.UNKNOWN)).toList();
    }

    private static void pause(Duration time) {
        try {
            Thread.sleep(time);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
