package io.mnemosyne.core.thread;

import java.time.Duration;
import java.util.List;

import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.statistics.Statistics;
import net.jqwik.api.statistics.StatisticsReport;

import io.mnemosyne.core.ThreadKey;
import io.mnemosyne.core.view.SegmentFacts;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Invariants 1 to 6 of whole threads. They are checked at every step: what a stage decides by {@link Invariants} and
 * {@link Fence}, what it commits by {@link Audit}.
 */
class MemoryPropertiesTest {

    @Property(tries = 6_000)
    @StatisticsReport(StatisticsReport.StatisticsReportMode.OFF)
    void everySeqIsCoveredOnceByWhatWasAnsweredWhateverHappens(@ForAll("lives") List<Interleavings.Step> life,
            @ForAll @IntRange(min = 1, max = 2) int threads) {
        // when, and every step is checked
        Pipeline pipeline = Lives.live(life, threads, _ -> {
        });
        // then, so that the property cannot hold for want of anything that happens
        often("observed", 50, pipeline);
        often("reflected", 4, pipeline);
        often("epoch", 50, pipeline);
        often("crash", 30, pipeline);
        often("rebalance", 30, pipeline);
        often("result.stale", 40, pipeline);
        often("compaction.asked", 20, pipeline);
        often("compaction.late", 1, pipeline);
        often("epoch.compact", 0.3, pipeline);
        often("request.retried", 8, pipeline);
        often("request.degraded", 1, pipeline);
        often("thread.deleted", 8, pipeline);
        often("incarnation.stale", 2, pipeline);
        often("result.failed", 0.3, pipeline);
        often("result.not-smaller", 0.5, pipeline);
    }

    @Property(tries = 300)
    void aThreadComesToRestWhenWorkersAnswerAgain(@ForAll("lives") List<Interleavings.Step> life) {
        // given
        Pipeline pipeline = Lives.live(life, 2, _ -> {
        });
        // when time passes, stages look at their deadlines and workers answer
        for (int i = 0; i < 20; i++) {
            pipeline.settle(i);
            pipeline.pass(Duration.ofDays(2));
            pipeline.tasks.forEach(Task::tick);
            pipeline.settle(i);
            while (Worker.observeAll(pipeline) || Worker.reflectAll(pipeline)) {
                pipeline.settle(i);
            }
            pipeline.audit.readAll();
        }
        // then
        for (ThreadKey thread : pipeline.threads) {
            assertThat(pipeline.observer.memory().of(thread).state().inFlight()).as("nothing waits for ever").isEmpty();
            assertThat(pipeline.reflector.memory().of(thread).state().inFlight()).as("nothing waits for ever")
                    .isEmpty();
            assertThat(List.of(pipeline.observer.memory().of(thread).state().policy(),
                    pipeline.reflector.memory().of(thread).state().policy()))
                    .as("commands mean the same to all").containsOnly(pipeline.shown(thread).head().changedPolicy());
            assertThat(pipeline.shown(thread).head().available().segments().stream().map(SegmentFacts::id).toList())
                    .as("the view knows the memory").isEqualTo(pipeline.audit.live(thread));
        }
    }

    private static void often(String what, double percent, Pipeline pipeline) {
        Statistics.label(what).collect(pipeline.tally.of(what) > 0)
                .coverage(checker -> checker.check(true).percentage(share -> share > percent));
    }

    @Provide
    Arbitrary<List<Interleavings.Step>> lives() {
        return Interleavings.lives();
    }
}
