package io.mnemosyne.core.redact;

import java.util.List;
import java.util.Optional;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;

/**
 * Finds what a user's own rule matches anywhere in a text that has one of its keywords. An expression can look ahead to the
 * end of the text at each match, so the text is searched in windows, and in small ones once that has read too much.
 */
record OwnFinder(Kind kind, List<String> keywords, Pattern expression, int secretGroup,
        List<Allowed> allowlists) implements Finder {
    private static final int WINDOW = 8_192;
    private static final int SMALL_WINDOW = 256;
    private static final int MOST_READ_PER_CHARACTER = 64;

    static OwnFinder of(OwnRule rule) {
        return new OwnFinder(
                new Kind(rule.id(), secret -> !secret.isEmpty() && Plausible.entropy(secret) > rule.entropy()),
                rule.keywords(), Pattern.compile(rule.regex()), rule.secretGroup(),
                rule.allowlists().stream().map(Allowed::of).toList());
    }

    @Override
    public boolean anyCase() {
        return true;
    }

    @Override
    public void find(String text, Hits hits, Work work, Candidates candidates) {
        long enough = work.charactersRead() + (long) MOST_READ_PER_CHARACTER * text.length();
        int from = 0;
        while (from < text.length()) {
            int window = work.charactersRead() < enough ? WINDOW : SMALL_WINDOW;
            int end = Math.min(text.length(), from + window);
            Matcher matcher = expression.matcher(work.part(text, end));
            if (!matcher.find(from)) {
                // What is no longer than half a window is found wherever it starts.
                from = end < text.length() ? end - window / 2 : end;
            } else if (matcher.end() == end && end < text.length() && matcher.start() > from) {
                // It may go on behind the window.
                from = matcher.start();
            } else {
                offer(text, matcher, candidates);
                from = Math.max(matcher.end(), from + 1);
            }
        }
    }

    private void offer(String text, Matcher matcher, Candidates candidates) {
        Span match = new Span(matcher.start(), matcher.end());
        secret(matcher).filter(secret -> !touchesMark(text, secret)
                && allowlists.stream().noneMatch(list -> list.allows(text, secret, match)))
                .ifPresent(secret -> candidates.take(List.of(kind), secret.start(), secret.end()));
    }

    private Optional<Span> secret(Matcher matcher) {
        int group = secretGroup;
        if (group == 0) {
            while (group < matcher.groupCount() && matcher.start(group + 1) < 0) {
                group++;
            }
            group = group < matcher.groupCount() ? group + 1 : 0;
        }
        return matcher.start(group) < 0 || matcher.start(group) == matcher.end(group)
                ? Optional.empty()
                : Optional.of(new Span(matcher.start(group), matcher.end(group)));
    }

    private static boolean touchesMark(String text, Span secret) {
        return Mark.surrounds(text, secret.start()) || Mark.surrounds(text, secret.end() - 1);
    }
}
