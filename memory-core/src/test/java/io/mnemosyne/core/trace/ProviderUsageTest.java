package io.mnemosyne.core.trace;

import java.util.Map;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** Each provider counts in its own way; what comes out never counts a token twice. */
class ProviderUsageTest {

    @Test
    void shouldReadAnthropicWhichCountsCachedTokensBesideTheOthers() {
        // when
        ProviderUsage usage = ProviderUsage.of("{\"input_tokens\":5,\"cache_read_input_tokens\":100,"
                + "\"cache_creation_input_tokens\":20,\"output_tokens\":7,\"service_tier\":\"standard\"}");
        // then
        assertThat(usage.tokens()).isEqualTo(Map.of("input", 5L, "input_cached_tokens", 100L, "input_cache_creation",
                20L, "output", 7L));
        assertThat(usage.dollars()).isEmpty();
    }

    @Test
    void shouldReadOpenAiWhichCountsCachedAndReasoningTokensAmongTheOthers() {
        // given
        Map<String, Long> disjoint = Map.of("input", 40L, "input_cached_tokens", 60L, "output", 10L,
                "output_reasoning_tokens", 20L);
        // when
        ProviderUsage chat = ProviderUsage.of("{\"prompt_tokens\":100,\"prompt_tokens_details\":{\"cached_tokens\":60},"
                + "\"completion_tokens\":30,\"completion_tokens_details\":{\"reasoning_tokens\":20}}");
        ProviderUsage responses = ProviderUsage
                .of("{\"input_tokens\":100,\"input_tokens_details\":{\"cached_tokens\":60},"
                        + "\"output_tokens\":30,\"output_tokens_details\":{\"reasoning_tokens\":20}}");
        // then
        assertThat(chat.tokens()).isEqualTo(disjoint);
        assertThat(responses.tokens()).isEqualTo(disjoint);
    }

    @Test
    void shouldReadGemini() {
        // when
        ProviderUsage usage = ProviderUsage.of("{\"promptTokenCount\":100,\"cachedContentTokenCount\":60,"
                + "\"candidatesTokenCount\":10,\"thoughtsTokenCount\":20}");
        // then
        assertThat(usage.tokens()).isEqualTo(Map.of("input", 40L, "input_cached_tokens", 60L, "output", 10L,
                "output_reasoning_tokens", 20L));
    }

    @Test
    void shouldReadPiWithWhatItCost() {
        // when
        ProviderUsage usage = ProviderUsage.of("{\"input\":5,\"output\":7,\"cacheRead\":100,\"cacheWrite\":0,"
                + "\"cost\":{\"input\":0.01,\"output\":0.02,\"cacheRead\":0.03,\"cacheWrite\":0,\"total\":0.06}}");
        // then
        assertThat(usage.tokens()).isEqualTo(Map.of("input", 5L, "input_cached_tokens", 100L, "output", 7L));
        assertThat(usage.dollars())
                .isEqualTo(Map.of("input", 0.01, "output", 0.02, "input_cached_tokens", 0.03));
    }

    @Test
    void shouldSayNothingOfWhatIsNoUsage() {
        assertThat(ProviderUsage.of("null")).isEqualTo(ProviderUsage.NONE);
        assertThat(ProviderUsage.of("{\"input_tokens\":-1,\"output_tokens\":\"many\",\"cost\":\"free\"}"))
                .isEqualTo(ProviderUsage.NONE);
        assertThat(ProviderUsage.of("{broken")).isEqualTo(ProviderUsage.NONE);
    }
}
