package io.mnemosyne.core.recall;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.Month;
import java.time.Year;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

import io.mnemosyne.core.DateReference;
import io.mnemosyne.core.time.RelativeDates;

/**
 * Which time a question is about. Words such as "two weeks ago" are taken from when the newest turn was said, not from now, and
 * so that what is remembered inexactly is still found.
 */
public final class TimeWords {
    private static final String MONTHS = Arrays.stream(Month.values()).map(Month::name)
            .map(name -> name.toLowerCase(Locale.ROOT)).map(name -> name.length() > 4
                    ? name.substring(0, 3) + "(?:" + name.substring(3) + ")?"
                    : name)
            .collect(Collectors.joining("|", "(?:", ")"));
    private static final String DAY = "\\d{1,2}(?:st|nd|rd|th)?";
    private static final Pattern DATE = Pattern.compile("(?<![\\w./-])(?:"
            + "(?<iso>\\d{4}-\\d{2}-\\d{2})"
            + "|(?<isomonth>\\d{4}-(?:0[1-9]|1[0-2]))"
            + "|(?<monthday>(?<m1>" + MONTHS + ") (?<d1>" + DAY + ")(?:,? (?<y1>\\d{4}))?)"
            + "|(?<daymonth>(?<d2>" + DAY + ") (?:of )?(?<m2>" + MONTHS + ")(?:,? (?<y2>\\d{4}))?)"
            + "|(?:in|since|before|after|until|during|of) (?:early |late |mid-? ?)?(?<m3>" + MONTHS
            + ")(?! " + DAY + "\\b)(?: (?:of )?(?<y3>\\d{4}))?"
            + "|(?:in|since|before|after|until|during) (?<year>(?:19|20)\\d{2})"
            + ")(?![\\w/-]|\\.\\w)", Pattern.CASE_INSENSITIVE);
    private static final Pattern RECENT = Pattern.compile(
            "\\b(?:(?:in|over|during|within) the )?(?:last|past) (?<n>\\d{1,3}) (?<unit>minute|hour|day|week|month)s\\b"
                    + "|\\b(?<ago>\\d{1,3}|an?|half an) (?<agounit>minute|hour)s? ago\\b",
            Pattern.CASE_INSENSITIVE);
    private static final Pattern BOUND = Pattern.compile(
            "\\b(since|from|after|before|until|till|up to|between|by|and|to)\\s+(?:the\\s+)?$",
            Pattern.CASE_INSENSITIVE);
    private static final int EXACT_DAYS = 3;

    private TimeWords() {
    }

    /**
     * The time that the first time words of a question tell; empty if it has none, or they mean what is still to come.
     *
     * @param newest when the newest turn of the thread was said
     * @param zone of the thread
     */
    public static Optional<TimeRange> in(String question, Instant newest, ZoneId zone) {
        ZonedDateTime now = newest.atZone(zone);
        List<Told> told = new ArrayList<>(recent(question, now));
        if (told.isEmpty()) {
            told.addAll(dates(question, now.toLocalDate(), zone));
            told.addAll(relative(question, newest, zone));
            told.sort(Comparator.comparingInt(Told::start));
        }
        return told.stream().filter(time -> !time.from().isAfter(newest)).findFirst()
                .map(first -> bounded(question, first, told));
    }

    /** A time and where a question names it. */
    private record Told(int start, Instant from, Instant to) {
        static Told days(int start, LocalDate from, LocalDate to, ZoneId zone) {
            return new Told(start, from.atStartOfDay(zone).toInstant(), to.plusDays(1).atStartOfDay(zone).toInstant());
        }
    }

    /** What "since" and its like make of a time. */
    private static TimeRange bounded(String question, Told time, List<Told> all) {
        String bound = boundBefore(question, time.start());
        return switch (bound) {
            case "since" -> new TimeRange(Optional.of(time.from()), Optional.empty());
            case "after" -> new TimeRange(Optional.of(time.to()), Optional.empty());
            case "before" -> new TimeRange(Optional.empty(), Optional.of(time.from()));
            case "until", "till", "up to", "by" -> new TimeRange(Optional.empty(), Optional.of(time.to()));
            case "between", "from" -> all.stream().filter(other -> other.start() > time.start()
                    && other.to().isAfter(time.from())
                    && !boundBefore(question, other.start()).isEmpty()).findFirst()
                    .map(other -> new TimeRange(Optional.of(time.from()), Optional.of(other.to())))
                    .orElseGet(() -> new TimeRange(Optional.of(time.from()), "from".equals(bound)
                            ? Optional.of(time.to())
                            : Optional.empty()));
            default -> new TimeRange(Optional.of(time.from()), Optional.of(time.to()));
        };
    }

    private static String boundBefore(String question, int at) {
        Matcher bound = BOUND.matcher(question.substring(0, at));
        return bound.find() ? bound.group(1).toLowerCase(Locale.ROOT) : "";
    }

    private static List<Told> recent(String question, ZonedDateTime now) {
        return RECENT.matcher(question).results().map(match -> {
            Instant end = now.toInstant().plusSeconds(1);
            if (match.group("n") != null) {
                return new Told(match.start(), now.minus(Long.parseLong(match.group("n")), unit(match.group("unit")))
                        .toInstant(), end);
            }
            Duration ago = ago(match);
            Instant at = now.toInstant().minus(ago);
            return new Told(match.start(), at.minus(ago.dividedBy(2)), at.plus(ago.dividedBy(2)));
        }).toList();
    }

    private static Duration ago(MatchResult match) {
        Duration unit = Duration.of(1, unit(match.group("agounit")));
        String number = match.group("ago").toLowerCase(Locale.ROOT);
        return switch (number) {
            case "a", "an" -> unit;
            case "half an" -> unit.dividedBy(2);
            default -> unit.multipliedBy(Math.max(1, Long.parseLong(number)));
        };
    }

    private static ChronoUnit unit(String name) {
        return ChronoUnit.valueOf(name.toUpperCase(Locale.ROOT) + "S");
    }

    private static List<Told> relative(String question, Instant newest, ZoneId zone) {
        LocalDate today = LocalDate.ofInstant(newest, zone);
        List<Told> told = new ArrayList<>();
        for (DateReference date : RelativeDates.in(question, newest, zone)) {
            // Of two readings either may be meant.
            long slack = slack(date, today);
            int start = question.toLowerCase(Locale.ROOT).indexOf(date.words().toLowerCase(Locale.ROOT));
            Told days = Told.days(start, date.from().minusDays(slack), date.to().plusDays(slack), zone);
            if (!told.isEmpty() && told.getLast().start() == start) {
                Told other = told.removeLast();
                told.add(new Told(start, other.from(), days.to()));
            } else {
                told.add(days);
            }
        }
        return told;
    }

    /** Who says "two weeks ago" may mean a few days more or less. */
    private static long slack(DateReference date, LocalDate today) {
        if (!date.words().toLowerCase(Locale.ROOT).endsWith("ago") || !date.from().equals(date.to())) {
            return 0;
        }
        long days = ChronoUnit.DAYS.between(date.from(), today);
        return days <= EXACT_DAYS ? 0 : date.words().toLowerCase(Locale.ROOT).contains("week") ? 3 : 1;
    }

    private static List<Told> dates(String question, LocalDate today, ZoneId zone) {
        List<Told> told = new ArrayList<>();
        Matcher dates = DATE.matcher(question);
        while (dates.find()) {
            try {
                date(dates, today, zone).ifPresent(told::add);
            } catch (DateTimeException e) {
                // The 31st of April is no date.
            }
        }
        return told;
    }

    private static Optional<Told> date(Matcher date, LocalDate today, ZoneId zone) {
        if (date.group("iso") != null) {
            LocalDate day = LocalDate.parse(date.group("iso"));
            return Optional.of(Told.days(date.start(), day, day, zone));
        }
        if (date.group("isomonth") != null) {
            return Optional.of(month(date.start(), YearMonth.parse(date.group("isomonth")), zone));
        }
        if (date.group("year") != null) {
            Year year = Year.parse(date.group("year"));
            return Optional.of(Told.days(date.start("year"), year.atDay(1), year.atMonth(12).atEndOfMonth(), zone));
        }
        if (date.group("m3") != null) {
            Month month = month(date.group("m3"));
            int year = year(date.group("y3"), today, YearMonth.of(today.getYear(), month).atDay(1));
            return Optional.of(month(date.start("m3"), YearMonth.of(year, month), zone));
        }
        boolean monthFirst = date.group("monthday") != null;
        Month month = month(date.group(monthFirst ? "m1" : "m2"));
        int day = Integer.parseInt(date.group(monthFirst ? "d1" : "d2").replaceAll("\\D", ""));
        // A leap year takes every day that a month can have.
        LocalDate known = LocalDate.of(2000, month, day);
        int year = year(date.group(monthFirst ? "y1" : "y2"), today, known.withYear(today.getYear()));
        LocalDate meant = known.withYear(year);
        return Optional.of(Told.days(date.start(), meant, meant, zone));
    }

    private static Told month(int start, YearMonth month, ZoneId zone) {
        return Told.days(start, month.atDay(1), month.atEndOfMonth(), zone);
    }

    private static Month month(String name) {
        String start = name.substring(0, 3).toUpperCase(Locale.ROOT);
        return Arrays.stream(Month.values()).filter(month -> month.name().startsWith(start)).findFirst().orElseThrow();
    }

    /** The year that is named, else that of the newest such day. */
    private static int year(@Nullable String named, LocalDate today, LocalDate thisYear) {
        if (named != null) {
            return Integer.parseInt(named);
        }
        return thisYear.isAfter(today) ? today.getYear() - 1 : today.getYear();
    }
}
