package io.mnemosyne.core.assemble;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.LongStream;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

import io.mnemosyne.core.LogEntry;
import io.mnemosyne.core.ProjectState;
import io.mnemosyne.core.Role;
import io.mnemosyne.core.Segment;
import io.mnemosyne.core.SegmentText;
import io.mnemosyne.core.SeqRange;
import io.mnemosyne.core.Turn;
import io.mnemosyne.core.TurnFacts;

import static io.mnemosyne.core.assemble.Conversations.COUNTER;
import static io.mnemosyne.core.assemble.Conversations.THREAD;
import static org.assertj.core.api.Assertions.assertThat;

class AssemblerTest {
    private final Assembler assembler = new Assembler(COUNTER);

    @Property(tries = 150)
    void shouldStayUnderItsBudgetMeasuredOnTheTextThatIsServed(@ForAll("contents") ViewContent content,
            @ForAll("budgets") long budget) {
        // when
        Assembly assembly = assembler.assemble(content, budget);
        // then
        if (assembly instanceof Assembly.Context context) {
            assertThat(COUNTER.count(context.text())).isLessThanOrEqualTo(context.tokens());
            assertThat(context.tokens()).isLessThanOrEqualTo(budget);
        }
    }

    @Property(tries = 150)
    void shouldSayWhichBudgetWouldDoWhenOneIsTooSmall(@ForAll("contents") ViewContent content,
            @ForAll("budgets") long budget) {
        if (assembler.assemble(content, budget) instanceof Assembly.BudgetTooSmall refusal) {
            assertThat(refusal.needed()).isGreaterThan(budget);
            assertThat(assembler.assemble(content, refusal.needed())).isInstanceOf(Assembly.Context.class);
        }
    }

    @Property(tries = 150)
    void shouldGiveEverySeqExactlyOneBaseForm(@ForAll("contents") ViewContent content, @ForAll("budgets") long budget) {
        if (assembler.assemble(content, budget) instanceof Assembly.Context context) {
            assertThat(baseForms(context, content)).containsExactlyElementsOf(allSeqs(content));
        }
    }

    @Property(tries = 150)
    void shouldCarryTheNewestUserTurnAndTheSystemTurnsVerbatim(@ForAll("contents") ViewContent content,
            @ForAll("budgets") long budget) {
        if (assembler.assemble(content, budget) instanceof Assembly.Context context) {
            List<Turn> all = allTurns(content);
            List<Turn> users = all.stream().filter(turn -> turn.role() == Role.USER).toList();
            List<Turn> shown = context.blocks().stream().flatMap(block -> block.turn().stream()).toList();
            assertThat(shown).containsAll(all.stream().filter(turn -> turn.role() == Role.SYSTEM).toList());
            if (!users.isEmpty()) {
                assertThat(shown).contains(users.getLast());
            }
        }
    }

    @Property(tries = 150)
    void shouldNeverPartAResultFromItsCall(@ForAll("contents") ViewContent content, @ForAll("budgets") long budget) {
        if (assembler.assemble(content, budget) instanceof Assembly.Context context) {
            List<TurnFacts> shown = context.blocks().stream().filter(block -> block.kind() == Block.Kind.TURN)
                    .flatMap(block -> block.turn().stream()).map(TurnFacts::of).toList();
            List<TurnFacts> source = content.tail().stream().map(SizedTurn::facts).toList();
            assertThat(orphans(shown)).isSubsetOf(orphans(source));
        }
    }

    @Property(tries = 60)
    void shouldOnlyGrowAtItsEndWhileEverythingFits(@ForAll("contents") ViewContent content) {
        // given
        List<SizedTurn> tail = content.tail();
        Optional<Assembly.Context> before = Optional.empty();
        for (int length = 0; length <= tail.size(); length++) {
            // when
            Assembly.Context context = (Assembly.Context) assembler.assemble(new ViewContent(THREAD, content.system(),
                    content.state(), content.segments(), content.copies(), tail.subList(0, length)), 10_000_000);
            // then
            before.ifPresent(previous -> assertThat(context.text()).startsWith(previous.text()));
            before = Optional.of(context);
        }
    }

    @Test
    void shouldKeepThePromptInFrontOfTheTailForManyTurnsWhenTheCeilingCuts() {
        // given a thread of two hundred equal turns behind one request, and a budget for a part of them
        List<Turn> turns = new ArrayList<>(List.of(Conversations.said(0, Role.USER, "Fix the build, please.")));
        List<String> prompts = new ArrayList<>();
        for (int seq = 1; seq <= 200; seq++) {
            turns.add(Conversations.said(seq, Role.ASSISTANT, "Looked at file number " + seq + ", nothing there."));
            // when
            prompts.add(((Assembly.Context) assembler.assemble(onlyTail(turns), 1_000)).text());
        }
        // then
        long rewrites = LongStream.range(1, prompts.size())
                .filter(i -> !prompts.get((int) i).startsWith(prompts.get((int) i - 1))).count();
        assertThat(rewrites).isBetween(3L, 25L);
    }

    @Test
    void shouldShowBeginningAndEndOfAGiantResultWhenNothingElseIsLeftToCut() {
        // given
        List<Turn> turns = List.of(Conversations.said(0, Role.USER, "List everything."),
                Conversations.call(1, "a", "{\"command\":\"find /\"}"),
                Conversations.result(2, "a", "first line\n" + "some/file\n".repeat(5_000) + "last line"));
        // when
        Assembly.Context context = (Assembly.Context) assembler.assemble(onlyTail(turns), 2_000);
        // then
        assertThat(context.text()).contains("List everything.", "first line", "last line", "characters left out here",
                "/v1/tenants/acme/threads/build-17/turns?from=2&to=2");
        assertThat(context.tokens()).isGreaterThan(1_000);
    }

    @Test
    void shouldNameTheTurnsThatItLeavesOut() {
        // given
        List<Turn> turns = new ArrayList<>(List.of(Conversations.said(0, Role.USER, "Fix the build, please.")));
        LongStream.rangeClosed(1, 60).forEach(seq -> turns.add(Conversations.said(seq, Role.ASSISTANT,
                "Looked at file number " + seq + " and found nothing to speak of.")));
        // when
        Assembly.Context context = (Assembly.Context) assembler.assemble(onlyTail(turns), 600);
        // then
        Block stub = context.blocks().stream().filter(block -> block.kind() == Block.Kind.STUB).findFirst()
                .orElseThrow();
        SeqRange cut = stub.seqs().orElseThrow();
        assertThat(stub.text()).isEqualTo("[Turns " + cut + " left out to stay under the ceiling of 600 tokens. Read "
                + "them with GET /v1/tenants/acme/threads/build-17/turns?from=" + cut.from() + "&to=" + cut.to()
                + "]\n");
    }

    private static ViewContent onlyTail(List<Turn> turns) {
        return new ViewContent(THREAD, List.of(), ProjectState.EMPTY, List.of(), List.of(), Conversations.sized(turns));
    }

    private static Set<String> orphans(List<TurnFacts> turns) {
        Set<String> open = new HashSet<>();
        Set<String> orphans = new HashSet<>();
        for (TurnFacts turn : turns) {
            turn.closes().stream().filter(id -> !open.contains(id)).map(id -> id + "@" + turn.seq())
                    .forEach(orphans::add);
            open.addAll(turn.opens());
        }
        return orphans;
    }

    private static List<Turn> allTurns(ViewContent content) {
        List<Turn> turns = new ArrayList<>();
        List.of(content.system(), content.copies(), content.tail())
                .forEach(list -> list.stream().map(SizedTurn::turn).forEach(turns::add));
        turns.sort((a, b) -> Long.compare(a.seq(), b.seq()));
        return turns;
    }

    private static List<Long> allSeqs(ViewContent content) {
        long tokens = content.segments().isEmpty() ? 0 : content.segments().getLast().range().to() + 1;
        return LongStream.range(0, tokens + content.tail().size()).boxed().toList();
    }

    /** The seqs that the blocks stand for, system turns once even where a range passes them; copies do not count. */
    private static List<Long> baseForms(Assembly.Context context, ViewContent content) {
        Set<Long> system = new HashSet<>();
        allTurns(content).stream().filter(turn -> turn.role() == Role.SYSTEM).forEach(turn -> system.add(turn.seq()));
        List<Long> seqs = new ArrayList<>();
        for (Block block : context.blocks()) {
            SeqRange range = block.seqs().orElse(SeqRange.of(0));
            switch (block.kind()) {
                case SYSTEM, TURN -> seqs.add(range.from());
                case OBSERVATION, REFLECTION, STUB -> LongStream.rangeClosed(range.from(), range.to())
                        .filter(seq -> !system.contains(seq)).forEach(seqs::add);
                case STATE, USER -> {
                }
            }
        }
        return seqs.stream().sorted().toList();
    }

    @Provide
    Arbitrary<Long> budgets() {
        return Arbitraries.longs().between(1, 8_000);
    }

    @Provide
    Arbitrary<ViewContent> contents() {
        return Combinators.combine(Conversations.conversations(25), Arbitraries.integers().between(0, 3),
                Arbitraries.integers().between(0, 100), Arbitraries.of(true, false)).as(AssemblerTest::content);
    }

    private static ViewContent content(List<Turn> turns, int segmentCount, int coveredPercent, boolean withState) {
        int covered = segmentCount == 0 ? 0 : turns.size() * coveredPercent / 100;
        List<Segment> segments = new ArrayList<>();
        for (int i = 0; i < segmentCount; i++) {
            int from = covered * i / segmentCount;
            int to = covered * (i + 1) / segmentCount - 1;
            if (to >= from) {
                segments.add(segment(new SeqRange(from, to)));
            }
        }
        List<SizedTurn> sized = Conversations.sized(turns);
        List<SizedTurn> passed = sized.subList(0, covered);
        List<SizedTurn> users = passed.stream().filter(turn -> turn.turn().role() == Role.USER).toList();
        return new ViewContent(THREAD, passed.stream().filter(turn -> turn.turn().role() == Role.SYSTEM).toList(),
                withState ? state() : ProjectState.EMPTY, segments,
                users.isEmpty() ? List.of() : List.of(users.getLast()), sized.subList(covered, sized.size()));
    }

    static Segment segment(SeqRange range) {
        List<LogEntry> entries = List.of(new LogEntry(LogEntry.Priority.NOTABLE, LogEntry.Kind.FACT,
                SeqRange.of(range.from()), Optional.empty(), "Something of note in " + range + "."));
        Segment uncounted = new Segment("segment-" + range, Segment.Kind.OBSERVATION, range, 0, entries,
                Optional.empty(), Optional.empty(), Optional.empty(), 0);
        return new Segment(uncounted.id(), uncounted.kind(), range, 0, entries, uncounted.title(),
                uncounted.currentTask(), uncounted.nextStep(), COUNTER.count(SegmentText.of(uncounted)));
    }

    private static ProjectState state() {
        return new ProjectState(1, List.of(new ProjectState.Item("Make the build pass", SeqRange.of(0))), List.of(),
                List.of(), Map.of(), List.of(), List.of(), List.of());
    }
}
