package io.mnemosyne.core.assemble;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;

import io.mnemosyne.core.Role;
import io.mnemosyne.core.tokens.TokenCounter;

/**
 * Cuts a prompt that is too long, always in the same order: oldest groups of the raw tail with what was restored among
 * them, then what was restored behind them, then the middle of the newest group's long turns, then oldest segments,
 * copies and project state, last the newest group itself. System turns, the newest turn in which the user speaks and an
 * open tool group are never cut.
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
    private final Tail tail;
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
        tail = Tail.of(content);
        groups = ToolGroups.of(content.tail());
        newestUser = newestWord(content.tail()).or(() -> newestWord(content.copies()));
        open = ToolGroups.endsOpen(content.tail());
    }

    /** @param whole tokens of the prompt uncut, more than the budget */
    Assembly cut(long whole) {
        CutView smallest = keepTheNewest(0);
        long needed = LongStream.iterate(budget, tokens -> tokensUnder(tokens, smallest))
                .filter(tokens -> tokensUnder(tokens, smallest) <= tokens).findFirst().orElseThrow();
        if (needed > budget) {
            return new Assembly.BudgetTooSmall(content.thread(), budget, Math.min(needed, whole));
        }
        List<Block> blocks = cutTail(tail).or(() -> cutTail(Tail.bare(content.tail())))
                .orElseGet(() -> keepTheNewest(roomBeside(smallest))).blocks(cuts);
        return new Assembly.Context(content.thread(), blocks, Assembler.tokens(blocks), budget);
    }

    /** Tokens of a view under another budget, which the lines that say what was cut name. */
    private long tokensUnder(long other, CutView view) {
        return view.tokens(new CutText(content.thread(), other, counter));
    }

    /** What the budget leaves for more than the smallest view, whatever is then said to be cut. */
    private long roomBeside(CutView smallest) {
        long lastSeq = content.tail().isEmpty() ? 0 : content.tail().getLast().seq();
        List<SizedTurn> newest = groups.isEmpty() ? List.of() : groups.getLast();
        return Math.max(0, budget - smallest.tokens() - 2 * CutText.reserve(content.thread(), lastSeq, counter)
                - TimeLines.tokens(content, newest, counter));
    }

    /** Keeps all memory and as much of the tail as fits, if at least the newest group does. */
    private Optional<CutView> cutTail(Tail tail) {
        List<Start> starts = starts(tail);
        long stride = Math.max(1, budget / STRIDES);
        return Stream.concat(atStrides(starts, stride), starts.stream()).filter(start -> start.tokens() <= budget)
                .map(start -> new CutView(content, state, start.copy(), tail, start.index()))
                .filter(view -> view.tokens(cuts) <= budget).findFirst();
    }

    /**
     * A place where the remaining tail may start.
     *
     * @param passed tokens of the turns in front of it
     * @param copy the turn in front of it that is carried verbatim
     * @param tokens of the prompt then, but for the lines that say what was cut and when the tail was said
     */
    private record Start(int index, long passed, Optional<SizedTurn> copy, long tokens) {
    }

    /** One at every group, oldest first. Sums go along, so that a long tail is looked at once. */
    private List<Start> starts(Tail tail) {
        List<Start> starts = new ArrayList<>();
        int index = 0;
        long passed = 0;
        Optional<SizedTurn> word = Optional.empty();
        long kept = new CutView(content, state, Optional.empty(), tail, 0).tokens();
        for (List<SizedTurn> group : groups) {
            Optional<SizedTurn> copy = word.filter(this::isWorthACopy).map(SizedTurn::asCopy);
            starts.add(new Start(index, passed, copy, kept + copy.map(SizedTurn::tokens).orElse(0L)));
            for (SizedTurn turn : group) {
                kept -= tail.restoredAt(index);
                index++;
                passed += turn.tokens();
                kept -= turn.turn().role() == Role.SYSTEM ? 0 : turn.tokens();
                word = turn.turn().isByUser() ? Optional.of(turn) : word;
            }
        }
        return starts;
    }

    /** The first start in each stride of the tail but the first one. */
    private static Stream<Start> atStrides(List<Start> starts, long stride) {
        return IntStream.range(1, starts.size())
                .filter(i -> starts.get(i).passed() / stride > starts.get(i - 1).passed() / stride)
                .mapToObj(starts::get);
    }

    /** A long word of the user, unless it is the newest one, is not worth its place. */
    private boolean isWorthACopy(SizedTurn user) {
        return user.tokens() <= budget / STRIDES || newestUser.equals(Optional.of(user));
    }

    /**
     * Keeps the newest group, shortened if it must be, and as much memory as then fits.
     *
     * @param room beside what is never cut, tokens
     */
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

    private static Optional<SizedTurn> newestWord(List<SizedTurn> turns) {
        return turns.reversed().stream().filter(turn -> turn.turn().isByUser()).findFirst();
    }
}
