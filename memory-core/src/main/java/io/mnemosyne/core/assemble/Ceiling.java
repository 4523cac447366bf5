package io.mnemosyne.core.assemble;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

import io.mnemosyne.core.Role;
import io.mnemosyne.core.tokens.TokenCounter;

/**
 * Cuts a prompt that is too long, always in the same order: oldest groups of the raw tail, then the middle of the newest
 * group's long turns, then oldest segments, copies and project state, last the newest group itself. System turns, the
 * newest user turn and an open tool group are never cut.
 *
 * <p>
 * The start of the remaining tail jumps in strides of a quarter of the budget, so that the prompt in front of it stays
 * the same for many calls instead of changing with each turn.
 */
final class Ceiling {
    private static final int STRIDES = 4;

    private final ViewContent content;
    private final List<Block> state;
    private final long budget;
    private final TokenCounter counter;
    private final CutText cuts;
    private final List<List<SizedTurn>> groups;
    private final Optional<SizedTurn> newestUser;
    private final boolean open;

    /** @param state the block of the project state, or none */
    Ceiling(ViewContent content, List<Block> state, long budget, TokenCounter counter) {
        this.content = content;
        this.state = state;
        this.budget = budget;
        this.counter = counter;
        cuts = new CutText(content.thread(), budget, counter);
        groups = ToolGroups.of(content.tail());
        newestUser = newest(Role.USER, content.tail()).or(() -> newest(Role.USER, content.copies()));
        open = ToolGroups.endsOpen(content.tail());
    }

    Assembly cut() {
        long needed = needed();
        if (needed > budget) {
            return new Assembly.BudgetTooSmall(content.thread(), budget, needed);
        }
        List<Block> blocks = cutTail().orElseGet(() -> keepTheNewest(budget - needed)).blocks(cuts);
        return new Assembly.Context(content.thread(), blocks, Assembler.tokens(blocks), budget);
    }

    /** Tokens of what is never cut, with room for the lines that say what was. */
    private long needed() {
        Set<SizedTurn> kept = new LinkedHashSet<>(content.system());
        content.tail().stream().filter(this::neverCut).forEach(kept::add);
        newestUser.ifPresent(kept::add);
        if (open) {
            kept.addAll(groups.getLast());
        }
        long lastSeq = content.tail().isEmpty() ? 0 : content.tail().getLast().seq();
        return kept.stream().mapToLong(SizedTurn::tokens).sum()
                + 2 * CutText.reserve(content.thread(), lastSeq, counter);
    }

    /** Keeps all memory and as much of the tail as fits, if at least the newest group does. */
    private Optional<CutView> cutTail() {
        CutView whole = new CutView(content, state, content.segments(), content.copies(), List.of(), Optional.empty(),
                content.tail());
        List<Integer> starts = starts();
        return starts.stream().map(start -> whole.withTailFrom(start, copyInFrontOf(start)))
                .filter(view -> view.tokens(cuts) <= budget).findFirst();
    }

    /** Where a remaining tail may start: first at strides, then at every group. */
    private List<Integer> starts() {
        long stride = Math.max(1, budget / STRIDES);
        List<Integer> strides = new ArrayList<>();
        List<Integer> all = new ArrayList<>();
        int index = 0;
        long passed = 0;
        long next = stride;
        for (List<SizedTurn> group : groups) {
            if (passed >= next) {
                strides.add(index);
                next = (passed / stride + 1) * stride;
            }
            all.add(index);
            index += group.size();
            passed += group.stream().mapToLong(SizedTurn::tokens).sum();
        }
        strides.addAll(all);
        return strides;
    }

    /** The newest user turn that the cut leaves out, unless it is so long that an older one is not worth a copy. */
    private Optional<SizedTurn> copyInFrontOf(int start) {
        return newest(Role.USER, content.tail().subList(0, start))
                .filter(user -> user.tokens() <= budget / STRIDES || newestUser.equals(Optional.of(user)));
    }

    /** Keeps the newest group, shortened if it must be, and as much memory as then fits. */
    private CutView keepTheNewest(long room) {
        long memory = Assembler.tokens(state) + content.segments().stream().mapToLong(CutView::tokens).sum();
        List<SizedTurn> group = groups.isEmpty() ? List.of() : groups.getLast();
        List<SizedTurn> kept = open
                ? group
                : new Excerpts(counter).fit(group, this::neverCut, Math.max(room - memory, room / 2))
                        .orElse(List.of());
        List<SizedTurn> dropped = content.tail().subList(0,
                content.tail().size() - (kept.isEmpty() ? 0 : group.size()));
        long left = room - (open
                ? 0
                : kept.stream().filter(turn -> !neverCut(turn)).mapToLong(SizedTurn::tokens).sum());
        return CutView.fitting(content, state, left, newestUser, dropped, kept);
    }

    private boolean neverCut(SizedTurn turn) {
        return turn.turn().role() == Role.SYSTEM || newestUser.equals(Optional.of(turn));
    }

    private static Optional<SizedTurn> newest(Role role, List<SizedTurn> turns) {
        return IntStream.range(0, turns.size()).mapToObj(i -> turns.get(turns.size() - 1 - i))
                .filter(turn -> turn.turn().role() == role).findFirst();
    }
}
