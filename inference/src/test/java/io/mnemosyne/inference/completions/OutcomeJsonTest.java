package io.mnemosyne.inference.completions;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.junit.jupiter.api.Test;

import io.mnemosyne.core.LogEntry;
import io.mnemosyne.core.ProjectState;
import io.mnemosyne.core.Provenance;
import io.mnemosyne.core.SeqRange;
import io.mnemosyne.core.fidelity.Fidelity;
import io.mnemosyne.core.fidelity.SummaryResult;
import io.mnemosyne.core.observe.ObservationResult;
import io.mnemosyne.core.reflect.ReflectionResult;

import static org.assertj.core.api.Assertions.assertThat;

class OutcomeJsonTest {
    private static final Provenance OFFLINE = new Provenance("offline", "extractive", "1", 0, 0);
    private static final LogEntry ENTRY = new LogEntry(LogEntry.Priority.CRITICAL, LogEntry.Kind.REQUEST,
            new SeqRange(3, 5), Optional.of(Instant.parse("2026-01-05T10:00:00.000000123Z")), "fix \"it\"\n✓");

    @Test
    void shouldReadBackAnObservation() {
        // given
        ObservationResult.Outcome outcome = new ObservationResult.Observed(List.of(ENTRY), Optional.of("title"),
                Optional.empty(), Optional.of("next"), OFFLINE);
        // when
        String json = OutcomeJson.write(outcome);
        // then
        assertThat(OutcomeJson.observation(json)).isEqualTo(outcome);
        assertThat(json).contains("\"kind\":\"observed\"");
    }

    @Test
    void shouldReadBackNothing() {
        // given
        ObservationResult.Outcome nothing = new ObservationResult.Nothing(OFFLINE);
        // when / then
        assertThat(OutcomeJson.observation(OutcomeJson.write(nothing))).isEqualTo(nothing);
    }

    @Test
    void shouldReadBackAReflection() {
        // given
        ProjectState state = new ProjectState(2, List.of(new ProjectState.Item("goal", SeqRange.of(1))), List.of(),
                List.of(), Map.of("a.py", new ProjectState.FileNote("read", Optional.empty(), 4)), List.of(), List.of(),
                List.of());
        ReflectionResult.Outcome outcome = new ReflectionResult.Reflected(List.of(ENTRY), Optional.empty(),
                Optional.empty(), Optional.empty(), 1, state, OFFLINE);
        // when / then
        assertThat(OutcomeJson.reflection(OutcomeJson.write(outcome))).isEqualTo(outcome);
    }

    @Test
    void shouldReadBackASummary() {
        // given
        SummaryResult.Outcome outcome = new SummaryResult.Summarized("o", Fidelity.COMPACT, "It failed.",
                List.of("when"), OFFLINE);
        // when / then
        assertThat(OutcomeJson.summary(OutcomeJson.write(outcome))).isEqualTo(outcome);
    }
}
