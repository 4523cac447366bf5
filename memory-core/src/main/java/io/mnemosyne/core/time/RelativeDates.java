package io.mnemosyne.core.time;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.TemporalAdjusters;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import io.mnemosyne.core.DateReference;

/**
 * Finds English words in a text that mean another day when they are read later, and says which day they meant. Rather
 * blind than wrong: code, quotations of others, file names and words in quotation marks are passed over.
 */
public final class RelativeDates {
    /** Words that are dated in one text; who names more days is listing them. */
    private static final int MOST_WORDS = 4;
    private static final List<String> NUMBERS = List.of("zero", "one", "two", "three", "four", "five", "six", "seven",
            "eight", "nine", "ten", "eleven", "twelve");
    private static final String NUMBER = "(\\d{1,3}|an?|" + String.join("|", NUMBERS.subList(1, NUMBERS.size())) + ")";
    private static final String UNIT = "(day|week|month|year)";
    /** What makes a word part of a name, a path or code. */
    private static final String NO_NAME_BEFORE = "(?<![\\p{L}\\p{N}_./\\\\$@#%{<=:&+~|^-])";
    private static final String NO_NAME_BEHIND = "(?![\\p{L}\\p{N}_/\\\\=({}>%-]|[.:][\\p{L}\\p{N}/]|['’](?!s\\b)\\p{L})";
    private static final Pattern WORDS = Pattern.compile(NO_NAME_BEFORE + "(?:"
            + "(?<day>day before yesterday|day after tomorrow|yesterday|today|tomorrow|tonight"
            + "|this (?:morning|afternoon|evening)|last night)"
            + "|(?<!\\bthe )(?<which>last|this|next) (?<period>week|month|year"
            + "|monday|tuesday|wednesday|thursday|friday|saturday|sunday)(?! of\\b)"
            + "|(?<back>" + NUMBER + " " + UNIT + "s? ago)"
            + "|(?<ahead>in " + NUMBER + " " + UNIT + "s?)(?! of\\b)"
            + ")" + NO_NAME_BEHIND, Pattern.CASE_INSENSITIVE);
    /** Code, and lines that quote somebody else, who spoke on another day. */
    private static final Pattern NOT_SAID = Pattern.compile("(?s:```.*?(?:```|\\z))|`[^`\n]*`|(?m:^[ \t]*>.*$)");
    private static final String QUOTES = "\"'“”‘’«»";

    private RelativeDates() {
    }

    /**
     * What the first few relative words of a text refer to, in their order. A weekday of which people differ whether it is
     * the nearest one or that of the neighbouring week has both.
     *
     * @param said when it was said
     * @param zone where it was said
     */
    public static List<DateReference> in(String text, Instant said, ZoneId zone) {
        LocalDate day = LocalDate.ofInstant(said, zone);
        String spoken = NOT_SAID.matcher(text).replaceAll(code -> " ".repeat(code.group().length()));
        Set<String> known = new HashSet<>();
        List<DateReference> dates = new ArrayList<>();
        Matcher words = WORDS.matcher(spoken);
        while (words.find() && known.size() < MOST_WORDS) {
            if (!isShouted(words.group()) && !isQuoted(spoken, words) && known.add(lower(words.group()))) {
                meant(words, day).distinct()
                        .forEach(days -> dates.add(new DateReference(words.group(), days.from(), days.to())));
            }
        }
        return List.copyOf(dates);
    }

    private record Days(LocalDate from, LocalDate to) {
        static Days of(LocalDate day) {
            return new Days(day, day);
        }

        static Days month(LocalDate day) {
            return new Days(day.with(TemporalAdjusters.firstDayOfMonth()),
                    day.with(TemporalAdjusters.lastDayOfMonth()));
        }

        static Days year(LocalDate day) {
            return new Days(day.with(TemporalAdjusters.firstDayOfYear()),
                    day.with(TemporalAdjusters.lastDayOfYear()));
        }
    }

    /** A constant or a placeholder, such as {@code TODAY}. */
    private static boolean isShouted(String words) {
        return words.equals(words.toUpperCase(Locale.ROOT));
    }

    /** Words alone in quotation marks are spoken of, not said. */
    private static boolean isQuoted(String text, MatchResult words) {
        return words.start() > 0 && words.end() < text.length() && QUOTES.indexOf(text.charAt(words.start() - 1)) >= 0
                && QUOTES.indexOf(text.charAt(words.end())) >= 0;
    }

    private static Stream<Days> meant(Matcher words, LocalDate said) {
        if (words.group("day") != null) {
            return Stream.of(Days.of(day(lower(words.group("day")), said)));
        }
        if (words.group("period") != null) {
            return period(lower(words.group("which")), lower(words.group("period")), said);
        }
        boolean back = words.group("back") != null;
        String[] told = lower(words.group()).split(" ", -1);
        String number = told[back ? 0 : 1];
        String unit = told[back ? 1 : 2];
        return Stream.of(apart((back ? -1 : 1) * number(number), unit, said));
    }

    private static LocalDate day(String words, LocalDate said) {
        return switch (words) {
            case "day before yesterday" -> said.minusDays(2);
            case "yesterday", "last night" -> said.minusDays(1);
            case "tomorrow" -> said.plusDays(1);
            case "day after tomorrow" -> said.plusDays(2);
            default -> said;
        };
    }

    private static Stream<Days> period(String which, String period, LocalDate said) {
        int step = switch (which) {
            case "last" -> -1;
            case "next" -> 1;
            default -> 0;
        };
        LocalDate monday = said.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY)).plusWeeks(step);
        return switch (period) {
            case "week" -> Stream.of(new Days(monday, monday.plusDays(6)));
            case "month" -> Stream.of(Days.month(said.plusMonths(step)));
            case "year" -> Stream.of(Days.year(said.plusYears(step)));
            default -> {
                DayOfWeek weekday = DayOfWeek.valueOf(period.toUpperCase(Locale.ROOT));
                LocalDate nearest = said.with(switch (step) {
                    case -1 -> TemporalAdjusters.previous(weekday);
                    case 1 -> TemporalAdjusters.next(weekday);
                    default -> TemporalAdjusters.nextOrSame(weekday);
                });
                yield Stream.of(nearest, monday.with(TemporalAdjusters.nextOrSame(weekday))).sorted().map(Days::of);
            }
        };
    }

    private static Days apart(int number, String unit, LocalDate said) {
        if (unit.startsWith("day")) {
            return Days.of(said.plusDays(number));
        }
        if (unit.startsWith("week")) {
            return Days.of(said.plusWeeks(number));
        }
        return unit.startsWith("month") ? Days.month(said.plusMonths(number)) : Days.year(said.plusYears(number));
    }

    private static int number(String word) {
        if (Character.isDigit(word.charAt(0))) {
            return Integer.parseInt(word);
        }
        return Math.max(1, NUMBERS.indexOf(word));
    }

    private static String lower(String text) {
        return text.toLowerCase(Locale.ROOT);
    }
}
