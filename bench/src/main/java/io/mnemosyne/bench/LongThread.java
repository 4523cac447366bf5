package io.mnemosyne.bench;

import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongConsumer;
import java.util.stream.LongStream;

import io.mnemosyne.core.Policy;
import io.mnemosyne.core.RawTurn;
import io.mnemosyne.core.ThreadKey;
import io.mnemosyne.core.assemble.Assembly;
import io.mnemosyne.core.ingest.Sequencer;
import io.mnemosyne.core.redact.TenantRedactors;
import io.mnemosyne.core.tokens.TokenCounter;
import io.mnemosyne.replay.machines.ThreadReplay;

/** Lets one thread live through very many tokens, and asks for its context after every turn. */
final class LongThread {
    private static final ThreadKey KEY = new ThreadKey("bench", "long-thread");
    private static final List<Double> MARKS = List.of(1.0, 10.0, 25.0, 50.0, 100.0);
    private static final double TENTH = 0.1;

    private final long goal;
    private final Policy policy;
    private final long seed;
    private final MemoryCost cost = new MemoryCost();
    private final ThreadReplay thread;
    private final List<Step> steps = new ArrayList<>();
    private final List<LongThreadReport.Mark> marks = new ArrayList<>();
    private long largestView;
    private long overCeiling;
    private long refused;
    private int marked;

    /** One turn: nanoseconds of processor that it took to take it in, and then to make the context. */
    private record Step(long tokens, long taken, long read) {
    }

    /**
     * A thread that has not begun.
     *
     * @param goal tokens after which it ends
     * @param policy the one that it lives under
     * @param seed of its turns
     */
    LongThread(long goal, Policy policy, long seed, TokenCounter counter) {
        this.goal = goal;
        this.policy = policy;
        this.seed = seed;
        Sequencer sequencer = new Sequencer(new TenantRedactors("bench".getBytes(StandardCharsets.UTF_8)), counter);
        thread = new ThreadReplay(KEY, policy, sequencer, new OfflineAnswers(counter), counter, cost);
    }

    /** @param progress told how many tokens are done */
    LongThreadReport run(LongConsumer progress) {
        SyntheticThread turns = new SyntheticThread(seed);
        long start = System.nanoTime();
        for (long tokens = 0; tokens < goal; tokens = thread.stored().view().totals().tokensIn()) {
            step(turns.next());
            progress.accept(steps.getLast().tokens());
        }
        return new LongThreadReport(seed, policy.budget(), (System.nanoTime() - start) / 1e9, largestView,
                overCeiling, refused, contexts(0, TENTH), contexts(1 - TENTH, 1), List.copyOf(marks));
    }

    private void step(RawTurn turn) {
        long before = clock();
        thread.append(turn, turn.origin().at().orElseThrow());
        long taken = clock();
        Assembly assembly = thread.reader().context(KEY).orElseThrow().assembly();
        long read = clock();
        long view = look(assembly);
        long tokens = thread.stored().view().totals().tokensIn();
        steps.add(new Step(tokens, taken - before, read - taken));
        if (marks.size() < MARKS.size() && tokens >= goal * MARKS.get(marks.size()) / 100) {
            marks.add(mark(tokens, view));
        }
    }

    /** Nanoseconds that this thread ran, so that a busy machine makes nothing look slow. */
    private static long clock() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }

    private long look(Assembly assembly) {
        return switch (assembly) {
            case Assembly.Context context -> {
                largestView = Math.max(largestView, context.tokens());
                overCeiling += context.tokens() > policy.budget() ? 1 : 0;
                yield context.tokens();
            }
            case Assembly.BudgetTooSmall _ -> {
                refused++;
                yield 0;
            }
        };
    }

    private LongThreadReport.Mark mark(long tokens, long view) {
        var stored = thread.stored();
        List<Step> since = steps.subList(marked, steps.size());
        marked = steps.size();
        return new LongThreadReport.Mark(MARKS.get(marks.size()), tokens, steps.size(), view,
                durations(since.stream().mapToLong(Step::read)), durations(since.stream().mapToLong(Step::taken)),
                StateBytes.of(stored), stored.rows(), cost.live(), cost.liveTokens(), cost.observations(),
                cost.reflections(), cost.rewrittenTokens(), stored.view().shown().epoch());
    }

    private Durations contexts(double from, double to) {
        return durations(steps.stream().filter(step -> step.tokens() > from * goal && step.tokens() <= to * goal)
                .mapToLong(Step::read));
    }

    private static Durations durations(LongStream nanos) {
        return Durations.of(nanos.toArray());
    }
}
