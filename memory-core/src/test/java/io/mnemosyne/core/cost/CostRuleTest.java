package io.mnemosyne.core.cost;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.mnemosyne.core.Policy.CachePrices;

import static org.assertj.core.api.Assertions.assertThat;

class CostRuleTest {

    /** Break-even lies at (write - read) x rewritten / (read x saved) calls. */
    @ParameterizedTest
    @CsvSource({"0.1, 1.25, 2000, 20000, 115", "0.05, 1.25, 2000, 20000, 240", "0.1, 1.25, 24000, 6000, 2",
            "0.025, 1.25, 2000, 20000, 490"})
    void shouldPayFromItsBreakEvenOn(double read, double write, long saved, long rewritten, long calls) {
        CachePrices prices = new CachePrices(read, write, 300);
        assertThat(new CostRule(prices, calls + 1).pays(saved, rewritten)).isTrue();
        assertThat(new CostRule(prices, calls).pays(saved, rewritten + 1)).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"0, 10", "-100, 10", "-1, 0", "0, 0"})
    void shouldNeverPayWhenNothingIsSaved(long saved, long rewritten) {
        assertThat(CostRule.of(CachePrices.DEFAULT).pays(saved, rewritten)).isFalse();
    }
}
