package io.mnemosyne.core;

import java.time.LocalDate;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What words that depend on the day on which they were said refer to. Words with two readings, and words that were said
 * on several days, have a reference for each.
 *
 * @param words as they stand in the text, for example {@code yesterday}
 * @param from first day that is meant, in the time zone of who said it
 * @param to last day that is meant
 */
public record DateReference(String words, LocalDate from, LocalDate to) {
    /** Most references of one text; more say less. */
    private static final int MOST = 6;

    /** Those whose words a text still has. */
    public static List<DateReference> within(String text, List<DateReference> dates) {
        String lower = text.toLowerCase(Locale.ROOT);
        return dates.stream().filter(date -> lower.contains(date.words().toLowerCase(Locale.ROOT))).toList();
    }

    /** Both, each once, in their order; the first six if there are more. */
    public static List<DateReference> union(List<DateReference> one, List<DateReference> other) {
        Set<DateReference> all = new LinkedHashSet<>(one);
        all.addAll(other);
        return all.stream().limit(MOST).toList();
    }

    /** The text with the dates behind it, such as {@code (yesterday = 2026-03-01)}. */
    public static String beside(String text, List<DateReference> dates) {
        Map<String, List<String>> days = new LinkedHashMap<>();
        for (DateReference date : dates) {
            days.computeIfAbsent(date.words(), _ -> new ArrayList<>()).add(date.days());
        }
        return days.isEmpty()
                ? text
                : days.entrySet().stream().map(entry -> entry.getKey() + " = " + String.join(" or ", entry.getValue()))
                        .collect(Collectors.joining(", ", text + " (", ")"));
    }

    /** A day, a whole month or year, or the first and the last day. */
    private String days() {
        YearMonth month = YearMonth.from(from);
        if (from.equals(to)) {
            return from.toString();
        }
        if (from.equals(month.atDay(1)) && to.equals(month.atEndOfMonth())) {
            return month.toString();
        }
        return from.getDayOfYear() == 1 && to.equals(from.withDayOfYear(from.lengthOfYear()))
                ? Integer.toString(from.getYear())
                : from + " to " + to;
    }
}
