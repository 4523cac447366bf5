package io.mnemosyne.context;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;

import org.apache.kafka.streams.KafkaStreams;

import io.mnemosyne.core.Policy;
import io.mnemosyne.core.ProjectState;
import io.mnemosyne.core.Segment;
import io.mnemosyne.core.SemanticObject;
import io.mnemosyne.core.SeqRange;
import io.mnemosyne.core.ThreadKey;
import io.mnemosyne.core.Turn;
import io.mnemosyne.core.assemble.Assembler;
import io.mnemosyne.core.assemble.Assembly;
import io.mnemosyne.core.assemble.GradedTurns;
import io.mnemosyne.core.assemble.Restored;
import io.mnemosyne.core.assemble.SizedTurn;
import io.mnemosyne.core.assemble.ViewContent;
import io.mnemosyne.core.fidelity.Forms;
import io.mnemosyne.core.fidelity.HeldObject;
import io.mnemosyne.core.fidelity.Shortening;
import io.mnemosyne.core.tokens.TokenCounter;
import io.mnemosyne.core.view.RestoredObject;
import io.mnemosyne.core.view.Shown;
import io.mnemosyne.core.view.ViewState;

/** Puts a thread together out of its head and rows. */
public final class StoredThreads implements ThreadReader {
    /** A row that a head names can vanish while it is read, when an epoch opens; then the new head is read. */
    private static final int ATTEMPTS = 4;

    private final Rows rows;
    private final Policy policy;
    private final TokenCounter counter;
    private final Assembler assembler;
    private final Contents contents;
    private final ObjectTexts texts;
    private final Shortening shortening;

    /**
     * Reads rows, wherever they are kept.
     *
     * @param policy the one that the rows were made with
     */
    public StoredThreads(Rows rows, Policy policy, TokenCounter counter) {
        this.rows = rows;
        this.policy = policy;
        this.counter = counter;
        assembler = new Assembler(counter);
        contents = new Contents(rows);
        texts = new ObjectTexts(rows::blob);
        shortening = new Shortening(counter);
    }

    /**
     * Reads what a running {@link ContextTopology} holds.
     *
     * @param policy the one that the topology was made with
     */
    public static ThreadReader in(KafkaStreams streams, Policy policy, TokenCounter counter) {
        return new StoredThreads(new QueriedRows(streams), policy, counter);
    }

    @Override
    public Optional<ThreadHead> head(ThreadKey thread) {
        return rows.head(thread).map(state -> ThreadHead.of(thread, state, policy));
    }

    @Override
    public Optional<ThreadContext> context(ThreadKey thread) {
        return withTurns(thread)
                .map(_ -> settled(() -> rows.head(thread).flatMap(head -> ownContext(thread, head))));
    }

    @Override
    public Optional<ThreadContext> context(ThreadKey thread, long budget) {
        return withTurns(thread)
                .map(_ -> settled(() -> rows.head(thread).flatMap(head -> context(thread, head, budget))));
    }

    @Override
    public Optional<Turn> turn(ThreadKey thread, long seq) {
        return rows.turn(thread, seq).map(SizedTurn::turn).map(contents::resolve);
    }

    @Override
    public List<Turn> turns(ThreadKey thread, SeqRange seqs) {
        return rows.turns(thread, seqs).stream().map(SizedTurn::turn).toList();
    }

    @Override
    public Optional<StoredObject> object(ThreadKey thread, String id) {
        return rows.object(thread, id).flatMap(row -> rows.turn(thread, row.seq()).map(SizedTurn::turn)
                .flatMap(turn -> ObjectTexts.descriptor(id, turn).flatMap(object -> texts.whole(object, turn)
                        .map(text -> stored(thread, row, turn, object, text)))));
    }

    private StoredObject stored(ThreadKey thread, ObjectRow row, Turn turn, SemanticObject object, String text) {
        Optional<HeldObject> held = rows.head(thread).flatMap(head -> head.held().find(object.id()));
        Forms forms = held.flatMap(found -> rows.forms(thread, found.forms())).or(object::forms)
                .orElseGet(() -> shortening.of(object, text));
        return new StoredObject(object, turn.body().origin().at(), held, text, forms, row.history());
    }

    @Override
    public List<Segment> segments(ThreadKey thread) {
        return settled(() -> withTurns(thread).map(head -> all(head.available().segments(),
                segment -> rows.segment(thread, segment.id()))).orElse(Optional.of(List.of())));
    }

    @Override
    public ProjectState state(ThreadKey thread) {
        return settled(() -> rows.head(thread).map(head -> state(thread, head.available().state().version()))
                .orElse(Optional.of(ProjectState.EMPTY)));
    }

    private Optional<ViewState> withTurns(ThreadKey thread) {
        return rows.head(thread).filter(head -> head.turns().nextSeq() > 0);
    }

    private Optional<ThreadContext> ownContext(ThreadKey thread, ViewState head) {
        Optional<ThreadContext> found = context(thread, head, head.ceiling(policy));
        return found.map(ThreadContext::assembly)
                .flatMap(assembly -> assembly instanceof Assembly.BudgetTooSmall small
                        ? Optional.of(small)
                        : Optional.empty())
                .filter(small -> small.needed() <= head.policy(policy).budget())
                .flatMap(small -> context(thread, head, small.needed())).or(() -> found);
    }

    private Optional<ThreadContext> context(ThreadKey thread, ViewState head, long budget) {
        return content(thread, head, budget).map(content -> new ThreadContext(ThreadHead.of(thread, head, policy),
                assembler.assemble(content, budget)));
    }

    /** What the head shows; empty if a row is gone. */
    private Optional<ViewContent> content(ThreadKey thread, ViewState head, long budget) {
        Shown shown = head.shown();
        long last = head.turns().nextSeq() - 1;
        List<SizedTurn> tail = last > shown.watermark()
                ? rows.turns(thread, new SeqRange(shown.watermark() + 1, last))
                : List.of();
        Optional<List<SizedTurn>> system = all(
                head.turns().system().stream().filter(turn -> turn.seq() <= shown.watermark()).toList(),
                turn -> rows.turn(thread, turn.seq()));
        Optional<List<Segment>> segments = all(shown.segments(), segment -> rows.segment(thread, segment.id()));
        Optional<List<SizedTurn>> copies = all(shown.copies(), turn -> rows.turn(thread, turn.seq()));
        Optional<List<Restored>> restored = all(shown.restored(), object -> restored(thread, object, budget));
        Optional<ProjectState> state = state(thread, shown.state().version());
        GradedTurns grades = new GradedTurns(head.held(), name -> rows.forms(thread, name));
        Optional<List<SizedTurn>> gradedCopies = copies.flatMap(grades::of);
        Optional<List<SizedTurn>> gradedTail = grades.of(tail);
        if (tail.size() != last - shown.watermark() || system.isEmpty() || segments.isEmpty()
                || gradedCopies.isEmpty() || gradedTail.isEmpty() || restored.isEmpty() || state.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new ViewContent(thread, contents.resolve(system.get(), budget), state.get(), segments.get(),
                contents.resolve(gradedCopies.get(), budget), contents.resolve(gradedTail.get(), budget),
                restored.get(),
                rows.turn(thread, shown.watermark()).flatMap(turn -> turn.turn().body().origin().at()),
                head.policy(policy).zone(), shown.state().budget()));
    }

    private Optional<Restored> restored(ThreadKey thread, RestoredObject object, long budget) {
        return rows.turn(thread, object.seq()).map(SizedTurn::turn)
                .flatMap(turn -> ObjectTexts.descriptor(object.id(), turn)
                        .map(found -> Restored.of(found, turn, object.after(), counter)))
                .map(copy -> copy.tokens() > budget ? copy : copy.with(contents.resolve(copy.turn().turn())));
    }

    private Optional<ProjectState> state(ThreadKey thread, long version) {
        return version == 0 ? Optional.of(ProjectState.EMPTY) : rows.state(thread, version);
    }

    /** Every row that is named; empty if one is gone. */
    private static <N, R> Optional<List<R>> all(List<N> names, Function<N, Optional<R>> lookUp) {
        List<R> found = names.stream().map(lookUp).flatMap(Optional::stream).toList();
        return found.size() == names.size() ? Optional.of(found) : Optional.empty();
    }

    private static <T> T settled(Supplier<Optional<T>> attempt) {
        return Stream.generate(attempt).limit(ATTEMPTS).flatMap(Optional::stream).findFirst()
                .orElseThrow(() -> new Unavailable(Unavailable.Reason.REBALANCING,
                        "the thread changed faster than it could be read"));
    }
}
