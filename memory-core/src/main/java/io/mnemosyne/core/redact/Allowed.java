package io.mnemosyne.core.redact;

import java.util.List;
import java.util.Locale;

import com.google.re2j.Pattern;

/** An allowlist, ready for use. */
record Allowed(Allowlist.Target target, List<Pattern> regexes, List<String> stopwords, boolean all) {
    /** So that a line of megabytes costs no more than another. */
    private static final int MOST_OF_LINE = 1_000;

    static Allowed of(Allowlist list) {
        return new Allowed(list.target(), list.regexes().stream().map(Pattern::compile).toList(),
                list.stopwords().stream().map(word -> word.toLowerCase(Locale.ROOT)).toList(), list.all());
    }

    /**
     * Whether a secret is allowed to stay.
     *
     * @param match all that the rule matched
     */
    boolean allows(String text, Span secret, Span match) {
        String value = secret.of(text);
        String searched = switch (target) {
            case SECRET -> value;
            case MATCH -> match.of(text);
            case LINE -> line(text, match);
        };
        boolean byRegex = regexes.stream().anyMatch(regex -> regex.matcher(searched).find());
        String lower = value.toLowerCase(Locale.ROOT);
        boolean byWord = stopwords.stream().anyMatch(lower::contains);
        return all
                ? (byRegex || regexes.isEmpty()) && (byWord || stopwords.isEmpty())
                        && !(regexes.isEmpty() && stopwords.isEmpty())
                : byRegex || byWord;
    }

    private static String line(String text, Span match) {
        int from = Math.max(0, match.start() - MOST_OF_LINE);
        int to = Math.min(text.length(), match.end() + MOST_OF_LINE);
        int start = from + text.substring(from, match.start()).lastIndexOf("\n") + 1;
        int end = text.substring(match.end(), to).indexOf('\n');
        return text.substring(start, end < 0 ? to : match.end() + end);
    }
}
