package io.mnemosyne.core.thread;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

import io.mnemosyne.core.MemoryRecord;
import io.mnemosyne.core.Policy;
import io.mnemosyne.core.ThreadKey;
import io.mnemosyne.core.TurnsRecord;
import io.mnemosyne.core.assemble.Assembler;
import io.mnemosyne.core.assemble.Assembly;
import io.mnemosyne.core.ingest.RawEvent;
import io.mnemosyne.core.observe.ObservationRequest;
import io.mnemosyne.core.observe.ObservationResult;
import io.mnemosyne.core.reflect.ReflectionRequest;
import io.mnemosyne.core.reflect.ReflectionResult;
import io.mnemosyne.core.view.KeptView;

/**
 * All stages with the logs between them, as the topologies wire them, and a few threads that share a partition. Nothing
 * moves by itself: what is read, committed or lost, and when, is said from outside.
 */
final class Pipeline {
    private static final Instant START = Instant.parse("2026-11-01T09:00:00Z");

    final Machines machines;
    final Policy policy;
    final List<ThreadKey> threads;
    final Tally tally = new Tally();
    final Log<IngestTask.Raw> raw = new Log<>();
    final Log<TurnsRecord> turns = new Log<>();
    final Log<MemoryRecord> memory = new Log<>();
    final Requests<ObservationRequest, ObservationResult> observations = new Requests<>();
    final Requests<ReflectionRequest, ReflectionResult> reflections = new Requests<>();
    final IngestTask ingest = new IngestTask(this);
    final ObserverTask observer = new ObserverTask(this);
    final ReflectorTask reflector = new ReflectorTask(this);
    final ViewTask view = new ViewTask(this);
    final List<Task<?>> tasks = List.of(ingest, observer, reflector, view);
    final Audit audit = new Audit(this);
    private final Assembler assembler = new Assembler(Machines.COUNTER);
    private final List<RawEvent> said = new ArrayList<>();
    private Instant now = START;

    Pipeline(Machines machines, Policy policy, int threads) {
        this.machines = machines;
        this.policy = policy;
        this.threads = IntStream.range(0, threads).mapToObj(i -> new ThreadKey("acme", "t-" + i)).toList();
    }

    Instant now() {
        return now;
    }

    /** Clocks may go back. */
    void pass(Duration time) {
        now = now.plus(time);
    }

    ThreadKey thread(int which) {
        return threads.get(which % threads.size());
    }

    void produce(ThreadKey thread, RawEvent event) {
        said.add(event);
        pass(Duration.ofSeconds(1));
        raw.append(new IngestTask.Raw(thread, event), now, Transaction.NONE);
    }

    /** A producer that had no answer sends once more what it sent before. */
    void produceAgain(ThreadKey thread, int which) {
        if (!said.isEmpty()) {
            produce(thread, said.get(which % said.size()));
        }
    }

    /** Number of records that producers sent. */
    int produced() {
        return said.size();
    }

    /** Every stage reads all that there is and commits, in this order, until nothing is left. */
    void settle(int first) {
        tasks.forEach(Task::commit);
        boolean moved = true;
        while (moved) {
            moved = false;
            for (int i = 0; i < tasks.size(); i++) {
                Task<?> task = tasks.get((first + i) % tasks.size());
                moved |= task.readAll(first);
                task.commit();
            }
        }
    }

    /** What the view shows of a thread under a budget as of now. */
    Assembly read(ThreadKey thread, long budget) {
        return assembler.assemble(shown(thread).content(thread, policy), budget);
    }

    /** The whole prompt. */
    Assembly.Context prompt(KeptView rows, ThreadKey thread) {
        return (Assembly.Context) assembler.assemble(rows.content(thread, policy), Long.MAX_VALUE);
    }

    KeptView shown(ThreadKey thread) {
        return view.memory().of(thread).rows();
    }

    Optional<ObservationRequest> observationAsked(int which) {
        return pick(observations.requests.committed(), which);
    }

    Optional<ReflectionRequest> reflectionAsked(int which) {
        return pick(reflections.requests.committed(), which);
    }

    private static <T> Optional<T> pick(List<T> list, int which) {
        return list.isEmpty() ? Optional.empty() : Optional.of(list.get(list.size() - 1 - which % list.size()));
    }
}
