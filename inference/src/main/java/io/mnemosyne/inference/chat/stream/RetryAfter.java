package io.mnemosyne.inference.chat.stream;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import java.util.function.Function;

/** Reads for how long a provider wants to be left alone. */
public final class RetryAfter {
    /** Milliseconds; nobody means more than a year. */
    private static final double MOST = 366 * 86_400_000.0;

    private final InstantSource clock;

    public RetryAfter(InstantSource clock) {
        this.clock = clock;
    }

    /**
     * Of {@code retry-after-ms}, or {@code Retry-After} in seconds or as a date; a date is held against the provider's own
     * {@code Date} if it sent one, because clocks differ. Empty if there is none that can be read. Never negative.
     *
     * @param headers values by lower-case name
     */
    public Optional<Duration> of(Function<String, Optional<String>> headers) {
        return headers.apply("retry-after-ms").flatMap(millis -> duration(millis, 1))
                .or(() -> headers.apply("retry-after").flatMap(value -> duration(value, 1000).or(() -> until(value,
                        headers.apply("date").flatMap(RetryAfter::date).orElseGet(clock::instant)))));
    }

    private static Optional<Duration> duration(String number, int millis) {
        try {
            double time = Double.parseDouble(number.strip()) * millis;
            return time < MOST ? Optional.of(Duration.ofMillis(Math.max(0, Math.round(time)))) : Optional.empty();
        } catch (NumberFormatException _) {
            return Optional.empty();
        }
    }

    private static Optional<Duration> until(String date, Instant now) {
        return date(date).map(time -> Duration.between(now, time))
                .map(wait -> wait.isNegative() ? Duration.ZERO : wait);
    }

    private static Optional<Instant> date(String text) {
        try {
            return Optional
                    .of(ZonedDateTime.parse(text.strip(), DateTimeFormatter.RFC_1123_DATE_TIME).toInstant());
        } catch (DateTimeParseException _) {
            return Optional.empty();
        }
    }
}
