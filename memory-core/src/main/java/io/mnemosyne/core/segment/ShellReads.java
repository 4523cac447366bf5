package io.mnemosyne.core.segment;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

import io.mnemosyne.core.segment.ShellSyntax.Step;

/** Which file a step of a shell command shows, and which lines of it. */
final class ShellReads {
    private static final Set<String> PRINTERS = Set.of("cat", "head", "tail", "nl", "less", "more", "bat", "sed",
            "open", "view");
    private static final Set<String> SEARCHERS = Set.of("grep", "egrep", "rg");
    /** Context around a hit from which on a search draws out a whole method, lines. */
    private static final long WHOLE_METHOD = 10;
    private static final long DEFAULT_LINES = 10;

    private ShellReads() {
    }

    /** A file and what is shown of it. */
    record Read(String file, Stretch stretch) {
    }

    static Optional<Read> of(Step step) {
        List<String> words = step.first();
        if (words.size() < 2) {
            return Optional.empty();
        }
        boolean searches = SEARCHERS.contains(words.getFirst());
        if (!PRINTERS.contains(words.getFirst()) && !(searches && drawsOut(words))) {
            return Optional.empty();
        }
        boolean numberLast = isWhole(words.getLast()) && words.size() > 2;
        int place = numberLast ? words.size() - 2 : words.size() - 1;
        String file = words.get(place);
        List<String> options = words.subList(1, place);
        if (file.startsWith("-") || (!searches && options.stream().anyMatch(ShellReads::isPath))) {
            return Optional.empty();
        }
        Stretch shown = searches || numberLast
                ? Stretch.named(String.join(" ", words))
                : stretch(words.getFirst(), options);
        return Optional.of(new Read(file, filtered(shown, step.pipe().subList(1, step.pipe().size()))));
    }

    /** What is left of a stretch behind the filters of a pipe. */
    private static Stretch filtered(Stretch shown, List<List<String>> filters) {
        Stretch left = shown;
        for (List<String> filter : filters) {
            boolean cutsOut = Set.of("head", "tail", "sed").contains(filter.getFirst());
            boolean keepsAll = Set.of("cat", "nl", "less", "more").contains(filter.getFirst());
            if (cutsOut && left.equals(Stretch.ALL)) {
                left = stretch(filter.getFirst(), filter.subList(1, filter.size()));
            } else if (!keepsAll) {
                left = Stretch.named(shown.encoded() + " | " + filters);
            }
        }
        return left;
    }

    private static Stretch stretch(String program, List<String> options) {
        Stretch unknown = options.isEmpty() ? Stretch.ALL : Stretch.named(program + " " + String.join(" ", options));
        return switch (program) {
            case "head" -> count(options).stream().mapToObj(lines -> Stretch.lines(1, lines)).findFirst()
                    .orElse(options.isEmpty() ? Stretch.lines(1, DEFAULT_LINES) : unknown);
            case "tail" -> tail(options, unknown);
            case "sed" -> printed(options).orElse(unknown);
            case "cat", "nl", "less", "more" -> options.stream().allMatch(option -> option.startsWith("-"))
                    ? Stretch.ALL
                    : unknown;
            default -> unknown;
        };
    }

    private static Stretch tail(List<String> options, Stretch unknown) {
        if (options.isEmpty()) {
            return Stretch.lines(-DEFAULT_LINES, -1);
        }
        String last = options.getLast();
        if (last.startsWith("+") && isWhole(last.substring(1))) {
            return Stretch.lines(Long.parseLong(last.substring(1)), Long.MAX_VALUE);
        }
        return count(options).stream().mapToObj(lines -> Stretch.lines(-lines, -1)).findFirst().orElse(unknown);
    }

    /** {@code -n 40}, {@code -n40} or {@code -40}. */
    private static OptionalLong count(List<String> options) {
        String last = options.isEmpty() ? "" : options.getLast();
        if (options.size() == 2 && (options.getFirst().equals("-n") || options.getFirst().equals("--lines"))) {
            return whole(last);
        }
        if (options.size() == 1 && last.startsWith("-")) {
            return whole(last.startsWith("-n") ? last.substring(2) : last.substring(1));
        }
        return OptionalLong.empty();
    }

    /** {@code -n 10,20p} or {@code -n 10p}. */
    private static Optional<Stretch> printed(List<String> options) {
        if (options.size() != 2 || !options.getFirst().equals("-n") || !options.getLast().endsWith("p")) {
            return Optional.empty();
        }
        String range = options.getLast().substring(0, options.getLast().length() - 1);
        int comma = range.indexOf(',');
        String end = comma < 0 ? range : range.substring(comma + 1);
        OptionalLong from = whole(comma < 0 ? range : range.substring(0, comma));
        OptionalLong to = end.equals("$") ? OptionalLong.of(Long.MAX_VALUE) : whole(end);
        return from.isPresent() && to.isPresent()
                ? Optional.of(Stretch.lines(from.getAsLong(), to.getAsLong()))
                : Optional.empty();
    }

    private static boolean drawsOut(List<String> words) {
        for (int i = 1; i < words.size(); i++) {
            String word = words.get(i);
            boolean context = word.startsWith("-A") || word.startsWith("-C");
            String lines = word.length() > 2 ? word.substring(2) : i + 1 < words.size() ? words.get(i + 1) : "";
            if (context && whole(lines).orElse(0) >= WHOLE_METHOD) {
                return true;
            }
        }
        return false;
    }

    private static boolean isPath(String word) {
        return !word.startsWith("-") && !Character.isDigit(word.charAt(0)) && !word.startsWith("$")
                && !word.startsWith("+");
    }

    private static boolean isWhole(String word) {
        return whole(word).isPresent();
    }

    private static OptionalLong whole(String word) {
        boolean digits = !word.isEmpty() && word.length() <= 9
                && word.chars().allMatch(c -> c >= '0' && c <= '9');
        return digits ? OptionalLong.of(Long.parseLong(word)) : OptionalLong.empty();
    }
}
