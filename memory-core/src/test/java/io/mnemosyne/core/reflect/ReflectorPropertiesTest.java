package io.mnemosyne.core.reflect;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.IntStream;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;

import io.mnemosyne.core.Command;
import io.mnemosyne.core.LogEntry;
import io.mnemosyne.core.Policy;
import io.mnemosyne.core.ProjectState;

import static org.assertj.core.api.Assertions.assertThat;

/** The invariants that hold after every event are checked by {@link ReflectedThread} itself. */
class ReflectorPropertiesTest {
    private static final Policy SMALL = Policy.standard().scaledTo(8_000);

    @Property(tries = 2_000)
    void everySeqIsCoveredOnceWhateverBecomesOfTheRequests(@ForAll("lives") List<Step> life) {
        // given a thread whose results come late, twice, out of order, empty, degenerate, failed or not at all
        ReflectedThread thread = new ReflectedThread(SMALL);
        // when, then: every step is checked
        life.forEach(step -> step.live().accept(thread));
    }

    @Property(tries = 500)
    void aResultThatIsNotAwaitedChangesNothing(@ForAll("lives") List<Step> life) {
        // given
        ReflectedThread thread = new ReflectedThread(SMALL);
        life.forEach(step -> step.live().accept(thread));
        ReflectorState before = thread.state();
        // when
        thread.answer(new RequestHeader("no such request", List.of(), 1, ReflectedThread.START, 1),
                ReflectedThread.reflected(List.of(), ProjectState.EMPTY));
        // then
        assertThat(thread.state()).isEqualTo(before);
        assertThat(thread.counts()).last().isEqualTo("result.stale");
    }

    @Property(tries = 12)
    void aThreadThatLivesForWeeksStaysBounded(@ForAll @DoubleRange(min = 0.05, max = 0.8) double share,
            @ForAll @IntRange(min = 0, max = 2) int late, @ForAll @IntRange(min = 20, max = 240) int size) {
        // given a worker that compresses by at least a fifth and answers a few segments late
        ReflectedThread thread = new ReflectedThread(SMALL);
        long threshold = ReflectionThreshold.of(SMALL).hard();
        long observed = 0;
        int waiting = 0;
        // when ten thousand segments arrive
        for (int i = 0; i < 10_000; i++) {
            int tokens = 20 + (i * 37) % size;
            thread.observe(tokens);
            observed += thread.live().getLast().tokens();
            // then
            assertThat(thread.liveTokens()).isLessThan(threshold);
            if (thread.state().inFlight().isPresent() && waiting++ >= late) {
                RequestHeader request = thread.state().inFlight().get();
                thread.answer(request, thread.compressed(request, share));
                waiting = 0;
            }
        }
        assertThat(thread.reflectedTokens()).as("input of all reflections").isLessThan(6 * observed);
    }

    @Property(tries = 50)
    void aWorkerThatNeverHelpsIsNotAskedForever(@ForAll("useless") Step answer) {
        // given a thread over its threshold
        ReflectedThread thread = new ReflectedThread(SMALL);
        while (thread.requests().isEmpty()) {
            thread.observe(200);
        }
        // when every request is answered uselessly
        for (int i = 0; i < 20 && thread.state().inFlight().isPresent(); i++) {
            answer.live().accept(thread);
        }
        // then it rests until there is more to reflect, and nothing was lost
        assertThat(thread.state().inFlight()).isEmpty();
        assertThat(thread.requests()).hasSizeLessThanOrEqualTo(3);
        int asked = thread.requests().size();
        thread.observe(1);
        assertThat(thread.requests()).hasSize(asked);
        for (int i = 0; i < 10; i++) {
            thread.observe(200);
        }
        assertThat(thread.requests()).hasSizeGreaterThan(asked);
    }

    /** Something that happens to a thread, named for the report of a failure. */
    record Step(String name, Consumer<ReflectedThread> live) {
        @Override
        public String toString() {
            return name;
        }
    }

    @Provide
    Arbitrary<List<Step>> lives() {
        Arbitrary<Step> observed = Arbitraries.longs()
                .between(1, 400)
                .map(tokens -> new Step("observe " + tokens, thread -> thread.observe(tokens)));
        return Arbitraries.frequencyOf(Tuple.of(12, observed), Tuple.of(4, answers()),
                Tuple.of(3, useless()), Tuple.of(1, commands()))
                .list()
                .ofMinSize(10)
                .ofMaxSize(120);
    }

    @Provide
    Arbitrary<Step> useless() {
        return Arbitraries.of(
                toNewest("empty", (_, _) -> ReflectedThread.reflected(List.of(), ProjectState.EMPTY)),
                toNewest("degenerate", (_, _) -> ReflectedThread.reflected(loop(), ProjectState.EMPTY)),
                toNewest("larger", (thread, request) -> thread.compressed(request, 1.5)),
                toNewest("failed", (_, _) -> new ReflectionResult.Failed("overloaded", true)),
                toNewest("refused", (_, _) -> new ReflectionResult.Failed("refused", false)),
                toNewest("expired", (_, _) -> new ReflectionResult.Expired()));
    }

    private static Arbitrary<Step> answers() {
        Arbitrary<Step> fresh = Arbitraries.doubles()
                .between(0.05, 0.95)
                .map(share -> toNewest("compressed to " + share,
                        (thread, request) -> thread.compressed(request, share)));
        Arbitrary<Step> old = Arbitraries.integers().between(0, 1_000).map(ReflectorPropertiesTest::toAnyEarlier);
        return Arbitraries.oneOf(fresh, old);
    }

    private static Arbitrary<Step> commands() {
        return Arbitraries.of(Command.Kind.values())
                .map(kind -> new Step(kind.name(), thread -> thread.command(new Command("c", kind, Optional.empty(),
                        Map.of("field", "goals", "op", "add", "value", "a goal", "budget", "9000")))));
    }

    private static Step toNewest(String name, Answer answer) {
        return new Step(name, thread -> {
            if (!thread.requests().isEmpty()) {
                RequestHeader request = thread.requests().getLast();
                thread.answer(request, answer.to(thread, request));
            }
        });
    }

    /** A late or doubled answer to any request that was ever sent. */
    private static Step toAnyEarlier(int index) {
        return new Step("again " + index, thread -> {
            if (!thread.requests().isEmpty()) {
                RequestHeader request = thread.requests().get(index % thread.requests().size());
                thread.answer(request, thread.compressed(request, 0.5));
            }
        });
    }

    private static List<LogEntry> loop() {
        return IntStream.range(0, 100)
                .mapToObj(_ -> ReflectedThread.entry(LogEntry.Kind.FACT, 0, "the build is green and the tests pass"))
                .toList();
    }

    /** What a worker says to a request. */
    private interface Answer {
        ReflectionResult.Outcome to(ReflectedThread thread, RequestHeader request);
    }
}
