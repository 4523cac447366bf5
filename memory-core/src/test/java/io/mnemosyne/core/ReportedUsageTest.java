package io.mnemosyne.core;

import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.mnemosyne.core.ingest.TurnValidator;

import static org.assertj.core.api.Assertions.assertThat;

class ReportedUsageTest {

    @Test
    void shouldReadWhatAProviderCounted() {
        // given
        Command command = usage(Map.of("inputTokens", "171000", "outputTokens", "800", "model", "m-1"));
        // then
        assertThat(TurnValidator.problems(command)).isEmpty();
        assertThat(ReportedUsage.of(command)).contains(new ReportedUsage(171_000, 800, Optional.of("m-1")));
        assertThat(ReportedUsage.of(usage(Map.of("inputTokens", "0"))))
                .contains(new ReportedUsage(0, 0, Optional.empty()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-1", "many", "1.5", "100000001", "9999999999999999999999", " 7"})
    void shouldRefuseANumberThatNoProviderCounts(String tokens) {
        // given
        Command command = usage(Map.of("inputTokens", tokens));
        // then
        assertThat(TurnValidator.problems(command)).singleElement().asString()
                .startsWith("inputTokens is not a whole number from 0 to 100,000,000; send what the provider counted");
        assertThat(ReportedUsage.of(command)).isEmpty();
    }

    @Test
    void shouldNameEveryProblemAtOnce() {
        assertThat(ReportedUsage.problems(Map.of("outputTokens", "-5", "model", "x".repeat(300))))
                .extracting(problem -> List.of(problem.split(" ")).getFirst())
                .containsExactly("inputTokens", "outputTokens", "model");
    }

    @Test
    void shouldNotTakeAnotherCommandForAReport() {
        assertThat(ReportedUsage.of(new Command("c", Command.Kind.PIN, Optional.empty(), Map.of("inputTokens", "1"))))
                .isEmpty();
    }

    private static Command usage(Map<String, String> arguments) {
        return new Command("c", Command.Kind.USAGE, Optional.empty(), arguments);
    }
}
