package io.mnemosyne.inference.chat.stream;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class RetryAfterTest {
    private final RetryAfter retryAfter = new RetryAfter(InstantSource.fixed(Instant.parse("2026-11-26T03:00:00Z")));

    @Test
    void shouldReadSecondsMillisecondsAndDates() {
        assertThat(read(Map.of("retry-after", "20"))).contains(Duration.ofSeconds(20));
        assertThat(read(Map.of("retry-after", "0.5"))).contains(Duration.ofMillis(500));
        assertThat(read(Map.of("retry-after", "20", "retry-after-ms", "19500"))).contains(Duration.ofMillis(19_500));
        assertThat(read(Map.of("retry-after", "Thu, 26 Nov 2026 03:00:30 GMT"))).contains(Duration.ofSeconds(30));
    }

    @Test
    void shouldHoldADateAgainstTheProvidersClockWhenItSaysWhatThatIs() {
        assertThat(
                read(Map.of("retry-after", "Thu, 26 Nov 2026 04:00:30 GMT", "date", "Thu, 26 Nov 2026 04:00:00 GMT")))
                .contains(Duration.ofSeconds(30));
    }

    @Test
    void shouldNeverWaitForThePastNorForNonsense() {
        assertThat(read(Map.of("retry-after", "Wed, 25 Nov 2026 03:00:00 GMT"))).contains(Duration.ZERO);
        assertThat(read(Map.of("retry-after", "-3"))).contains(Duration.ZERO);
        assertThat(read(Map.of("retry-after", "soon"))).isEmpty();
        assertThat(read(Map.of("retry-after", "NaN"))).isEmpty();
        assertThat(read(Map.of("retry-after", "1e300"))).isEmpty();
        assertThat(read(Map.of())).isEmpty();
    }

    private Optional<Duration> read(Map<String, String> headers) {
        return retryAfter.of(name -> Optional.ofNullable(headers.get(name)));
    }
}
