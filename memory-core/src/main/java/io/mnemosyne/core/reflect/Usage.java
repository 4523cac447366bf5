package io.mnemosyne.core.reflect;

import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import io.mnemosyne.core.LogEntry;

/**
 * How often something was done to one file or command, and how it went the last time. Read from entries such as
 * {@code read src/a.py (120 lines)}, {@code `pytest -q` exited 1}, and from what {@link #text} wrote before.
 *
 * @param subject a path or command
 * @param times by verb
 * @param last what was done or came of it the last time; may be empty
 */
record Usage(String subject, NavigableMap<String, Integer> times, String last) {
    private static final Pattern MERGED = Pattern.compile("`([^`]+)` ((?:\\p{L}+ \\d+x(?:, )?)+), last: (.*)",
            Pattern.DOTALL);
    private static final Pattern TIMES = Pattern.compile("(\\p{L}+) (\\d+)x");
    private static final Pattern PATH = Pattern
            .compile("`([^`]+)`|(?<![\\w`])((?:[~.]{0,2}/)?[\\w@.+-]+(?:/[\\w@.+-]+)*)");
    private static final Pattern REPEATED = Pattern.compile("(?<=^|[(;, ])(\\d{1,6}) (?:times|runs)\\b");
    private static final Pattern FAILURES = Pattern.compile("\\b[1-9]\\d* (?:failed|failures?|errors?)");
    private static final Set<String> CHANGES = Set.of("edited", "wrote", "created", "deleted", "moved", "patched",
            "changed", "modified", "updated", "renamed", "added", "removed");

    /** Empty for kinds that are not about a file or command, and for texts that name none. */
    static Optional<Usage> of(LogEntry entry) {
        return switch (entry.kind()) {
            case FILE -> merged(entry.text()).or(() -> file(entry.text()));
            case COMMAND -> merged(entry.text()).or(() -> command("ran", entry.text()));
            case ERROR -> merged(entry.text()).or(() -> command("failed", entry.text()))
                    .or(() -> file(entry.text()));
            case TEST -> merged(entry.text()).or(() -> command("tested", entry.text()));
            case RESOLUTION -> merged(entry.text()).or(() -> command("resolved", entry.text()));
            case REQUEST, INSTRUCTION, DECISION, FACT -> Optional.empty();
        };
    }

    /** This one followed by a later one of the same subject. */
    Usage then(Usage later) {
        NavigableMap<String, Integer> sum = new TreeMap<>(times);
        later.times.forEach((verb, count) -> sum.merge(verb, count, Integer::sum));
        return new Usage(subject, sum, later.last);
    }

    boolean changes() {
        return times.keySet().stream().anyMatch(CHANGES::contains);
    }

    /** Whether it ended well, as far as its words say. */
    boolean succeeded() {
        return last.startsWith("exited 0") || (last.contains("pass") && !FAILURES.matcher(last).find());
    }

    /** {@code `src/a.py` edited 2x, read 3x, last: edited (+4 -1)}. */
    String text() {
        return "`" + subject + "` " + counts() + ", last: " + last;
    }

    String counts() {
        return times.entrySet()
                .stream()
                .map((Map.Entry<String, Integer> verb) -> verb.getKey() + " " + verb.getValue() + "x")
                .collect(Collectors.joining(", "));
    }

    private static Optional<Usage> merged(String text) {
        Matcher merged = MERGED.matcher(text);
        if (!merged.matches()) {
            return Optional.empty();
        }
        NavigableMap<String, Integer> times = new TreeMap<>();
        TIMES.matcher(merged.group(2)).results().forEach(verb -> times.put(verb.group(1), count(verb.group(2))));
        return Optional.of(new Usage(merged.group(1), times, merged.group(3)));
    }

    private static Optional<Usage> file(String text) {
        int space = text.indexOf(' ');
        if (space <= 0 || !text.substring(0, space).chars().allMatch(Character::isLetter)) {
            return Optional.empty();
        }
        String verb = text.substring(0, space);
        Matcher path = PATH.matcher(text).region(space, text.length());
        while (path.find()) {
            boolean quoted = path.start(1) >= 0;
            String name = quoted ? path.group(1) : path.group(2);
            if (quoted || name.contains("/") || name.contains(".")) {
                String rest = withoutLead(text.substring(path.end()));
                return Optional.of(new Usage(name, times(verb, rest), (verb + " " + rest).strip()));
            }
        }
        return Optional.empty();
    }

    private static Optional<Usage> command(String verb, String text) {
        return Phrases.quoted(text).map(command -> {
            String rest = withoutLead(text.substring(text.indexOf('`', text.indexOf('`') + 1) + 1));
            return new Usage(command, times(verb, rest), rest);
        });
    }

    /** How often, as an observer says it beside the path or command: {@code (2 runs)} or {@code , 3 times}. */
    private static NavigableMap<String, Integer> times(String verb, String rest) {
        Matcher repeated = REPEATED.matcher(rest.contains("`") ? rest.substring(0, rest.indexOf('`')) : rest);
        return new TreeMap<>(Map.of(verb, repeated.find() ? count(repeated.group(1)) : 1));
    }

    private static String withoutLead(String rest) {
        int start = 0;
        while (start < rest.length() && " ,;:".indexOf(rest.charAt(start)) >= 0) {
            start++;
        }
        return rest.substring(start).stripTrailing();
    }

    private static int count(String digits) {
        return digits.length() > 9 ? Integer.MAX_VALUE / 2 : Integer.parseInt(digits);
    }
}
