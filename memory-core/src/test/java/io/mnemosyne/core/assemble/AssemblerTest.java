package io.mnemosyne.core.assemble;

import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

import io.mnemosyne.core.Content;
import io.mnemosyne.core.LogEntry;
import io.mnemosyne.core.Origin;
import io.mnemosyne.core.Part;
import io.mnemosyne.core.ProjectState;
import io.mnemosyne.core.RawTurn;
import io.mnemosyne.core.Role;
import io.mnemosyne.core.Segment;
import io.mnemosyne.core.SegmentText;
import io.mnemosyne.core.SeqRange;
import io.mnemosyne.core.Turn;
import io.mnemosyne.core.TurnFacts;
import io.mnemosyne.core.tokens.TokenCounter;

import static io.mnemosyne.core.assemble.Conversations.COUNTER;
import static io.mnemosyne.core.assemble.Conversations.THREAD;
import static org.assertj.core.api.Assertions.assertThat;

class AssemblerTest {
    /** More tokens than a line that stands for what was left out ever has. */
    private static final long STUB = 100;
    private final Assembler assembler = new Assembler(COUNTER);

    @Property(tries = 150)
    void shouldStayUnderItsBudgetMeasuredOnWhatIsServed(@ForAll("contents") ViewContent content,
            @ForAll("budgets") long budget) {
        // when
        Assembly.Context context = served(content, budget);
        // then
        long images = context.blocks().stream().mapToLong(block -> images(block).size()).sum();
        assertThat(COUNTER.count(context.text()) + images * TokenCounter.IMAGE_TOKENS)
                .isLessThanOrEqualTo(context.tokens());
        assertThat(context.tokens()).isLessThanOrEqualTo(context.budget());
    }

    @Property(tries = 150)
    void shouldNameTheSmallestBudgetThatWouldDoWhenOneIsTooSmall(@ForAll("contents") ViewContent content,
            @ForAll("budgets") long budget) {
        if (assembler.assemble(content, budget) instanceof Assembly.BudgetTooSmall refusal) {
            long needed = refusal.needed();
            assertThat(needed).isGreaterThan(budget).isLessThan(neverCut(content) + 2 * STUB);
            assertThat(assembler.assemble(content, needed)).isInstanceOf(Assembly.Context.class);
            assertThat(assembler.assemble(content, needed - 1))
                    .isEqualTo(new Assembly.BudgetTooSmall(THREAD, needed - 1, needed));
        }
    }

    @Property(tries = 150)
    void shouldGiveEverySeqExactlyOneBaseForm(@ForAll("contents") ViewContent content, @ForAll("budgets") long budget) {
        assertThat(baseForms(served(content, budget), content)).containsExactlyElementsOf(allSeqs(content));
    }

    @Property(tries = 150)
    void shouldCarryTheUsersNewestWordAndTheSystemTurnsVerbatim(@ForAll("contents") ViewContent content,
            @ForAll("budgets") long budget) {
        List<Turn> all = allTurns(content);
        List<Turn> shown = shownTurns(served(content, budget));
        assertThat(shown).containsAll(all.stream().filter(turn -> turn.role() == Role.SYSTEM).toList());
        assertThat(shown).containsAll(newestWord(all));
    }

    @Property(tries = 150)
    void shouldKeepTheOpenToolGroupInItsPlace(@ForAll("openContents") ViewContent content,
            @ForAll("budgets") long budget) {
        List<Turn> shown = served(content, budget).blocks().stream().filter(block -> block.kind() == Block.Kind.TURN)
                .flatMap(block -> block.turn().stream()).toList();
        assertThat(shown).containsAll(openGroup(content));
    }

    @Property(tries = 150)
    void shouldNeverPartAResultFromItsCall(@ForAll("contents") ViewContent content, @ForAll("budgets") long budget) {
        List<TurnFacts> shown = served(content, budget).blocks().stream()
                .filter(block -> block.kind() == Block.Kind.TURN)
                .flatMap(block -> block.turn().stream()).map(TurnFacts::of).toList();
        List<TurnFacts> source = content.tail().stream().map(SizedTurn::facts).toList();
        assertThat(orphans(shown)).isSubsetOf(orphans(source));
    }

    @Property(tries = 150)
    void shouldShowAnImageWholeOrNotAtAll(@ForAll("contents") ViewContent content, @ForAll("budgets") long budget) {
        List<Part> source = allTurns(content).stream().flatMap(turn -> turn.parts().stream()).toList();
        assertThat(served(content, budget).blocks()).flatMap(AssemblerTest::images).isSubsetOf(source);
    }

    @Property(tries = 60)
    void shouldOnlyGrowAtItsEndWhileEverythingFits(@ForAll("contents") ViewContent content) {
        // given
        List<SizedTurn> tail = content.tail();
        Optional<Assembly.Context> before = Optional.empty();
        for (int length = 0; length <= tail.size(); length++) {
            // when
            Assembly.Context context = (Assembly.Context) assembler.assemble(new ViewContent(THREAD, content.system(),
                    content.state(), content.segments(), content.copies(), tail.subList(0, length),
                    restoredUpTo(content, length), content.coveredAt(), content.zone(),
                    content.stateBudget()), 10_000_000);
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

    @Test
    void shouldCountTheImageOfATurnThatItShortens() {
        // given a screenshot beside a long log, in the newest group
        List<Turn> turns = List.of(Conversations.said(0, Role.USER, "Run it."),
                Conversations.call(1, "a", "{}"),
                Conversations.numbered(new RawTurn("e", Role.TOOL,
                        List.of(new Part.ToolResult("a", "bash", Content.of("log line ".repeat(4_000)), false),
                                new Part.Image("image/png", Content.of("iVBORw0KGgo".repeat(3_000)))),
                        Origin.UNKNOWN), 2));
        // when there is room for it
        Assembly.Context roomy = (Assembly.Context) assembler.assemble(onlyTail(turns), 4_000);
        // then
        assertThat(roomy.blocks()).flatMap(AssemblerTest::images).containsExactly(turns.get(2).parts().get(1));
        assertThat(COUNTER.count(roomy.text()) + TokenCounter.IMAGE_TOKENS).isBetween(3_000L, 4_000L);
        // when there is not
        Assembly.Context narrow = (Assembly.Context) assembler.assemble(onlyTail(turns), 1_600);
        // then
        assertThat(narrow.blocks()).flatMap(AssemblerTest::images).isEmpty();
        assertThat(narrow.text()).contains("log line",
                "[image image/png, 33000 bytes, left out here. Read it with GET");
    }

    @Test
    void shouldCutAGiantResultThatCameInTheUsersName() {
        // given a request, and a result as Anthropic's API takes it
        List<Turn> turns = List.of(Conversations.said(0, Role.USER, "List everything."),
                Conversations.call(1, "a", "{}"),
                Conversations.numbered(new RawTurn("e", Role.USER,
                        List.of(new Part.ToolResult("a", "bash", Content.of("some/file ".repeat(30_000)), false)),
                        Origin.UNKNOWN), 2));
        // when
        Assembly.Context context = (Assembly.Context) assembler.assemble(onlyTail(turns), 16_000);
        // then
        assertThat(context.text()).contains("List everything.", "some/file", "characters left out here");
    }

    @Test
    void shouldCutALongThreadInTimeThatGrowsWithItsLength() {
        // given a thread whose memory leaves the tail no room
        List<Turn> turns = new ArrayList<>(List.of(Conversations.said(0, Role.USER, "Fix the build, please.")));
        LongStream.rangeClosed(1, 5_000).forEach(seq -> turns.add(Conversations.said(seq, Role.ASSISTANT, "Ok.")));
        AtomicLong counted = new AtomicLong();
        Assembler counting = new Assembler(text -> {
            counted.incrementAndGet();
            return COUNTER.count(text);
        });
        ViewContent content = new ViewContent(THREAD, List.of(), ProjectState.EMPTY,
                LongStream.rangeClosed(0, 9).mapToObj(seq -> segment(SeqRange.of(seq))).toList(), List.of(),
                Conversations.sized(turns).subList(10, turns.size()));
        // when
        Assembly assembly = counting.assemble(content, 250);
        // then
        assertThat(assembly).isInstanceOf(Assembly.Context.class);
        assertThat(counted.get()).isLessThan(100);
    }

    /** What was restored when the tail had no more turns than these. */
    private static List<Restored> restoredUpTo(ViewContent content, int length) {
        long next = allSeqs(content).size() - content.tail().size() + length;
        return content.restored().stream().filter(restored -> restored.after() < next).toList();
    }

    private Assembly.Context served(ViewContent content, long budget) {
        return switch (assembler.assemble(content, budget)) {
            case Assembly.Context context -> context;
            case Assembly.BudgetTooSmall refusal -> (Assembly.Context) assembler.assemble(content, refusal.needed());
        };
    }

    private static List<Part> images(Block block) {
        return block.turn().stream().flatMap(turn -> turn.parts().stream()).filter(Part.Image.class::isInstance)
                .toList();
    }

    private static List<Turn> shownTurns(Assembly.Context context) {
        return context.blocks().stream().flatMap(block -> block.turn().stream()).toList();
    }

    /** Tokens of the system turns, the user's newest word and the open tool group. */
    private static long neverCut(ViewContent content) {
        List<Turn> all = allTurns(content);
        Set<Turn> turns = new HashSet<>(all.stream().filter(turn -> turn.role() == Role.SYSTEM).toList());
        turns.addAll(newestWord(all));
        turns.addAll(openGroup(content));
        return Conversations.sized(List.copyOf(turns)).stream().mapToLong(SizedTurn::tokens).sum();
    }

    private static List<Turn> newestWord(List<Turn> turns) {
        return turns.reversed().stream().filter(turn -> turn.role() == Role.USER
                && turn.parts().stream().anyMatch(part -> !(part instanceof Part.ToolResult))).limit(1).toList();
    }

    /** The row of calls and answers at the end, from the oldest call on that it answers, if a call of it waits. */
    private static List<Turn> openGroup(ViewContent content) {
        List<TurnFacts> tail = content.tail().stream().map(SizedTurn::facts).toList();
        int start = tail.size();
        while (start > 0 && (tail.get(start - 1).role() == Role.TOOL || !tail.get(start - 1).closes().isEmpty())) {
            start--;
        }
        while (start > 0 && tail.get(start - 1).role() == Role.ASSISTANT && !tail.get(start - 1).opens().isEmpty()) {
            start--;
        }
        List<TurnFacts> row = tail.subList(start, tail.size());
        Set<String> waiting = new HashSet<>(row.stream().flatMap(turn -> turn.opens().stream()).toList());
        row.forEach(turn -> waiting.removeAll(turn.closes()));
        for (int i = tail.size() - 1; i >= start; i--) {
            int answer = i;
            start = tail.get(i).closes().stream().mapToInt(id -> callBefore(tail, answer, id)).reduce(start, Math::min);
        }
        return waiting.isEmpty()
                ? List.of()
                : content.tail().stream().skip(start).map(SizedTurn::turn).toList();
    }

    /** The index of the newest call with an id before an answer, or the answer's own. */
    private static int callBefore(List<TurnFacts> tail, int answer, String id) {
        return IntStream.range(0, answer).map(i -> answer - 1 - i).filter(i -> tail.get(i).opens().contains(id))
                .findFirst().orElse(answer);
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
                Arbitraries.integers().between(0, 100), Arbitraries.of(true, false),
                Arbitraries.integers().between(0, 99).list().ofMaxSize(3)).as(AssemblerTest::content);
    }

    /** Contents that end in several calls of which some wait. */
    @Provide
    Arbitrary<ViewContent> openContents() {
        return Combinators.combine(contents(), Arbitraries.integers().between(1, 3),
                Arbitraries.integers().between(10, 400)).as((content, answered, size) -> {
                    List<SizedTurn> tail = new ArrayList<>(content.tail());
                    long seq = allSeqs(content).size();
                    List<Turn> open = new ArrayList<>();
                    for (int i = 0; i < 4; i++) {
                        open.add(Conversations.call(seq++, "open-" + i, "{\"n\": \"" + "x ".repeat(size) + "\"}"));
                    }
                    for (int i = 4 - answered; i < 4; i++) {
                        open.add(Conversations.result(seq++, "open-" + i, "y ".repeat(size)));
                    }
                    tail.addAll(Conversations.sized(open));
                    return new ViewContent(THREAD, content.system(), content.state(), content.segments(),
                            content.copies(), tail, content.restored(), content.coveredAt(), content.zone(),
                            content.stateBudget());
                });
    }

    /** @param restored where in the tail objects were brought back, percent of its turns */
    private static ViewContent content(List<Turn> turns, int segmentCount, int coveredPercent, boolean withState,
            List<Integer> restored) {
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
        List<Turn> word = newestWord(turns.subList(0, covered));
        return new ViewContent(THREAD, passed.stream().filter(turn -> turn.turn().role() == Role.SYSTEM).toList(),
                withState ? state() : ProjectState.EMPTY, segments,
                Conversations.sized(word), sized.subList(covered, sized.size()),
                restored.stream().sorted()
                        .map(percent -> restored(percent, covered - 1 + (sized.size() - covered) * percent / 100))
                        .toList(),
                turns.stream().limit(covered).skip(Math.max(0, covered - 1)).findFirst()
                        .flatMap(turn -> turn.body().origin().at()),
                ZoneId.of("Europe/Berlin"), 100_000);
    }

    private static Restored restored(int size, long after) {
        Turn result = Conversations.result(0, "old", "What the file said.\n".repeat(1 + size));
        return new Restored(SizedTurn.of(result, COUNTER).asCopy(), after);
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
