package io.mnemosyne.core.cost;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.mnemosyne.core.Policy.CachePrices;

import static org.assertj.core.api.Assertions.assertThat;

class CostRuleTest {

    /** The rent reaches the price after (write - read) x rewritten / (read x saved) calls. */
    @ParameterizedTest
    @CsvSource({"0.1, 1.25, 2000, 20000, 115", "0.05, 1.25, 2000, 20000, 240", "0.1, 1.25, 24000, 6000, 2",
            "0.025, 1.25, 2000, 20000, 490"})
    void shouldHavePaidThePriceOfARewriteAsRentAfterItsBreakEven(double read, double write, long saved,
            long rewritten, long calls) {
        CostRule rule = new CostRule(new CachePrices(read, write, 300));
        assertThat(rule.rent(saved * (calls + 1))).isGreaterThan(rule.rewriting(rewritten));
        assertThat(rule.rent(saved * calls)).isLessThanOrEqualTo(rule.rewriting(rewritten + 1));
    }

    @Test
    void shouldPriceAFaultAsOneMoreCallThatWritesWhatWasMissing() {
        assertThat(new CostRule(new CachePrices(0.1, 1.25, 300)).fault(50_000, 1_000)).isEqualTo(6_250);
    }
}
