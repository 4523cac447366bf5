package io.mnemosyne.trace.send;

import java.time.Duration;
import java.time.Instant;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class RetryAfterTest {
    private static final Instant NOW = Instant.parse("2026-11-26T10:00:00Z");

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"0 | 0", "17 | 17", " 17 | 17", "100000 | 3600",
            "Thu, 26 Nov 2026 10:00:30 GMT | 30", "Thu, 26 Nov 2026 09:00:00 GMT | 0",
            "Fri, 27 Nov 2026 10:00:00 GMT | 3600"})
    void shouldReadSecondsAndDatesUpToAnHour(String value, long seconds) {
        assertThat(RetryAfter.parse(value, NOW)).contains(Duration.ofSeconds(seconds));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "soon", "-1", "1.5", "99999999999999999999", "2026-11-26T10:00:30Z"})
    void shouldIgnoreWhatIsNeither(String value) {
        assertThat(RetryAfter.parse(value, NOW)).isEmpty();
    }
}
