package io.mnemosyne.core;

import java.util.Map;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class PolicyTest {
    private final Policy standard = Policy.standard();

    @Test
    void shouldScaleEverySettingWhenABudgetIsGiven() {
        // when
        Policy changed = standard.changedBy(Map.of("policy", "hybrid", "budget", "10000"));
        // then
        assertThat(changed.name()).isEqualTo("hybrid");
        assertThat(changed.budget()).isEqualTo(10_000);
        assertThat(changed.window()).isEqualTo(20_000);
        assertThat(changed.reflectionThreshold()).isEqualTo(4_000);
    }

    @Test
    void shouldTakeHalfOfTheWindowAsBudgetWhenOnlyAWindowIsGiven() {
        // when
        Policy changed = standard.changedBy(Map.of("window", "50000"));
        // then
        assertThat(changed.budget()).isEqualTo(25_000);
        assertThat(changed.window()).isEqualTo(50_000);
    }

    @Test
    void shouldChangeNoTokensWhenTheArgumentsMakeNoSense() {
        assertThat(standard.changedBy(Map.of("budget", "many"))).isEqualTo(standard);
        assertThat(standard.changedBy(Map.of("budget", "-1"))).isEqualTo(standard);
        assertThat(standard.changedBy(Map.of("budget", "5000", "window", "4000"))).isEqualTo(standard);
    }
}
