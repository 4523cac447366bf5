package io.mnemosyne.core.view;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.IntStream;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;

import io.mnemosyne.core.Command;
import io.mnemosyne.core.MemoryEvent;
import io.mnemosyne.core.Origin;
import io.mnemosyne.core.Policy;
import io.mnemosyne.core.RawTurn;
import io.mnemosyne.core.Role;
import io.mnemosyne.core.Segment;
import io.mnemosyne.core.SeqRange;
import io.mnemosyne.core.Turn;
import io.mnemosyne.core.TurnEvent;
import io.mnemosyne.core.assemble.Assembly;
import io.mnemosyne.core.assemble.Conversations;

import static org.assertj.core.api.Assertions.assertThat;

/** The ceiling of a thread whose model counts otherwise than we do. */
class CalibrationPropertiesTest {
    private static final Policy POLICY = Policy.standard().scaledTo(4_000);

    /** One thing that happens to a thread. */
    private sealed interface Step {
        /** A turn of so many characters. */
        record Says(Role role, int chars) implements Step {
        }

        /** All but the newest turns are observed. */
        record Observes(int but) implements Step {
        }
    }

    @Property(tries = 150)
    void aPromptIsUnderItsBudgetAsItsModelCountsFromTheThirdReportOn(@ForAll("steps") List<Step> steps,
            @ForAll @DoubleRange(min = 1, max = 1.6) double ratio, @ForAll @IntRange(max = 400) int overhead) {
        Agent agent = new Agent(ratio, overhead);
        for (Step step : steps) {
            agent.live(step);
            Optional<Long> real = agent.call("m");
            if (agent.reports >= 3) {
                real.ifPresent(tokens -> assertThat(tokens).isLessThanOrEqualTo(POLICY.budget()));
            }
            real.ifPresent(tokens -> agent.report(tokens, "m"));
        }
    }

    @Property(tries = 100)
    void twoModelsInTurnAreBothUnderTheBudget(@ForAll("steps") List<Step> steps,
            @ForAll @DoubleRange(min = 1, max = 1.6) double ratio) {
        Agent agent = new Agent(ratio, 0);
        for (Step step : steps) {
            agent.live(step);
            for (String model : List.of("m", "as we count")) {
                Optional<Long> real = agent.call(model);
                if (agent.reports >= 6) {
                    real.ifPresent(tokens -> assertThat(tokens).as(model).isLessThanOrEqualTo(POLICY.budget()));
                }
                real.ifPresent(tokens -> agent.report(tokens, model));
            }
        }
    }

    @Property(tries = 100)
    void aCeilingStaysWithinAnEpochAndBetweenHalfTheBudgetAndAllOfItWhateverIsReported(
            @ForAll("steps") List<Step> steps, @ForAll("reports") List<Long> reports) {
        Agent agent = new Agent(1, 0);
        long epoch = 0;
        long ceiling = POLICY.budget();
        String prompt = "";
        for (int i = 0; i < steps.size(); i++) {
            agent.live(steps.get(i));
            agent.report(reports.get(i % reports.size()), i % 3 == 0 ? "m" : "n");
            ViewState head = agent.thread.head;
            assertThat(head.ceiling(POLICY)).isBetween(POLICY.budget() / 2, POLICY.budget());
            String now = agent.thread.prompt().text();
            if (head.shown().epoch() == epoch) {
                assertThat(head.ceiling(POLICY)).isEqualTo(ceiling);
                assertThat(now).startsWith(prompt);
            }
            epoch = head.shown().epoch();
            ceiling = head.ceiling(POLICY);
            prompt = now;
        }
    }

    @Property(tries = 50)
    void reportsThatCannotBeTrueChangeNothingAndAreCounted(@ForAll("steps") List<Step> steps,
            @ForAll @IntRange(min = 1, max = 3) int every) {
        // given two agents that live alike, and one of them reports nonsense too
        Agent sound = new Agent(1.3, 100);
        Agent odd = new Agent(1.3, 100);
        int nonsense = 0;
        for (int i = 0; i < steps.size(); i++) {
            sound.live(steps.get(i));
            odd.live(steps.get(i));
            // when
            if (i % every == 0) {
                odd.report(0, i % 2 == 0 ? "m" : "n");
                nonsense++;
            }
            Optional<Long> real = sound.call("m");
            real.ifPresent(tokens -> sound.report(tokens, "m"));
            real.ifPresent(tokens -> odd.report(tokens, "m"));
        }
        // then
        assertThat(odd.thread.head.calibrations().models()).isEqualTo(sound.thread.head.calibrations().models());
        assertThat(odd.thread.head.calibrations().refused()).isEqualTo(nonsense);
        assertThat(odd.thread.counts).filteredOn(View.IMPLAUSIBLE::equals).hasSize(nonsense);
    }

    @Example
    void shouldLearnNothingOfAReportThatIsManyTimesTooLarge() {
        // given
        Agent agent = new Agent(1, 0);
        agent.live(new Step.Says(Role.USER, 2_000));
        long ours = agent.thread.head.tokensInView();
        // when
        agent.report(4 * ours + POLICY.window() / 2 + 1, "m");
        agent.report(ours / 4 - 1, "m");
        // then
        assertThat(agent.thread.head.calibrations()).isEqualTo(new Calibrations(List.of(), 0, 2));
        // when
        agent.report(4 * ours + POLICY.window() / 2, "m");
        agent.report(ours / 4 + 1, "m");
        // then
        assertThat(agent.thread.head.calibrations().reports()).isEqualTo(2);
    }

    @Example
    void shouldNotRewriteForTheNoiseOfReportsWhenNothingIsObserved() {
        // given a thread that nobody observes, far over its ceiling, and reports that go up and down by half a percent
        Agent agent = new Agent(1.3, 0);
        for (int i = 0; i < 200; i++) {
            agent.live(new Step.Says(i % 2 == 0 ? Role.TOOL : Role.ASSISTANT, 400));
            long real = agent.call("m").orElseThrow();
            agent.report(real + (i % 3 - 1) * real / 200, "m");
        }
        // then
        assertThat(agent.thread.journal).hasSize(1);
    }

    @Example
    void shouldGiveBackWhatACarefulModelTookWhenItIsNoLongerCalled() {
        // given
        Agent agent = new Agent(1.6, 0);
        for (int i = 0; i < 20; i++) {
            agent.live(new Step.Says(Role.TOOL, 900));
            agent.call("m").ifPresent(real -> agent.report(real, "m"));
        }
        assertThat(agent.thread.head.ceiling(POLICY)).isLessThan(2_600);
        // and a deployment that lowers its budget is not given more than that
        assertThat(agent.thread.head.ceiling(POLICY.scaledTo(1_000))).isEqualTo(1_000);
        // when another one is called from then on, and memory is made
        for (int i = 0; i < 40; i++) {
            agent.live(new Step.Says(Role.TOOL, 300));
            agent.live(new Step.Observes(2));
            agent.call("as we count").ifPresent(real -> agent.report(real, "as we count"));
        }
        // then
        assertThat(agent.thread.head.ceiling(POLICY)).isGreaterThan(3_600);
    }

    @Example
    void shouldTakeTheModelThatATurnNamedWhenAReportNamesNone() {
        // given
        Agent agent = new Agent(1, 0);
        agent.live(new Step.Says(Role.USER, 2_000));
        agent.report(700);
        Turn said = Conversations.said(agent.seq, Role.ASSISTANT, "Done.");
        Origin origin = new Origin(Optional.empty(), OptionalLong.empty(), Optional.empty(), Optional.of("m"),
                Optional.empty(), OptionalLong.empty(), Optional.empty(), Optional.empty(), Map.of());
        agent.thread.read(Conversations.numbered(new RawTurn("e", Role.ASSISTANT, said.parts(), origin), agent.seq));
        // when
        agent.report(800);
        // then
        List<Calibration> models = agent.thread.head.calibrations().models();
        assertThat(models).extracting(Calibration::model).containsExactly(Optional.of("m"), Optional.empty());
        assertThat(models).extracting(Calibration::reported).containsExactly(800L, 700L);
        assertThat(models.getFirst().counted()).isEqualTo(agent.thread.head.tokensInView());
    }

    @Example
    void shouldRememberFourModelsAndNothingOfADeletedThread() {
        // given
        Agent agent = new Agent(1, 0);
        agent.live(new Step.Says(Role.USER, 2_000));
        // when
        IntStream.range(0, 6).forEach(i -> agent.report(700, "m-" + i));
        // then
        assertThat(agent.thread.head.calibrations().models()).extracting(model -> model.model().orElseThrow())
                .containsExactly("m-5", "m-4", "m-3", "m-2");
        // when
        agent.thread.read(1, new TurnEvent.Controlled(
                new Command("d", Command.Kind.DELETE, Optional.empty(), Map.of())));
        // then
        assertThat(agent.thread.head.calibrations()).isEqualTo(Calibrations.NONE);
    }

    /** An agent whose model counts as it likes, but for the model "as we count". */
    private static final class Agent {
        private final ThreadUnderTest thread = new ThreadUnderTest(POLICY);
        private final double ratio;
        private final int overhead;
        private final List<SeqRange> observed = new ArrayList<>();
        private int seq;
        private int reports;

        Agent(double ratio, int overhead) {
            this.ratio = ratio;
            this.overhead = overhead;
        }

        void live(Step step) {
            switch (step) {
                case Step.Says(Role role, int chars) -> thread.read(Conversations.said(seq++, role,
                        "The build of module core failed: expected 12 but was 13.\n".repeat(1 + chars / 57)
                                .substring(0, chars)));
                case Step.Observes(int but) -> {
                    long from = observed.isEmpty() ? 0 : observed.getLast().to() + 1;
                    if (from <= seq - 1 - but) {
                        observed.add(new SeqRange(from, seq - 1 - but));
                        thread.remember(new MemoryEvent.Observed(
                                Lives.segment(Segment.Kind.OBSERVATION, observed.getLast(), 0)));
                    }
                }
            }
        }

        /** What the model counts of the prompt as it is served; empty if it is refused. */
        Optional<Long> call(String model) {
            return thread.assemble(thread.head.ceiling(POLICY)) instanceof Assembly.Context context
                    ? Optional.of(model.equals("m")
                            ? Math.round(ratio * context.tokens() + overhead)
                            : context.tokens())
                    : Optional.empty();
        }

        void report(long tokens) {
            report(Map.of("inputTokens", Long.toString(tokens)));
        }

        void report(long tokens, String model) {
            report(Map.of("inputTokens", Long.toString(tokens), "model", model));
        }

        private void report(Map<String, String> arguments) {
            reports++;
            thread.read(0, new TurnEvent.Controlled(
                    new Command("c" + reports, Command.Kind.USAGE, Optional.empty(), arguments)));
        }
    }

    /** A thread that begins small, but not so small that rounding is all that a report tells; then anything comes. */
    @Provide
    Arbitrary<List<Step>> steps() {
        Arbitrary<Step> small = Arbitraries.integers().between(100, 600).map(chars -> new Step.Says(Role.USER, chars));
        Arbitrary<Step> says = Combinators.combine(Arbitraries.of(Role.USER, Role.ASSISTANT, Role.TOOL, Role.TOOL),
                Arbitraries.frequencyOf(Tuple.of(4, Arbitraries.integers().between(1, 1_500)),
                        Tuple.of(1, Arbitraries.integers().between(1_500, 25_000))))
                .as(Step.Says::new);
        Arbitrary<Step> observes = Arbitraries.integers().between(0, 6).map(Step.Observes::new);
        return Combinators.combine(small.list().ofSize(3), Arbitraries
                .frequencyOf(Tuple.of(4, says), Tuple.of(1, observes)).list().ofMaxSize(40))
                .as((first, then) -> {
                    List<Step> all = new ArrayList<>(first);
                    all.addAll(then);
                    return all;
                });
    }

    @Provide
    Arbitrary<List<Long>> reports() {
        return Arbitraries.frequencyOf(Tuple.of(6, Arbitraries.longs().between(1, 8_000)),
                Tuple.of(1, Arbitraries.longs().between(0, 100_000_000))).list().ofMinSize(1).ofMaxSize(40);
    }
}
