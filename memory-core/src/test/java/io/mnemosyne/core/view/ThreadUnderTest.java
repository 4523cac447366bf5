package io.mnemosyne.core.view;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;

import io.mnemosyne.core.Decision;
import io.mnemosyne.core.MemoryEvent;
import io.mnemosyne.core.MemoryRecord;
import io.mnemosyne.core.Policy;
import io.mnemosyne.core.Position;
import io.mnemosyne.core.ProjectState;
import io.mnemosyne.core.Segment;
import io.mnemosyne.core.Turn;
import io.mnemosyne.core.TurnEvent;
import io.mnemosyne.core.TurnsRecord;
import io.mnemosyne.core.assemble.Assembler;
import io.mnemosyne.core.assemble.Assembly;
import io.mnemosyne.core.assemble.Conversations;
import io.mnemosyne.core.assemble.SizedTurn;
import io.mnemosyne.core.assemble.ViewContent;

/** A thread with its head and rows in memory, written as a view's effects say. */
final class ThreadUnderTest {
    private final View view = new View(Conversations.COUNTER);
    private final Policy policy;
    private final Map<Long, SizedTurn> turns = new TreeMap<>();
    private final Map<String, Segment> segments = new TreeMap<>();
    private final Map<Long, ProjectState> states = new TreeMap<>();
    final List<ViewEvent> journal = new ArrayList<>();
    final List<String> counts = new ArrayList<>();
    ViewState head = ViewState.EMPTY;
    private long offset;

    ThreadUnderTest(Policy policy) {
        this.policy = policy;
    }

    ThreadUnderTest live(ViewInput input) {
        Decision<ViewState, ViewEffect> decision = view.decide(head, input, policy);
        head = decision.state();
        counts.addAll(decision.counts());
        decision.effects().forEach(this::apply);
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
        Shown shown = head.shown();
        ViewContent content = new ViewContent(Conversations.THREAD,
                head.turns().system().stream().filter(turn -> turn.seq() <= shown.watermark())
                        .map(turn -> Objects.requireNonNull(turns.get(turn.seq()))).toList(),
                shown.state().version() == 0
                        ? ProjectState.EMPTY
                        : Objects.requireNonNull(states.get(shown.state().version())),
                shown.segmentIds().stream().map(id -> Objects.requireNonNull(segments.get(id))).toList(),
                shown.copies().stream().map(copy -> Objects.requireNonNull(turns.get(copy.seq()))).toList(),
                turns.values().stream().filter(turn -> turn.seq() > shown.watermark()).toList(),
                Optional.ofNullable(turns.get(shown.watermark())).flatMap(turn -> turn.turn().body().origin().at()),
                head.policy(policy).zone());
        return new Assembler(Conversations.COUNTER).assemble(content, budget);
    }

    Assembly.Context prompt() {
        return (Assembly.Context) assemble(Long.MAX_VALUE);
    }

    int rows() {
        return turns.size() + segments.size() + states.size();
    }

    private void apply(ViewEffect effect) {
        switch (effect) {
            case ViewEffect.KeepTurn(SizedTurn turn) -> turns.put(turn.seq(), turn);
            case ViewEffect.KeepSegment(Segment segment) -> segments.put(segment.id(), segment);
            case ViewEffect.DropSegments(List<String> ids) -> ids.forEach(id -> segments.remove(id));
            case ViewEffect.KeepState(ProjectState state) -> states.put(state.version(), state);
            case ViewEffect.DropState(long version) -> states.remove(version);
            case ViewEffect.Journal(ViewEvent event) -> journal.add(event);
            case ViewEffect.Forget _ -> {
                turns.clear();
                segments.clear();
                states.clear();
                journal.clear();
            }
        }
    }
}
