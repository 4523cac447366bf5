package io.mnemosyne.core.transcript;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.ResolverStyle;
import java.time.temporal.ChronoField;
import java.util.Optional;

/** Times as agents write them: ISO 8601, with a {@code T} or a space in the middle, with or without an offset. */
public final class SourceTime {
    private static final DateTimeFormatter ISO = new DateTimeFormatterBuilder().parseCaseInsensitive()
            .appendValue(ChronoField.YEAR, 4).appendPattern("-MM-dd").optionalStart().appendLiteral('T')
            .append(DateTimeFormatter.ISO_LOCAL_TIME)
            .appendPattern("[XXX][XX][X]").toFormatter().withResolverStyle(ResolverStyle.STRICT);
    private static final int DATE = "2026-01-06".length();

    private SourceTime() {
    }

    /**
     * The instant that a time names.
     *
     * @return empty for a date alone or a time without an offset: the clock of which place it is from is unknown, and
     *         taking it for UTC would be a guess
     * @throws DateTimeException if the text is no date or time of the years 0 to 9999
     */
    public static Optional<Instant> instant(String text) {
        String iso = text.length() > DATE && text.charAt(DATE) == ' '
                ? text.substring(0, DATE) + 'T' + text.substring(DATE + 1)
                : text;
        return ISO.parseBest(iso, OffsetDateTime::from, LocalDateTime::from,
                LocalDate::from) instanceof OffsetDateTime time ? Optional.of(time.toInstant()) : Optional.empty();
    }
}
