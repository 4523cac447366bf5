package io.mnemosyne.core.recall;

import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Optional;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class TimeWordsTest {
    /** A Wednesday. */
    private static final Instant NEWEST = Instant.parse("2026-03-18T15:00:00Z");

    @ParameterizedTest
    @CsvSource(nullValues = "-", value = {
            "What did we decide yesterday?, 2026-03-17, 2026-03-18",
            "What did I say today about the port?, 2026-03-18, 2026-03-19",
            "Which database did we choose two weeks ago?, 2026-03-01, 2026-03-08",
            "what broke 3 days ago, 2026-03-15, 2026-03-16",
            "What was said last month?, 2026-02-01, 2026-03-01",
            "the talk of last week, 2026-03-09, 2026-03-16",
            "Which bugs did we fix in January?, 2026-01-01, 2026-02-01",
            "What happened in December?, 2025-12-01, 2026-01-01",
            "plans made in May 2025, 2025-05-01, 2025-06-01",
            "What did we deploy on 2026-03-05?, 2026-03-05, 2026-03-06",
            "the outage of March 5th, 2026-03-05, 2026-03-06",
            "the outage of 5 March 2026, 2026-03-05, 2026-03-06",
            "everything said since yesterday, 2026-03-17, -",
            "What changed since 2026-03-05?, 2026-03-05, -",
            "What changed after 2026-03-05?, 2026-03-06, -",
            "What was the port before March?, -, 2026-03-01",
            "until 2026-03-05 we used what?, -, 2026-03-06",
            "What happened between 2026-03-01 and 2026-03-04?, 2026-03-01, 2026-03-05",
            "from March 1 to March 4, 2026-03-01, 2026-03-05",
            "decisions in 2025, 2025-01-01, 2026-01-01"})
    void shouldTellDaysRelativeToTheNewestTurn(String question, String from, String to) {
        // when
        Optional<TimeRange> time = TimeWords.in(question, NEWEST, ZoneOffset.UTC);
        // then
        assertThat(time).contains(new TimeRange(startOf(from), startOf(to)));
    }

    @Test
    void shouldTakeBothReadingsOfAWeekdayAsOneTime() {
        // given the 17th was a Tuesday, and so was the 10th of the week before
        // when
        Optional<TimeRange> time = TimeWords.in("What did she say last Tuesday?", NEWEST, ZoneOffset.UTC);
        // then
        assertThat(time).contains(new TimeRange(startOf("2026-03-10"), startOf("2026-03-18")));
    }

    @Test
    void shouldTellHoursAndRecentDays() {
        assertThat(TimeWords.in("what failed in the last 2 hours", NEWEST, ZoneOffset.UTC).orElseThrow().from())
                .contains(Instant.parse("2026-03-18T13:00:00Z"));
        assertThat(TimeWords.in("errors of the past 3 days", NEWEST, ZoneOffset.UTC).orElseThrow().from())
                .contains(Instant.parse("2026-03-15T15:00:00Z"));
        assertThat(TimeWords.in("what did I ask an hour ago?", NEWEST, ZoneOffset.UTC).orElseThrow())
                .isEqualTo(new TimeRange(Optional.of(Instant.parse("2026-03-18T13:30:00Z")),
                        Optional.of(Instant.parse("2026-03-18T14:30:00Z"))));
    }

    @Test
    void shouldTellDaysInTheZoneOfTheThread() {
        // given it is the 19th already in Tokyo
        Instant lateEvening = Instant.parse("2026-03-18T16:00:00Z");
        // when
        Optional<TimeRange> time = TimeWords.in("what did we say yesterday?", lateEvening, ZoneId.of("Asia/Tokyo"));
        // then
        assertThat(time).contains(new TimeRange(Optional.of(Instant.parse("2026-03-17T15:00:00Z")),
                Optional.of(Instant.parse("2026-03-18T15:00:00Z"))));
    }

    @ParameterizedTest
    @ValueSource(strings = {"Which port does the registry use?", "What was said before the refactoring?",
            "May I use tabs?", "Where is logs/2026-03-05.log written?", "What is due tomorrow?",
            "version 2026.3 of the march of progress", "the 31 April is no day", "What does `yesterday()` return?",
            "Why did step 3 fail after step 2?", "error 2025 in parser", "What is 2026-02-30?",
            "What is due in December 2030?"})
    void shouldTellNoTimeWithoutWordsForWhatIsPast(String question) {
        assertThat(TimeWords.in(question, NEWEST, ZoneOffset.UTC)).isEmpty();
    }

    private static Optional<Instant> startOf(@Nullable String day) {
        return Optional.ofNullable(day).map(date -> Instant.parse(date + "T00:00:00Z"));
    }
}
