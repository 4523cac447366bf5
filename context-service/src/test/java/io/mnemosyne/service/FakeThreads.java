package io.mnemosyne.service;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.apache.kafka.common.errors.TimeoutException;

import io.mnemosyne.context.ObjectRow;
import io.mnemosyne.context.StoredObject;
import io.mnemosyne.context.ThreadContext;
import io.mnemosyne.context.ThreadHead;
import io.mnemosyne.context.ThreadReader;
import io.mnemosyne.context.Unavailable;
import io.mnemosyne.core.Command;
import io.mnemosyne.core.Policy;
import io.mnemosyne.core.Position;
import io.mnemosyne.core.ProjectState;
import io.mnemosyne.core.RawTurn;
import io.mnemosyne.core.Segment;
import io.mnemosyne.core.SemanticObject;
import io.mnemosyne.core.SeqRange;
import io.mnemosyne.core.Sha256;
import io.mnemosyne.core.ThreadKey;
import io.mnemosyne.core.Turn;
import io.mnemosyne.core.assemble.Assembler;
import io.mnemosyne.core.assemble.GradedTurns;
import io.mnemosyne.core.assemble.SizedTurn;
import io.mnemosyne.core.assemble.ViewContent;
import io.mnemosyne.core.fidelity.Fidelity;
import io.mnemosyne.core.fidelity.Form;
import io.mnemosyne.core.fidelity.Forms;
import io.mnemosyne.core.fidelity.HeldObject;
import io.mnemosyne.core.fidelity.HeldObjects;
import io.mnemosyne.core.tokens.TokenCounter;
import io.mnemosyne.core.trace.SpanRecord;
import io.mnemosyne.core.view.AppliedThrough;
import io.mnemosyne.core.view.Calibrations;
import io.mnemosyne.core.view.Totals;
import io.mnemosyne.core.view.group.Groups;
import io.mnemosyne.schemas.produce.TurnLog;

/** A log and the reader of one thread in memory. A test decides when what was written is applied. */
final class FakeThreads implements TurnLog, ThreadReader {
    private static final TokenCounter COUNTER = text -> (text.length() + 3) / 4;
    private static final Forms FORMS = new Forms(form("[Summary of tool_result: make]\n", 8), form("[Compact]\n", 3),
            new Form("[Paged out: make]", List.of("port 8081"), 2), form("[Evicted: o0]", 1));

    final List<RawTurn> written = new CopyOnWriteArrayList<>();
    final List<Command> commands = new CopyOnWriteArrayList<>();
    final List<SpanRecord> spans = new CopyOnWriteArrayList<>();
    private volatile Optional<CompletableFuture<Position>> spansFail = Optional.empty();
    private int attempts;
    private volatile int refused = -1;
    private volatile Optional<CompletableFuture<Position>> commandsFail = Optional.empty();
    private volatile CompletableFuture<Void> confirmations = CompletableFuture.completedFuture(null);
    private volatile int applied;
    private volatile Calibrations calibrations = Calibrations.NONE;
    private volatile HeldObjects held = HeldObjects.NONE;
    private volatile Optional<Unavailable> unavailable = Optional.empty();

    private static Form form(String text, long tokens) {
        return new Form(text, List.of(), tokens);
    }

    void apply() {
        applied = written.size();
    }

    void forget() {
        applied = 0;
    }

    /** From now on every command comes to this. */
    void failCommands(CompletableFuture<Position> outcome) {
        commandsFail = Optional.of(outcome);
    }

    /** From now on every span comes to this. */
    void failSpans(CompletableFuture<Position> outcome) {
        spansFail = Optional.of(outcome);
    }

    @Override
    public CompletableFuture<Position> append(SpanRecord span) {
        spans.add(span);
        return spansFail.orElseGet(() -> CompletableFuture.completedFuture(new Position("spans", 0, spans.size())));
    }

    /** Fails one attempt to write a turn, counted from 0. */
    void refuse(int attempt) {
        refused = attempt;
    }

    /** From now on a write is confirmed when the returned future is completed. */
    CompletableFuture<Void> holdConfirmations() {
        CompletableFuture<Void> held = new CompletableFuture<>();
        confirmations = held;
        return held;
    }

    /** What a provider counted of a prompt of so many tokens, applied at once. */
    void report(Optional<String> model, long reported, long ours) {
        calibrations = calibrations.and(model, reported, ours, Policy.standard().budget(), Policy.standard());
    }

    /** Holds the whole of a turn as an object, and shows it at a fidelity. */
    void show(int seq, Fidelity fidelity) {
        String text = written.get(seq).parts().getFirst().content().shown();
        SemanticObject object = object(seq);
        HeldObject shown = HeldObject.of(object, object.tokens(), text, FORMS, 0, false).shownAt(fidelity, 0);
        held = held.with(Stream.concat(held.objects().stream(), Stream.of(shown)).toList());
    }

    void faulted() {
        held = held.with(held.tally().identicalRead());
    }

    private SemanticObject object(int seq) {
        String text = written.get(seq).parts().getFirst().content().shown();
        return new SemanticObject("o" + seq, SemanticObject.Type.TOOL_RESULT, SeqRange.of(seq), 0, "make",
                Sha256.hex(text), text.length(), 100, "bash", Optional.empty(), false, Optional.empty(),
                new SemanticObject.Admission(true, 0.5, "score"),
                seq == 0
                        ? List.of()
                        : List.of(new SemanticObject.Relation(SemanticObject.Relation.Kind.DEPENDS_ON, "o0")),
                List.of("shell"), Optional.empty());
    }

    void breakWith(Unavailable failure) {
        unavailable = Optional.of(failure);
    }

    @Override
    public synchronized CompletableFuture<Position> append(ThreadKey thread, RawTurn turn) {
        if (attempts++ == refused) {
            return CompletableFuture.failedFuture(new TimeoutException("no broker answered in time"));
        }
        written.add(turn);
        Position position = new Position("turns.raw", 0, written.size() - 1L);
        return confirmations.thenApply(_ -> position);
    }

    @Override
    public synchronized CompletableFuture<Position> append(ThreadKey thread, Command command) {
        commands.add(command);
        return commandsFail
                .orElseGet(() -> CompletableFuture.completedFuture(new Position("commands", 0, commands.size() - 1L)));
    }

    @Override
    public Optional<ThreadHead> head(ThreadKey thread) {
        unavailable.ifPresent(failure -> {
            throw failure;
        });
        AppliedThrough through = applied == 0
                ? AppliedThrough.NOTHING
                : AppliedThrough.NOTHING.and(new Position("turns.raw", 0, applied - 1L));
        return Optional.of(
                new ThreadHead(thread, 0, applied, -1, -1, 0, through, Policy.standard(), 80_000,
                        calibrations, 100L * applied, 10L * Math.max(0, applied - 1), 0, held, Groups.NONE,
                        new Totals(10L * applied, applied, 0, 0, 0)));
    }

    @Override
    public Optional<ThreadContext> context(ThreadKey thread) {
        return context(thread, Policy.standard().budget());
    }

    @Override
    public Optional<ThreadContext> context(ThreadKey thread, long budget) {
        ThreadHead head = head(thread).orElseThrow();
        List<SizedTurn> turns = IntStream.range(0, applied)
                .mapToObj(seq -> SizedTurn.of(stored(thread, seq), COUNTER)).toList();
        turns = new GradedTurns(held, _ -> Optional.of(FORMS)).of(turns).orElseThrow();
        return turns.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        new ThreadContext(head, new Assembler(COUNTER).assemble(content(thread, turns), budget)));
    }

    @Override
    public Optional<Turn> turn(ThreadKey thread, long seq) {
        return seq < applied ? Optional.of(stored(thread, (int) seq)) : Optional.empty();
    }

    @Override
    public List<Turn> turns(ThreadKey thread, SeqRange seqs) {
        return IntStream.range((int) seqs.from(), (int) Math.min(applied, seqs.to() + 1))
                .mapToObj(seq -> stored(thread, seq)).toList();
    }

    private Turn stored(ThreadKey thread, int seq) {
        return new Turn(thread, 0, seq, written.get(seq), COUNTER.count(written.get(seq)),
                held.objects().stream().filter(object -> object.seq() == seq).map(_ -> object(seq)).toList());
    }

    @Override
    public Optional<StoredObject> object(ThreadKey thread, String id) {
        return IntStream.range(0, applied).filter(seq -> id.equals("o" + seq)).mapToObj(seq -> {
            String text = written.get(seq).parts().getFirst().content().shown();
            return new StoredObject(object(seq), written.get(seq).origin().at(), held.find(id), text, FORMS,
                    List.of(new ObjectRow.Entry(seq, "demoted", "pressure", Fidelity.STUB)));
        }).findFirst();
    }

    @Override
    public List<Segment> segments(ThreadKey thread) {
        return List.of();
    }

    @Override
    public ProjectState state(ThreadKey thread) {
        return ProjectState.EMPTY;
    }

    @Override
    public void close() {
    }

    private static ViewContent content(ThreadKey thread, List<SizedTurn> turns) {
        return new ViewContent(thread, List.of(), ProjectState.EMPTY, List.of(), List.of(), turns);
    }
}
