package io.mnemosyne.core.reflect;

import java.util.Collections;
import java.util.List;

import org.junit.jupiter.api.Test;

import io.mnemosyne.core.LogEntry;
import io.mnemosyne.core.Policy;
import io.mnemosyne.core.ProjectState;
import io.mnemosyne.core.Segment;

import static org.assertj.core.api.Assertions.assertThat;

/** How other systems that reflect are known to fail. What the other tests of this package cover is not here. */
class KnownReflectorFailuresTest {
    private static final Policy SMALL = Policy.standard().scaledTo(8_000);
    private final ReflectedThread thread = new ReflectedThread(SMALL);

    @Test
    void shouldNotReflectGenerationAfterGenerationWhenAnswersHardlyHelp() {
        // given a thread far over the line at which reflection begins, and a worker that saves less than a fifth
        untilRequested();
        for (int i = 0; i < 5; i++) {
            thread.observe(200);
        }
        // when
        long replaced = thread.liveTokens();
        for (int i = 0; i < 20; i++) {
            // lines are shorter than the share says
            thread.state().inFlight().ifPresent(request -> thread.answer(request, thread.compressed(request, 1.2)));
        }
        // then its answer counts, but it is asked once, and again only for more
        assertThat(thread.liveTokens()).isLessThan(replaced);
        assertThat(thread.requests()).hasSize(1);
        thread.observe(1);
        assertThat(thread.requests()).hasSize(1);
    }

    @Test
    void shouldKeepEverySegmentAndTheStateWhenAReflectionIsEmptyOrRunsInCircles() {
        // given
        untilRequested();
        List<Segment> before = thread.live();
        ProjectState state = thread.state().project();
        List<LogEntry> circle = Collections.nCopies(55,
                ReflectedThread.entry(LogEntry.Kind.FACT, 0, "the build is green and the tests pass"));
        for (List<LogEntry> useless : List.of(List.<LogEntry>of(), circle)) {
            // when
            thread.answer(thread.requests().getLast(), ReflectedThread.reflected(useless, ProjectState.EMPTY));
            // then
            assertThat(thread.live()).containsAll(before);
            assertThat(thread.state().project()).isEqualTo(state);
            while (thread.state().inFlight().isEmpty()) {
                thread.observe(200);
            }
        }
        assertThat(thread.counts()).contains("result.empty", "result.degenerate");
    }

    @Test
    void shouldKeepWhatWasObservedWhileAReflectionWasUnderWay() {
        // given
        untilRequested();
        RequestHeader request = thread.requests().getLast();
        thread.observe(150);
        thread.observe(150);
        List<Segment> untouched = thread.live().stream().filter(segment -> !request.segments().contains(segment.id()))
                .toList();
        // when
        thread.answer(request, thread.compressed(request, 0.3));
        // then
        assertThat(thread.live()).containsAll(untouched).hasSize(untouched.size() + 1);
    }

    @Test
    void shouldAskForNoMoreThanFitsTheHelpersWindowWhenSegmentsPiledUp() {
        // given a request that stays unanswered for long
        untilRequested();
        for (int i = 0; i < 200; i++) {
            thread.observe(200);
        }
        long room = SMALL.utilityWindow() / 2;
        assertThat(thread.liveTokens()).isGreaterThan(4 * room);
        // when it is answered at last, and the next ones at once
        for (int i = 0; i < 50 && thread.state().inFlight().isPresent(); i++) {
            RequestHeader request = thread.state().inFlight().orElseThrow();
            long asked = thread.live().stream().filter(segment -> request.segments().contains(segment.id()))
                    .mapToLong(Segment::tokens).sum();
            // then
            assertThat(asked).isLessThanOrEqualTo(room);
            thread.answer(request, thread.compressed(request, 0.4));
        }
        assertThat(thread.liveTokens()).isLessThan(ReflectionThreshold.of(SMALL).hard());
    }

    private void untilRequested() {
        while (thread.requests().isEmpty()) {
            thread.observe(200);
        }
    }
}
