package io.mnemosyne.replay.machines;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

import io.mnemosyne.context.StoredThreads;
import io.mnemosyne.context.ThreadReader;
import io.mnemosyne.core.Command;
import io.mnemosyne.core.Decision;
import io.mnemosyne.core.MemoryRecord;
import io.mnemosyne.core.Policy;
import io.mnemosyne.core.Position;
import io.mnemosyne.core.RawTurn;
import io.mnemosyne.core.ThreadKey;
import io.mnemosyne.core.TurnsRecord;
import io.mnemosyne.core.fidelity.SummaryRequest;
import io.mnemosyne.core.fidelity.SummaryResult;
import io.mnemosyne.core.ingest.IngestEffect;
import io.mnemosyne.core.ingest.Known;
import io.mnemosyne.core.ingest.RawEvent;
import io.mnemosyne.core.ingest.Sequencer;
import io.mnemosyne.core.ingest.ThreadHead;
import io.mnemosyne.core.observe.Deadline;
import io.mnemosyne.core.observe.ObservationRequest;
import io.mnemosyne.core.observe.ObservationResult;
import io.mnemosyne.core.observe.Observer;
import io.mnemosyne.core.reflect.ReflectionRequest;
import io.mnemosyne.core.reflect.ReflectionResult;
import io.mnemosyne.core.reflect.Reflector;
import io.mnemosyne.core.tokens.TokenCounter;
import io.mnemosyne.core.view.View;
import io.mnemosyne.core.view.ViewInput;

/**
 * One thread from its first turn on: the machines that the topologies run, in one loop. Paced: the next turn is taken
 * when every request that the last one caused is answered and every stage has read everything. Where live runs may
 * interleave one way or another, a stage reads the turn first and then what came of it.
 */
public final class ThreadReplay {
    private static final String SOURCE = "turns.raw";
    private static final String COMMANDS = "commands";

    private final ThreadKey thread;
    private final Sequencer sequencer;
    private final Answers answers;
    private final Journal journal;
    private final Map<Map.Entry<Known.Kind, String>, String> known = new HashMap<>();
    private final Tape tape = new Tape();
    private final ObserverStage observer;
    private final ReflectorStage reflector;
    private final ViewStage view;
    private final KeptRows rows = new KeptRows();
    private final ThreadReader reader;
    private ThreadHead head = ThreadHead.NEW;
    private long offset;
    private long commands;

    /**
     * A thread in which nothing was said.
     *
     * @param sequencer gives turns their place; may be shared
     * @param answers in the place of a worker
     */
    public ThreadReplay(ThreadKey thread, Policy policy, Sequencer sequencer, Answers answers, TokenCounter counter,
            Journal journal) {
        this.thread = thread;
        this.sequencer = sequencer;
        this.answers = answers;
        this.journal = journal;
        observer = new ObserverStage(thread, new Observer(counter), policy, tape);
        reflector = new ReflectorStage(thread, new Reflector(counter), policy, tape);
        view = new ViewStage(thread, new View(counter), policy, rows, tape, journal::wrote);
        reader = new StoredThreads(rows, policy, counter);
    }

    /**
     * Takes a turn, and everything that comes of it.
     *
     * @param said when, not before the turn in front of it
     */
    public void append(RawTurn turn, Instant said) {
        Instant at = said.truncatedTo(ChronoUnit.MILLIS); // as a record's timestamp
        for (Optional<Deadline> passed = observer.takePassed(at); passed
                .isPresent(); passed = observer.takePassed(at)) {
            observer.read(passed.get().result(), passed.get().at());
            settle(passed.get().at());
        }
        ingest(new Position(SOURCE, 0, offset++), new RawEvent.Received(turn));
        settle(at);
    }

    private void ingest(Position position, RawEvent event) {
        Decision<ThreadHead, IngestEffect> decision = sequencer.decide(head, thread, position, event,
                (kind, name) -> Optional.ofNullable(known.get(Map.entry(kind, name))));
        head = decision.state();
        // The text that a turn refers to is there when the turn is read.
        decision.effects().stream().filter(IngestEffect.Keep.class::isInstance).forEach(this::apply);
        decision.effects().stream().filter(effect -> !(effect instanceof IngestEffect.Keep))
                .forEach(this::apply);
    }

    /** Reads the thread as it is shown now. Valid until the next turn. */
    public ThreadReader reader() {
        return reader;
    }

    /** What is kept of the thread now. */
    public StoredThread stored() {
        return new StoredThread(head, observer.state(), reflector.state(), rows.head(), new StoredThread.Rows(
                known.size(), observer.rows(), reflector.rows(), rows.turns(), rows.segments(), rows.states()));
    }

    private void apply(IngestEffect effect) {
        switch (effect) {
            case IngestEffect.Emit(TurnsRecord record) -> tape.add(record);
            case IngestEffect.Keep(var blob) -> rows.keep(blob);
            case IngestEffect.Remember(var kind, String name, String value) -> known.put(Map.entry(kind, name), value);
            case IngestEffect.Erase _ -> known.clear();
            case IngestEffect.Describe _,IngestEffect.Reject _,IngestEffect.Reroute _ -> {
                // For the index, for who asks why, and for a broker with partitions.
            }
        }
    }

    private void settle(Instant at) {
        for (Optional<Tape.Message> next = tape.next(); next.isPresent(); next = tape.next()) {
            switch (next.get()) {
                case Tape.Message.Ordered(TurnsRecord record) -> {
                    journal.wrote(record);
                    view.read(new ViewInput.OfTurns(record), at);
                    observer.read(record, at);
                }
                case Tape.Message.Remembered(MemoryRecord record) -> {
                    journal.wrote(record);
                    view.read(new ViewInput.OfMemory(record), at);
                    reflector.read(record, at);
                }
                case Tape.Message.ToIngest(Command command) -> ingest(new Position(COMMANDS, 0, commands++),
                        new RawEvent.Instructed(command));
                case Tape.Message.ToObserve(ObservationRequest request) -> observer.read(
                        new ObservationResult(thread, request.incarnation(), request.requestId(), request.attempt(),
                                answers.observe(request)),
                        at);
                case Tape.Message.ToReflect(ReflectionRequest request) -> reflector.read(
                        new ReflectionResult(thread, request.incarnation(), request.requestId(), request.attempt(),
                                answers.reflect(request)),
                        at);
                case Tape.Message.ToSummarize(SummaryRequest request) -> view.read(new ViewInput.OfSummaries(
                        new SummaryResult(thread, request.incarnation(), request.requestId(), request.attempt(),
                                answers.summarize(request))),
                        at);
            }
        }
    }
}
