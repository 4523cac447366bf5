package io.mnemosyne.core.thread;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.statistics.Statistics;
import net.jqwik.api.statistics.StatisticsReport;

import io.mnemosyne.core.Part;
import io.mnemosyne.core.SeqRange;
import io.mnemosyne.core.ThreadKey;
import io.mnemosyne.core.Turn;
import io.mnemosyne.core.assemble.Assembly;
import io.mnemosyne.core.assemble.Block;
import io.mnemosyne.core.assemble.SizedTurn;
import io.mnemosyne.core.assemble.ViewContent;
import io.mnemosyne.core.view.TurnSize;
import io.mnemosyne.core.view.ViewState;

import static org.assertj.core.api.Assertions.assertThat;

/** What a reader of a whole thread sees: invariants 1, 7 and 11. */
class ReadPropertiesTest {

    @Property(tries = 1_400)
    @StatisticsReport(StatisticsReport.StatisticsReportMode.OFF)
    void aReadIsUnderItsCeilingAndKeepsWhatBelongsTogether(@ForAll("lives") List<Interleavings.Step> life,
            @ForAll @IntRange(min = 1, max = 4_000) int asked) {
        Pipeline pipeline = Lives.live(life, 1, now -> {
            // whatever is in flight, open or lost at this moment
            ThreadKey thread = now.thread(0);
            ViewState head = now.shown(thread).head();
            if (head.ceiling(now.policy) < head.policy(now.policy).budget()) {
                now.tally.count("calibrated");
            }
            check(now, thread, head.ceiling(now.policy));
            check(now, thread, asked);
        });
        Statistics.label("cut").collect(pipeline.tally.of("cut") > 0)
                .coverage(checker -> checker.check(true).percentage(share -> share > 50));
        Statistics.label("calibrated").collect(pipeline.tally.of("calibrated") > 0)
                .coverage(checker -> checker.check(true).percentage(share -> share > 8));
        Statistics.label("too small").collect(pipeline.tally.of("too small") > 0)
                .coverage(checker -> checker.check(true).percentage(share -> share > 5));
    }

    @Property(tries = 1_200)
    @StatisticsReport(StatisticsReport.StatisticsReportMode.OFF)
    void withinAnEpochAPromptOnlyGrowsAtItsEndAndEverySeqIsInIt(@ForAll("lives") List<Interleavings.Step> life) {
        Map<String, String> prompts = new HashMap<>();
        Map<String, Long> ceilings = new HashMap<>();
        Pipeline pipeline = Lives.live(life, 1, now -> {
            ThreadKey thread = now.thread(0);
            var committed = now.view.committed().of(thread).rows();
            ViewState head = committed.head();
            List<Block> blocks = now.prompt(committed, thread).blocks();
            Invariants.everySeqHasOneBaseForm(blocks, system(head), head.turns().nextSeq());
            String prompt = blocks.stream().map(Block::text).collect(Collectors.joining("\n"));
            String epoch = head.incarnation() + "." + head.shown().epoch();
            Long ceiling = ceilings.put(epoch, head.ceiling(now.policy));
            assertThat(head.ceiling(now.policy)).as("11 prefix-stable: within an epoch a ceiling stays")
                    .isEqualTo(ceiling == null ? head.ceiling(now.policy) : ceiling);
            String before = prompts.put(epoch, prompt);
            assertThat(prompt).as("11 prefix-stable: within an epoch a prompt only grows at its end")
                    .startsWith(before == null ? "" : before);
        });
        // and objects were graded, so that this says something about them
        often("object.shorter", 30, pipeline);
        often("object.longer", 0.1, pipeline);
        often("fault", 4, pipeline);
    }

    private static void often(String what, double percent, Pipeline pipeline) {
        Statistics.label(what).collect(pipeline.tally.of(what) > 0)
                .coverage(checker -> checker.check(true).percentage(share -> share > percent));
    }

    private static void check(Pipeline pipeline, ThreadKey thread, long budget) {
        Assembly.Context context = switch (pipeline.read(thread, budget)) {
            case Assembly.Context fits -> fits;
            case Assembly.BudgetTooSmall refusal -> {
                pipeline.tally.count("too small");
                assertThat(refusal.needed()).as("7 reads: what is refused did not fit").isGreaterThan(budget);
                yield (Assembly.Context) pipeline.read(thread, refusal.needed());
            }
        };
        assertThat(context.tokens()).as("7 reads: no more than the ceiling").isLessThanOrEqualTo(context.budget());
        assertThat(Machines.COUNTER.count(context.text())).as("7 reads: no more than is counted")
                .isLessThanOrEqualTo(Math.max(1, context.tokens()));
        ViewState head = pipeline.shown(thread).head();
        Invariants.everySeqHasOneBaseForm(context.blocks(), system(head), head.turns().nextSeq());
        ViewContent content = pipeline.shown(thread).content(thread, pipeline.policy);
        toolGroupsAreKept(content, context);
        theNewestUserTurnIsKept(content, context);
        if (context.blocks().stream().anyMatch(block -> block.kind() == Block.Kind.STUB)) {
            pipeline.tally.count("cut");
        }
    }

    private static Set<Long> system(ViewState head) {
        return head.turns().system().stream().map(TurnSize::seq).collect(Collectors.toCollection(HashSet::new));
    }

    /** A call and the results that belong to it are all there, or none of them. */
    private static void toolGroupsAreKept(ViewContent content, Assembly.Context context) {
        Set<Long> there = context.blocks().stream().filter(ReadPropertiesTest::isTurnInItsPlace)
                .map(block -> block.seqs().orElseThrow().from()).collect(Collectors.toSet());
        Map<String, Long> calls = new HashMap<>();
        for (SizedTurn sized : content.tail()) {
            for (Part part : sized.turn().parts()) {
                if (part instanceof Part.ToolResult result && calls.containsKey(result.callId())) {
                    SeqRange pair = new SeqRange(calls.get(result.callId()), sized.seq());
                    assertThat(there.contains(pair.from())).as("7 reads: call and result %s stay together", pair)
                            .isEqualTo(there.contains(pair.to()));
                } else if (part instanceof Part.ToolCall call) {
                    calls.put(call.id(), sized.seq());
                }
            }
        }
    }

    private static boolean isTurnInItsPlace(Block block) {
        return block.turn().isPresent() && block.kind() != Block.Kind.USER;
    }

    private static void theNewestUserTurnIsKept(ViewContent content, Assembly.Context context) {
        List<Turn> words = content.copies().stream().map(SizedTurn::turn).filter(Turn::isByUser)
                .collect(Collectors.toList());
        content.tail().stream().map(SizedTurn::turn).filter(Turn::isByUser).forEach(words::add);
        words.stream().max((a, b) -> Long.compare(a.seq(), b.seq())).ifPresent(
                newest -> assertThat(context.blocks().stream().flatMap(block -> block.turn().stream()))
                        .as("7 reads: the newest user message is there in full").contains(newest));
    }

    @Provide
    Arbitrary<List<Interleavings.Step>> lives() {
        return Interleavings.lives();
    }
}
