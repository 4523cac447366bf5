package io.mnemosyne.core.observe;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;

import io.mnemosyne.core.Command;
import io.mnemosyne.core.Policy;
import io.mnemosyne.core.Role;
import io.mnemosyne.core.Segment;
import io.mnemosyne.core.SeqRange;
import io.mnemosyne.core.TurnFacts;

import static org.assertj.core.api.Assertions.assertThat;

/** What holds of the observer whatever happens. {@link ObservedThread} checks more of it at every single step. */
class ObserverPropertiesTest {

    /** One thing that happens to a thread; the name makes a failing sequence readable. */
    record Step(String name, Consumer<ObservedThread> what) {
        @Override
        public String toString() {
            return name;
        }
    }

    @Property(tries = 2_000)
    void shouldCoverEveryTurnExactlyOnceWhateverHappens(@ForAll("policies") Policy policy,
            @ForAll("interleavings") List<Step> steps) {
        // given
        ObservedThread thread = new ObservedThread(policy);
        // when
        steps.forEach(step -> step.what().accept(thread));
        // then
        long next = 0;
        for (SeqRange form : thread.baseForms()) {
            assertThat(form.from()).isEqualTo(next);
            next = form.to() + 1;
        }
        assertThat(next).isEqualTo(thread.turns().size());
    }

    @Property(tries = 1_000)
    void shouldChangeNothingWhenAResultIsStale(@ForAll("policies") Policy policy,
            @ForAll("interleavings") List<Step> steps) {
        // given
        ObservedThread thread = new ObservedThread(policy);
        steps.forEach(step -> step.what().accept(thread));
        ObserverState before = thread.state();
        int requested = thread.requests().size();
        // when a result comes for a request that was never sent
        thread.deliver(new ObservationResult(ObservedThread.KEY, before.incarnation(), "0".repeat(32), 1,
                ObservedThread.observed(new SeqRange(0, 5), "from nowhere")));
        // then
        assertThat(thread.state()).isEqualTo(before);
        assertThat(thread.requests()).hasSize(requested);
        assertThat(thread.counts().getLast()).isEqualTo(Observer.STALE_RESULT);
    }

    @Property(tries = 1_000)
    void shouldNeverPartACallFromItsResult(@ForAll("policies") Policy policy,
            @ForAll("conversations") List<Step> steps) {
        // given
        ObservedThread thread = new ObservedThread(policy);
        // when a worker answers at once
        steps.forEach(step -> {
            step.what().accept(thread);
            thread.observes();
        });
        // then
        for (ObserverEffect.Request request : thread.requests()) {
            long last = request.range().to();
            for (SeqRange pair : ToolPairs.of(thread.turns())) {
                assertThat(pair.from() <= last && last < pair.to()).as("%s cuts call and result %s", request, pair)
                        .isFalse();
            }
        }
    }

    @Property(tries = 1_000)
    void shouldComeBackUnderTheSynchronousLineWhenAWorkerAnswersInTheEnd(@ForAll("policies") Policy policy,
            @ForAll("interleavings") List<Step> steps) {
        // given
        ObservedThread thread = new ObservedThread(policy);
        steps.forEach(step -> step.what().accept(thread));
        // when
        while (thread.unanswered().isPresent()) {
            thread.observes();
        }
        // then
        List<TurnFacts> uncovered = thread.state().uncovered();
        int kept = uncovered.size() - RawTail.length(uncovered, thread.policy());
        int inseparable = SafePrefix.lengths(uncovered).stream().filter(cut -> cut <= kept).reduce(0, Math::max);
        long keptFrom = inseparable == uncovered.size() ? Long.MAX_VALUE : uncovered.get(inseparable).seq();
        // What was observed ahead under another policy may reach into the turns that are kept now, and waits for them.
        long waitsFrom = thread.state().chunks().buffered().stream().map(Segment::range)
                .filter(range -> range.to() >= keptFrom).mapToLong(SeqRange::from).findFirst().orElse(keptFrom);
        long keptTokens = uncovered.stream().filter(turn -> turn.seq() >= waitsFrom).mapToLong(TurnFacts::tokens).sum();
        assertThat(thread.state().uncoveredTokens())
                .isLessThanOrEqualTo(thread.policy().synchronousLine() + keptTokens);
    }

    @Property(tries = 1_000)
    void shouldGoOnAfterAnyNumberOfFailures(@ForAll("policies") Policy policy,
            @ForAll("conversations") List<Step> steps) {
        // given
        ObservedThread thread = new ObservedThread(policy);
        steps.forEach(step -> step.what().accept(thread));
        // when nothing but failures and lost answers comes back
        for (int i = 0; i < 10; i++) {
            thread.worker(i % 2 == 0
                    ? new ObservationResult.Failed("overloaded", true)
                    : new ObservationResult.Expired());
        }
        // then nothing is covered, and the request is still in flight, degraded
        assertThat(thread.memory()).isEmpty();
        thread.unanswered().ifPresent(request -> assertThat(request.attempt()).isGreaterThan(Observer.MAX_ATTEMPTS));
        assertThat(thread.unanswered().isPresent()).isEqualTo(!thread.requests().isEmpty());
    }

    @Property(tries = 1_000)
    void shouldGiveTheSameBytesAgainWhenTheSameHappens(@ForAll("policies") Policy policy,
            @ForAll("interleavings") List<Step> steps) {
        // when
        ObservedThread once = new ObservedThread(policy);
        ObservedThread again = new ObservedThread(policy);
        steps.forEach(step -> step.what().accept(once));
        steps.forEach(step -> step.what().accept(again));
        // then
        assertThat(again.state()).isEqualTo(once.state());
        assertThat(again.memory().stream().map(Segment::id))
                .isEqualTo(once.memory().stream().map(Segment::id).toList());
        assertThat(again.requests()).isEqualTo(once.requests());
    }

    @Provide
    Arbitrary<Policy> policies() {
        return Arbitraries.longs().between(4_000, 100_000).map(Policy.standard()::scaledTo);
    }

    @Provide
    Arbitrary<List<Step>> conversations() {
        return turn().list().ofMinSize(5).ofMaxSize(120);
    }

    @Provide
    Arbitrary<List<Step>> interleavings() {
        return Arbitraries.frequencyOf(Tuple.of(6, turn()), Tuple.of(4, answer())).list().ofMaxSize(120);
    }

    private static Arbitrary<Step> turn() {
        Arbitrary<String> id = Arbitraries.of("a", "b", "c");
        return Combinators.combine(tokens(), id, id).flatAs((tokens, one, other) -> Arbitraries.frequency(
                Tuple.of(1, new Step("user " + tokens, thread -> thread.says(Role.USER, tokens))),
                Tuple.of(1, new Step("system " + tokens, thread -> thread.says(Role.SYSTEM, tokens))),
                Tuple.of(2, new Step("assistant " + tokens, thread -> thread.says(Role.ASSISTANT, tokens))),
                Tuple.of(1, new Step("model " + one + " " + tokens, thread -> thread.repliesAs(one, tokens))),
                Tuple.of(6, new Step("calls " + one, thread -> thread.calls(tokens, one))),
                Tuple.of(2, new Step("calls " + one + other, thread -> thread.calls(tokens, one, other))),
                Tuple.of(9, new Step("answers " + one + " " + tokens, thread -> thread.answers(tokens, one)))));
    }

    private static Arbitrary<Long> tokens() {
        return Arbitraries.frequencyOf(Tuple.of(4, Arbitraries.longs().between(4, 100)),
                Tuple.of(4, Arbitraries.longs().between(100, 3_000)),
                Tuple.of(2, Arbitraries.longs().between(3_000, 15_000)),
                Tuple.of(1, Arbitraries.longs().between(15_000, 300_000)));
    }

    private static Arbitrary<Step> answer() {
        return Arbitraries.frequencyOf(Tuple.of(10, Arbitraries.just(new Step("observes", ObservedThread::observes))),
                Tuple.of(3, outcomes()), Tuple.of(2, oldResults()),
                Tuple.of(1, Arbitraries.of(
                        new Step("quiet", thread -> thread.isQuietFor(Duration.ofMinutes(6))),
                        new Step("not quiet", thread -> thread.isQuietFor(Duration.ofSeconds(1))),
                        new Step("tiny budget", thread -> thread.obeys(Command.Kind.POLICY, Map.of("budget", "1"))),
                        new Step("budget", thread -> thread.obeys(Command.Kind.POLICY, Map.of("budget", "20000"))),
                        new Step("full", thread -> thread.reports(199_000)),
                        new Step("not full", thread -> thread.reports(1)),
                        new Step("nonsense usage", thread -> thread.reports(-1)),
                        new Step("edit", thread -> thread.obeys(Command.Kind.EDIT)),
                        new Step("delete", thread -> thread.obeys(Command.Kind.DELETE)))));
    }

    private static Arbitrary<Step> outcomes() {
        return Arbitraries.of(new Step("nothing", thread -> thread.worker(ObservedThread.nothing())),
                new Step("failed", thread -> thread.worker(new ObservationResult.Failed("overloaded", true))),
                new Step("refused", thread -> thread.worker(new ObservationResult.Failed("refused", false))),
                new Step("expired", thread -> thread.worker(new ObservationResult.Expired())),
                new Step("nonsense",
                        thread -> thread.worker(ObservedThread.observed(new SeqRange(1_000_000, 1_000_001), "?"))));
    }

    private static Arbitrary<Step> oldResults() {
        return Arbitraries.integers().between(0, 1_000).flatMap(which -> Arbitraries.of(
                new Step("doubled " + which, thread -> thread.deliverAgain(which)),
                new Step("turn again " + which, thread -> {
                    if (!thread.turns().isEmpty()) {
                        thread.isTold(thread.turns().get(which % thread.turns().size()));
                    }
                }),
                new Step("late " + which, thread -> {
                    if (!thread.requests().isEmpty()) {
                        ObserverEffect.Request old = thread.requests().get(which % thread.requests().size());
                        thread.answer(old, ObservedThread.observed(old.range(), "late"));
                    }
                }),
                new Step("late nonsense " + which, thread -> {
                    if (!thread.requests().isEmpty()) {
                        ObserverEffect.Request old = thread.requests().get(which % thread.requests().size());
                        thread.answer(old, ObservedThread.observed(new SeqRange(1_000_000, 1_000_001), "?"));
                    }
                })));
    }
}
