package io.mnemosyne.core.reflect;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

import io.mnemosyne.core.LogEntry;
import io.mnemosyne.core.Segment;
import io.mnemosyne.core.SeqRange;

import static org.assertj.core.api.Assertions.assertThat;

class AcceptanceTest {
    private static final SeqRange RANGE = new SeqRange(0, 99);

    @Test
    void shouldAcceptASmallerTextThatSaysSomething() {
        assertThat(Acceptance.of(reflection(500, "a fact"), replaced(1_000, 5))).isEqualTo(Acceptance.ACCEPTED);
    }

    @Test
    void shouldRefuseAnEmptyTextForOneThatWasNot() {
        assertThat(Acceptance.of(reflection(5), replaced(1_000, 5))).isEqualTo(Acceptance.EMPTY);
        assertThat(Acceptance.of(reflection(5), replaced(1_000, 0))).isEqualTo(Acceptance.ACCEPTED);
    }

    @Test
    void shouldRefuseATextThatIsNotSmaller() {
        assertThat(Acceptance.of(reflection(1_000, "a fact"), replaced(1_000, 5))).isEqualTo(Acceptance.NOT_SMALLER);
    }

    @Test
    void shouldRefuseATextThatRunsInCirclesOfManyLines() {
        // given a loop whose period is longer than one line
        String[] loop = IntStream.range(0, 200)
                .mapToObj(i -> "step " + i % 10 + ": the build is green and the tests pass")
                .toArray(String[]::new);
        // then
        assertThat(Acceptance.of(reflection(500, loop), replaced(9_000, 5))).isEqualTo(Acceptance.DEGENERATE);
    }

    @Test
    void shouldAcceptALongListOfDifferentLines() {
        // given
        String[] list = IntStream.range(0, 200).mapToObj(i -> "read src/module" + i * 7919 + ".py")
                .toArray(String[]::new);
        // then
        assertThat(Acceptance.of(reflection(500, list), replaced(9_000, 5))).isEqualTo(Acceptance.ACCEPTED);
    }

    private static Segment reflection(long tokens, String... texts) {
        List<LogEntry> entries = Stream.of(texts)
                .map(text -> ReflectedThread.entry(LogEntry.Kind.FACT, 1, text))
                .toList();
        return new Segment("r", Segment.Kind.REFLECTION, RANGE, 1, entries, Optional.empty(), Optional.empty(),
                Optional.empty(), tokens);
    }

    private static List<LiveSegment> replaced(long tokens, int entries) {
        return List.of(new LiveSegment("o", RANGE, Segment.Kind.OBSERVATION, 0, tokens, tokens * 4, entries));
    }
}
