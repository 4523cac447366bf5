package io.mnemosyne.inference.worker;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

import io.mnemosyne.core.Completion;
import io.mnemosyne.core.observe.ObservationRequest;
import io.mnemosyne.core.observe.ObservationRequest.Priority;
import io.mnemosyne.core.observe.ObservationResult;
import io.mnemosyne.inference.providers.CallContext;
import io.mnemosyne.inference.providers.Model;
import io.mnemosyne.inference.providers.ModelException;
import io.mnemosyne.inference.providers.ModelName;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** Workers that die at any record that they write, one after the other, until one has answered everything. */
class CrashesTest {
    private static final int IN_FLIGHT = 3;

    /** Fails now and then, until it is told not to. */
    private static final class Unreliable implements Model<ObservationRequest, ObservationResult.Outcome> {
        private static final ModelName NAME = new ModelName("unreliable", "none", "1");

        private final Random dice;
        private final AtomicInteger calls = new AtomicInteger();
        private volatile boolean reliable;

        private Unreliable(long seed) {
            dice = new Random(seed);
        }

        @Override
        public ModelName nameFor(ObservationRequest request) {
            return NAME;
        }

        @Override
        public ObservationResult.Outcome answer(ObservationRequest request, CallContext context)
                throws ModelException, InterruptedException {
            context.before().aboutToCall();
            calls.incrementAndGet();
            if (!reliable && dice.nextInt(3) == 0) {
                throw new ModelException("no luck", true);
            }
            return new ObservationResult.Nothing(NAME.unbilled(context.insteadOf()));
        }
    }

    /** What is on the topics, and what all workers so far have counted. */
    private static final class Deployment {
        private final Unreliable model;
        private final List<ObservationRequest> requests = new ArrayList<>();
        private final Map<String, ObservationResult> newest = new HashMap<>();
        private FakeLog completions = new FakeLog();
        private long committed;
        private long repeatedUnrecorded;

        private Deployment(long seed, int threads) {
            model = new Unreliable(seed);
            for (int i = 0; i < threads; i++) {
                requests.add(Requests.of("r" + i));
            }
        }

        /** What is told of an older attempt after a newer one changes nothing, as in a stage. */
        private static ObservationResult later(ObservationResult known, ObservationResult told) {
            return told.attempt() < known.attempt() ? known : told;
        }

        boolean isDone() {
            return committed == requests.size();
        }

        /** A worker until it dies, or has answered everything; then what failed is asked again, as a stage would. */
        void live(long records) {
            if (isDone()) {
                return;
            }
            WorkerSettings settings = WorkerHarness.settings(IN_FLIGHT, 100, Duration.ofSeconds(60));
            try (WorkerHarness harness = new WorkerHarness(settings, model)) {
                harness.completions.appendAll(completions);
                harness.readFrom(committed);
                harness.dieAfter(records);
                harness.start();
                harness.request(requests.subList((int) committed, requests.size())
                        .toArray(ObservationRequest[]::new));
                await().pollDelay(Duration.ZERO).pollInterval(Duration.ofMillis(2))
                        .until(() -> harness.isDead() || harness.committed() == requests.size());
                harness.stop();
                committed = Math.max(committed, harness.committed());
                completions = harness.completions;
                repeatedUnrecorded += harness.counted("call.repeated-unrecorded");
                harness.results().forEach(result -> newest.merge(result.requestId(), result, Deployment::later));
            }
            newest.values().stream().filter(result -> result.outcome() instanceof ObservationResult.Failed)
                    .map(failed -> Requests.of(failed.requestId(), failed.attempt() + 1,
                            Requests.NOW.plusSeconds(1), Priority.NORMAL))
                    .filter(retry -> !requests.contains(retry)).forEach(requests::add);
        }
    }

    @Property(tries = 40, edgeCases = EdgeCasesMode.NONE)
    void shouldNeverPayForWhatIsRecordedAndAccountForEveryCall(@ForAll long seed,
            @ForAll @IntRange(min = 1, max = 6) int threads,
            @ForAll @Size(max = 4) List<@IntRange(max = 14) Integer> crashes) {
        // given
        Deployment deployment = new Deployment(seed, threads);
        // when
        crashes.forEach(deployment::live);
        deployment.model.reliable = true;
        while (!deployment.isDone()) {
            deployment.live(Long.MAX_VALUE);
        }
        // then every request has an answer
        assertThat(deployment.newest).hasSize(threads).allSatisfy((_, result) -> assertThat(result.outcome())
                .isInstanceOf(ObservationResult.Nothing.class));
        // and what is on the topic explains every call
        Set<String> recorded = new HashSet<>();
        long begun = 0;
        long failed = 0;
        for (var row : deployment.completions.rows()) {
            if (row.value() == null) {
                failed++;
            } else if (WorkerHarness.read(row) instanceof Completion) {
                assertThat(recorded.add(row.key())).as("recorded once").isTrue();
            } else {
                assertThat(recorded).as("calls paid again").doesNotContain(row.key());
                begun++;
            }
        }
        assertThat(begun).isEqualTo(recorded.size() + failed + deployment.repeatedUnrecorded);
        assertThat((long) deployment.model.calls.get()).isBetween(begun - (long) crashes.size() * IN_FLIGHT, begun);
    }
}
