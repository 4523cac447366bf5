package io.mnemosyne.core;

import java.time.ZoneId;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class PolicyChangeTest {
    private final Policy standard = Policy.standard();

    @Test
    void shouldScaleEverySettingWhenABudgetIsGiven() {
        // when
        Policy changed = after(Map.of("policy", "hybrid", "budget", "10000"));
        // then
        assertThat(changed.name()).isEqualTo("hybrid");
        assertThat(changed.budget()).isEqualTo(10_000);
        assertThat(changed.window()).isEqualTo(20_000);
        assertThat(changed.reflectionThreshold()).isEqualTo(4_000);
    }

    @Test
    void shouldTakeHalfOfTheWindowAsBudgetWhenOnlyAWindowIsGiven() {
        // when
        Policy changed = after(Map.of("window", "50000"));
        // then
        assertThat(changed.budget()).isEqualTo(25_000);
        assertThat(changed.window()).isEqualTo(50_000);
    }

    @Test
    void shouldChangeNothingWhenTheArgumentsMakeNoSense() {
        for (Map<String, String> arguments : List.of(Map.of("budget", "many"), Map.of("budget", "-1"),
                Map.of("budget", "5000", "window", "4000"), Map.of("policy", "x".repeat(100_000)),
                Map.of("policy", "mask"),
                Map.of("timezone", "Mars/Olympus"), Map.of("timezone", ""),
                Map.<String, String>of())) {
            assertThat(after(arguments)).isEqualTo(standard);
            assertThat(after(Map.of("policy", "observational", "budget", "16000"), arguments))
                    .isEqualTo(after(Map.of("policy", "observational", "budget", "16000")));
        }
    }

    @Test
    void shouldKeepWhatALaterCommandDoesNotName() {
        // when
        Policy changed = after(Map.of("budget", "16000"), Map.of("policy", "observational"));
        // then
        assertThat(changed.name()).isEqualTo("observational");
        assertThat(changed.budget()).isEqualTo(16_000);
        assertThat(after(Map.of("policy", "observational"), Map.of("budget", "16000"))).isEqualTo(changed);
    }

    @Test
    void shouldKeepTimesWhereTheUserIs() {
        // when
        Policy changed = after(Map.of("timezone", "Europe/Berlin"), Map.of("budget", "16000"));
        // then
        assertThat(changed.zone()).isEqualTo(ZoneId.of("Europe/Berlin"));
        assertThat(changed.budget()).isEqualTo(16_000);
        assertThat(after(Map.of("timezone", "Europe/Berlin"), Map.of("timezone", "UTC"))).isEqualTo(standard);
    }

    @Test
    void shouldComeBackToTheOldSettingsWhenTheOldBudgetIsGivenAgain() {
        assertThat(after(Map.of("budget", "1"), Map.of("budget", "100000"))).isEqualTo(standard);
    }

    @Test
    void shouldLeaveEverySettingAboveZeroWhenTheBudgetIsTiny() {
        // when
        Policy tiny = after(Map.of("budget", "1"));
        // then
        assertThat(List.of(tiny.window(), tiny.utilityWindow(), tiny.observationThreshold(), tiny.minBufferInterval(),
                tiny.maxBufferInterval(), tiny.reflectionThreshold())).allMatch(tokens -> tokens > 0);
    }

    @SafeVarargs
    private Policy after(Map<String, String>... commands) {
        PolicyChange change = PolicyChange.NONE;
        for (Map<String, String> arguments : commands) {
            change = change.and(arguments);
        }
        return change.of(standard);
    }
}
