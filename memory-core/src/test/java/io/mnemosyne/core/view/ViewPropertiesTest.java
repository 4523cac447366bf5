package io.mnemosyne.core.view;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.LongStream;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.statistics.Statistics;
import net.jqwik.api.statistics.StatisticsReport;

import io.mnemosyne.core.Command;
import io.mnemosyne.core.Policy;
import io.mnemosyne.core.SeqRange;
import io.mnemosyne.core.assemble.Assembly;
import io.mnemosyne.core.assemble.Block;
import io.mnemosyne.core.assemble.Conversations;
import io.mnemosyne.core.fidelity.Fidelity;
import io.mnemosyne.core.fidelity.HeldObjects;

import static org.assertj.core.api.Assertions.assertThat;

class ViewPropertiesTest {
    /** Small enough that the ceiling presses now and then. */
    private static final Policy POLICY = Policy.standard().scaledTo(2_000).with(GradedThread.RULES);

    @Property(tries = 60)
    void everySeqHasExactlyOneBaseForm(@ForAll("lives") Life life) {
        ThreadUnderTest thread = new ThreadUnderTest(POLICY);
        life.of(thread, () -> assertThat(baseForms(thread))
                .containsExactlyElementsOf(LongStream.range(0, thread.head.turns().nextSeq()).boxed().toList()));
    }

    @Property(tries = 100)
    void theShownWatermarkNeverMovesBack(@ForAll("lives") Life life) {
        ThreadUnderTest thread = new ThreadUnderTest(POLICY);
        List<Long> watermarks = new ArrayList<>();
        life.of(thread, () -> watermarks.add(thread.head.shown().watermark()));
        assertThat(watermarks).isSorted();
    }

    @Property(tries = 60)
    @StatisticsReport(StatisticsReport.StatisticsReportMode.OFF)
    void withinAnEpochThePromptOnlyGrowsAtItsEnd(@ForAll("lives") Life life) {
        ThreadUnderTest thread = new ThreadUnderTest(POLICY);
        AtomicReference<String> prompt = new AtomicReference<>("");
        AtomicLong epoch = new AtomicLong();
        life.of(thread, () -> {
            String next = thread.prompt().text();
            if (thread.head.shown().epoch() == epoch.get()) {
                assertThat(next).startsWith(prompt.get());
            }
            prompt.set(next);
            epoch.set(thread.head.shown().epoch());
        });
        boolean graded = thread.journal.stream().anyMatch(
                event -> event instanceof ViewEvent.EpochOpened opened && !opened.changes().isEmpty());
        boolean faulted = thread.journal.stream().anyMatch(ViewEvent.Faulted.class::isInstance);
        Statistics.label("graded").collect(graded).coverage(checker -> checker.check(true)
                .percentage(share -> share > 10));
        Statistics.label("faulted").collect(faulted).coverage(checker -> checker.check(true)
                .percentage(share -> share > 2));
    }

    @Property(tries = 60)
    void faultsAreNumberedFromOneAndEachObjectHasOneUnlessItWasShownInFullAgain(@ForAll("working") Life life) {
        ThreadUnderTest thread = new ThreadUnderTest(POLICY);
        life.of(thread, () -> {
        });
        List<ViewEvent.Faulted> faults = thread.journal.stream().filter(ViewEvent.Faulted.class::isInstance)
                .map(ViewEvent.Faulted.class::cast).toList();
        assertThat(faults.stream().map(ViewEvent.Faulted::number))
                .containsExactlyElementsOf(LongStream.rangeClosed(1, faults.size()).boxed().toList());
        assertThat(faults).allSatisfy(fault -> assertThat(fault.shown()).isNotEqualTo(Fidelity.FULL));
        Set<String> open = new HashSet<>();
        for (ViewEvent event : thread.journal) {
            switch (event) {
                case ViewEvent.Faulted fault -> assertThat(open.add(fault.object())).as("%s", fault).isTrue();
                case ViewEvent.EpochOpened epoch -> epoch.changes().stream()
                        .filter(change -> change.to() == Fidelity.FULL).forEach(change -> open.remove(change.object()));
                case ViewEvent.Obeyed obeyed -> {
                    if (obeyed.kind() == Command.Kind.RESTORE) {
                        open.removeAll(obeyed.objects());
                    }
                }
                case ViewEvent.Regrouped _ -> {
                }
            }
        }
        HeldObjects.Tally tally = thread.head.held().tally();
        assertThat(tally.faults()).isEqualTo(faults.size());
    }

    @Property(tries = 60)
    void theViewIsUnderItsBudgetAtEveryStep(@ForAll("lives") Life life) {
        ThreadUnderTest thread = new ThreadUnderTest(POLICY);
        life.of(thread, () -> {
            long budget = thread.head.policy(POLICY).budget();
            Assembly.Context context = switch (thread.assemble(budget)) {
                case Assembly.Context fits -> fits;
                case Assembly.BudgetTooSmall refusal -> (Assembly.Context) thread.assemble(refusal.needed());
            };
            assertThat(context.tokens()).isLessThanOrEqualTo(context.budget());
        });
    }

    @Property(tries = 100)
    void anyInterleavingEndsInTheSameAvailableState(@ForAll("lives") Life life,
            @ForAll("orders") List<Boolean> other) {
        // given
        ThreadUnderTest one = new ThreadUnderTest(POLICY);
        ThreadUnderTest two = new ThreadUnderTest(POLICY);
        // when
        life.of(one, () -> {
        });
        life.inOrder(other).of(two, () -> {
        });
        // then
        assertThat(one.head.available()).isEqualTo(two.head.available());
        assertThat(one.head.turns().nextSeq()).isEqualTo(two.head.turns().nextSeq());
        assertThat(one.head.turns().system()).isEqualTo(two.head.turns().system());
        assertThat(one.head.totals()).isEqualTo(two.head.totals());
        assertThat(one.head.totals().violations()).isZero();
    }

    @Property(tries = 60)
    void foldingTwiceGivesTheSame(@ForAll("lives") Life life) {
        // given
        ThreadUnderTest one = new ThreadUnderTest(POLICY);
        ThreadUnderTest two = new ThreadUnderTest(POLICY);
        // when
        life.of(one, () -> {
        });
        life.of(two, () -> {
        });
        // then
        assertThat(one.head).isEqualTo(two.head);
        assertThat(one.journal).isEqualTo(two.journal);
        assertThat(one.prompt()).isEqualTo(two.prompt());
    }

    @Property(tries = 60)
    void theHeadKnowsTheSizeOfThePrompt(@ForAll("lives") Life life) {
        ThreadUnderTest thread = new ThreadUnderTest(POLICY);
        life.of(thread, () -> {
            Assembly.Context prompt = thread.prompt();
            long waiting = thread.head.shown().restored().stream().mapToLong(RestoredObject::tokens).sum()
                    - tokens(prompt, Block.Kind.RESTORED);
            assertThat(thread.head.tokensInView() - waiting).isBetween(
                    prompt.tokens() - 100 - pinnedLate(thread, prompt) - times(prompt), prompt.tokens());
            assertThat(Conversations.COUNTER.count(prompt.text())).as("counted").isLessThanOrEqualTo(prompt.tokens());
        });
    }

    /** Tokens of the copies whose turns were pinned when a segment had passed them already: the head does not know them. */
    private static long pinnedLate(ThreadUnderTest thread, Assembly.Context prompt) {
        Set<Optional<SeqRange>> unknown = new HashSet<>();
        thread.head.shown().copies().stream().filter(copy -> copy.tokens() == 0)
                .forEach(copy -> unknown.add(Optional.of(SeqRange.of(copy.seq()))));
        return prompt.blocks().stream().filter(block -> block.kind() == Block.Kind.USER)
                .filter(block -> unknown.contains(block.seqs())).mapToLong(Block::tokens).sum();
    }

    private static long tokens(Assembly.Context prompt, Block.Kind kind) {
        return prompt.blocks().stream().filter(block -> block.kind() == kind).mapToLong(Block::tokens).sum();
    }

    /** Tokens of what is told of times, which is known when a prompt is made and not before. */
    private static long times(Assembly.Context prompt) {
        return prompt.blocks().stream().mapToLong(block -> switch (block.kind()) {
            case TIME -> block.tokens();
            case USER -> ", said 2026-03-01 14:05".length();
            case SYSTEM, STATE, REFLECTION, OBSERVATION, SUMMARY, STUB, RESTORED, TURN -> 0;
        }).sum();
    }

    /** The seqs that the blocks stand for; system turns count once, even where a segment passes them. */
    private static List<Long> baseForms(ThreadUnderTest thread) {
        Set<Long> system = new HashSet<>();
        thread.head.turns().system().forEach(turn -> system.add(turn.seq()));
        List<Long> seqs = new ArrayList<>();
        for (Block block : thread.prompt().blocks()) {
            SeqRange range = block.seqs().orElse(SeqRange.of(0));
            switch (block.kind()) {
                case SYSTEM, TURN, SUMMARY -> seqs.add(range.from());
                case OBSERVATION, REFLECTION, STUB -> LongStream.rangeClosed(range.from(), range.to())
                        .filter(seq -> !system.contains(seq)).forEach(seqs::add);
                case STATE, TIME, USER -> {
                }
            }
        }
        return seqs.stream().sorted().toList();
    }

    @Provide
    Arbitrary<Life> lives() {
        return Arbitraries.oneOf(Lives.lives(), Lives.working());
    }

    @Provide
    Arbitrary<Life> working() {
        return Lives.working();
    }

    @Provide
    Arbitrary<List<Boolean>> orders() {
        return Lives.orders();
    }
}
