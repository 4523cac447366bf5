package io.mnemosyne.inference.calibration;

import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

import org.junit.jupiter.api.Test;

import io.mnemosyne.inference.Counts;
import io.mnemosyne.inference.chat.ModelId;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

class BilledTokensTest {
    private static final ModelId MODEL = new ModelId("anthropic", "claude-haiku-4-5");
    private static final ModelId OTHER = new ModelId("local", "qwen3");
    private final Counts counts = new Counts();
    private final BilledTokens billed = new BilledTokens(counts);

    @Test
    void shouldCountAsWeDoBeforeThreeCallsWereBilled() {
        // when
        billed.note(MODEL, 10_000, 13_000);
        billed.note(MODEL, 10_000, 13_000);
        // then
        assertThat(billed.ratio(MODEL)).isEqualTo(1);
        assertThat(billed.expected(MODEL, 10_000)).isEqualTo(10_000);
        assertThat(billed.fitting(MODEL, 10_000)).isEqualTo(10_000);
        assertThat(billed.snapshot()).isEmpty();
    }

    @Test
    void shouldSizeAPromptAsItsModelBillsIt() {
        // given
        for (int estimated = 4_000; estimated <= 40_000; estimated += 4_000) {
            billed.note(MODEL, estimated, 500 + estimated * 13L / 10);
        }
        // then
        assertThat(billed.ratio(MODEL)).isCloseTo(1.3, within(0.001));
        assertThat(billed.expected(MODEL, 60_000)).isCloseTo(78_500, within(10L));
        assertThat(billed.expected(MODEL, billed.fitting(MODEL, 100_000))).isBetween(99_990L, 100_000L);
        assertThat(billed.snapshot()).containsOnlyKeys("anthropic:claude-haiku-4-5");
        // and nothing is known of another one
        assertThat(billed.ratio(OTHER)).isEqualTo(1);
    }

    @Test
    void shouldCountAndForgetABillThatCannotBeTrue() {
        // given
        for (int i = 0; i < 3; i++) {
            billed.note(MODEL, 10_000, 13_000);
        }
        // when
        billed.note(MODEL, 10_000, 0);
        billed.note(MODEL, 10_000, 2_000);
        billed.note(MODEL, 10_000, 400_000);
        billed.note(MODEL, 0, 12);
        // then
        assertThat(billed.ratio(MODEL)).isCloseTo(1.3, within(1e-9));
        assertThat(counts.snapshot()).isEqualTo(Map.of(BilledTokens.NOTED, 3L, BilledTokens.REFUSED, 4L));
    }

    @Test
    void shouldLoseNoBillWhenManyCallsEndAtOnce() {
        // when
        try (ExecutorService calls = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 1_000; i++) {
                int n = i;
                calls.execute(() -> {
                    billed.note(n % 2 == 0 ? MODEL : OTHER, 10_000 + n, 15_000 + n);
                    billed.ratio(MODEL);
                });
            }
        }
        // then
        assertThat(counts.snapshot()).containsEntry(BilledTokens.NOTED, 1_000L);
        assertThat(billed.pairs(MODEL)).isEqualTo(500);
        assertThat(billed.pairs(OTHER)).isEqualTo(500);
    }
}
