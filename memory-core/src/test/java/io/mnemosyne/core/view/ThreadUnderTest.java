package io.mnemosyne.core.view;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

import io.mnemosyne.core.Compaction;
import io.mnemosyne.core.Decision;
import io.mnemosyne.core.MemoryEvent;
import io.mnemosyne.core.MemoryRecord;
import io.mnemosyne.core.Policy;
import io.mnemosyne.core.Position;
import io.mnemosyne.core.Turn;
import io.mnemosyne.core.TurnEvent;
import io.mnemosyne.core.TurnsRecord;
import io.mnemosyne.core.assemble.Assembler;
import io.mnemosyne.core.assemble.Assembly;
import io.mnemosyne.core.assemble.Conversations;

/** A thread with its head and rows in memory, written as a view's effects say. */
final class ThreadUnderTest {
    private final View view = new View(Conversations.COUNTER);
    private final Policy policy;
    private final KeptView rows = new KeptView(Conversations.COUNTER);
    final List<ViewEvent> journal = rows.journal();
    final List<String> counts = new ArrayList<>();
    private final List<ViewEffect.Forget> forgotten = new ArrayList<>();
    ViewState head = ViewState.EMPTY;
    private long offset;

    ThreadUnderTest(Policy policy) {
        this.policy = policy;
    }

    ThreadUnderTest live(ViewInput input) {
        Decision<ViewState, ViewEffect> decision = view.decide(head, input, policy, rows);
        rows.keep(decision);
        decision.effects().stream().filter(ViewEffect.Forget.class::isInstance).map(ViewEffect.Forget.class::cast)
                .forEach(forgotten::add);
        head = decision.state();
        counts.addAll(decision.counts());
        return this;
    }

    ThreadUnderTest read(Turn turn) {
        return live(new ViewInput.OfTurns(new TurnsRecord(Conversations.THREAD, turn.incarnation(),
                new Position("turns.raw", 0, offset++), new TurnEvent.Appended(turn))));
    }

    ThreadUnderTest read(long incarnation, TurnEvent event) {
        return live(new ViewInput.OfTurns(new TurnsRecord(Conversations.THREAD, incarnation,
                new Position("turns.raw", 0, offset++), event)));
    }

    ThreadUnderTest remember(MemoryEvent event) {
        return remember(0, event);
    }

    ThreadUnderTest remember(long incarnation, MemoryEvent event) {
        return live(new ViewInput.OfMemory(new MemoryRecord(Conversations.THREAD, incarnation, event)));
    }

    /** What the rows give under a budget; fails if a row that is shown was dropped. */
    Assembly assemble(long budget) {
        return new Assembler(Conversations.COUNTER).assemble(rows.content(Conversations.THREAD, policy), budget);
    }

    Assembly.Context prompt() {
        return (Assembly.Context) assemble(Long.MAX_VALUE);
    }

    /** What was to be dropped with older incarnations. */
    List<ViewEffect.Forget> forgotten() {
        return forgotten;
    }

    /** The names of the forms that are kept. */
    Set<String> forms() {
        return rows.forms();
    }

    /** What workers were asked for, oldest first. */
    List<ViewEffect.Summarize> asked() {
        return rows.asked();
    }

    /** What was asked for because a window was nearly full, oldest first. */
    List<Compaction> compactions() {
        return rows.compactions();
    }

    int rows() {
        return rows.rows();
    }
}
