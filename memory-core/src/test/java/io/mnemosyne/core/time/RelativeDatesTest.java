package io.mnemosyne.core.time;

import java.time.Instant;
import java.time.ZoneId;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.mnemosyne.core.DateReference;
import io.mnemosyne.core.Policy;

import static org.assertj.core.api.Assertions.assertThat;

class RelativeDatesTest {
    /** A Sunday. */
    private static final Instant SAID = Instant.parse("2026-03-01T14:05:00Z");

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "Ship it tomorrow, please. | tomorrow = 2026-03-02",
            "Yesterday's build failed. | Yesterday = 2026-02-28",
            "It ran the day before yesterday. | day before yesterday = 2026-02-27",
            "Done the day after tomorrow (or tonight) | day after tomorrow = 2026-03-03, tonight = 2026-03-01",
            "It broke last night, **today** it works. | last night = 2026-02-28, today = 2026-03-01",
            "\"Next week I am away\" | Next week = 2026-03-02 to 2026-03-08",
            "Last month was better than this month. | Last month = 2026-02, this month = 2026-03",
            "We moved last year. | last year = 2025",
            "It came 3 days ago and goes in two weeks. | 3 days ago = 2026-02-26, in two weeks = 2026-03-15",
            "Written a year ago, due in 2 months | a year ago = 2025, in 2 months = 2026-05",
            "The demo is next Friday. | next Friday = 2026-03-06",
            "The demo was last Sunday. | last Sunday = 2026-02-22"})
    void shouldSayWhichDayWasMeant(String text, String expected) {
        assertThat(dated(text, SAID, Policy.UTC)).isEqualTo(text + " (" + expected + ")");
    }

    @Test
    void shouldGiveBothDaysWherePeopleDiffer() {
        // given a Monday
        Instant monday = Instant.parse("2026-03-02T09:00:00Z");
        // when, then
        assertThat(dated("Due next Friday.", monday, Policy.UTC))
                .endsWith("(next Friday = 2026-03-06 or 2026-03-13)");
        assertThat(dated("Since last Sunday.", monday, Policy.UTC)).endsWith("(last Sunday = 2026-03-01)");
        assertThat(dated("Since last Monday.", monday, Policy.UTC)).endsWith("(last Monday = 2026-02-23)");
    }

    @Test
    void shouldReckonInTheTimeZoneOfWhoSaidIt() {
        // given half past ten at night in Greenwich, half past eleven in Berlin in winter
        Instant late = Instant.parse("2026-03-01T23:30:00Z");
        // when, then
        assertThat(dated("See yesterday.", late, Policy.UTC)).endsWith("(yesterday = 2026-02-28)");
        assertThat(dated("See yesterday.", late, ZoneId.of("Europe/Berlin"))).endsWith("(yesterday = 2026-03-01)");
        assertThat(dated("See yesterday.", late, ZoneId.of("-05:00"))).endsWith("(yesterday = 2026-02-28)");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Rename yesterday_sales to sales.", "Read logs/today/app.log and today.csv.",
            "Run `date -d yesterday` first.", "git log --since=yesterday", "Call today() or LocalDate.today",
            "The column \"tomorrow\" is empty.", "Fetch https://example.com/today?x=1",
            "Replace TODAY in the template.",
            "```\nlast week: 5\n```", "> it broke yesterday\nWhat do you say?", "the day before", "within 3 days",
            "Summarise the last week of March.", "In the last month of the run", "It takes 3 days.", "in 5 minutes",
            "use the next-week branch", "yesterdays", "$today", "{today}", "2026-03-01"})
    void shouldPassOverWhatIsNotSaidOfADay(String text) {
        assertThat(RelativeDates.in(text, SAID, Policy.UTC)).isEmpty();
    }

    @Test
    void shouldDateOnlyTheFirstFewWordsOfAList() {
        String text = "today, tomorrow, tonight, yesterday, last week, next week, last month, today";
        assertThat(RelativeDates.in(text, SAID, Policy.UTC)).extracting(DateReference::words).containsExactly("today",
                "tomorrow", "tonight", "yesterday");
    }

    private static String dated(String text, Instant said, ZoneId zone) {
        return DateReference.beside(text, RelativeDates.in(text, said, zone));
    }
}
