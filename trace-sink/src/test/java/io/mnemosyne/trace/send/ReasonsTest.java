package io.mnemosyne.trace.send;

import java.util.Map;

import org.junit.jupiter.api.Test;

import io.mnemosyne.core.trace.PlacedSpan;
import io.mnemosyne.core.trace.SpanType;

import static org.assertj.core.api.Assertions.assertThat;

class ReasonsTest {

    @Test
    void shouldKeepWhatTheServerSaysAndLeaveOutWhatItQuotes() {
        // given
        PlacedSpan span = SampleSpans.placed("secret-tool", SpanType.TOOL, SampleSpans
                .facts("the password is hunter2, path /home/ann/plan.md").withAttributes(Map.of("k", "\"vault\"")));
        // when
        String reason = Reasons.refused(
                "{\"message\":\"invalid attribute, got 'password is hunter2', /home/ann, vault and secret\"}", span);
        // then
        assertThat(reason).contains("invalid attribute", "got").doesNotContain("hunter2", "ann", "vault", "secret");
    }

    @Test
    void shouldBeShortWhateverTheServerSays() {
        assertThat(Reasons.refused("<html>\n".repeat(10_000), SampleSpans.tool("t", "x"))).hasSizeLessThan(400)
                .doesNotContain("\n");
    }
}
