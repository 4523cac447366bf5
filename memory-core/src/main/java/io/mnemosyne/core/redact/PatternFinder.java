package io.mnemosyne.core.redact;

import java.util.List;
import java.util.Optional;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;

/**
 * Finds what an expression matches at a keyword. RE2J matches in linear time. That the sum over all keywords is linear as
 * well is up to the expression: what it repeats without limit must not go past another place where it could start.
 *
 * @param lead how the expression starts
 * @param word where it may start, if not anywhere
 * @param expression its first group that took part is the secret
 */
record PatternFinder(Kind kind, Lead lead, Optional<WordStart> word, Pattern expression) implements Finder {

    /**
     * Finds a token, or, if the expression has a group, a value that is known by the frame around it.
     *
     * @param expression of RE2J; starts with one of several words, or with a bounded run of characters before them
     * @throws IllegalArgumentException if it starts with anything else
     */
    static PatternFinder of(Kind kind, String expression) {
        boolean framed = Pattern.compile(expression).groupCount() > 0;
        String whole = framed ? expression : "(" + expression + ")(?:[^A-Za-z0-9_-]|$)";
        // Only an anchor inside the expression makes RE2J stop where nothing can match any more.
        return new PatternFinder(kind, Lead.of(expression),
                framed ? Optional.empty() : Optional.of(WordStart.of(expression)),
                Pattern.compile("\\A(?:" + whole + ")"));
    }

    @Override
    public List<String> keywords() {
        return lead.keywords();
    }

    @Override
    public boolean anyCase() {
        return lead.anyCase();
    }

    @Override
    public void find(String text, Hits hits, Work work, Candidates candidates) {
        int from = 0;
        for (int i = 0; i < hits.size(); i++) {
            int keyword = hits.start(i);
            if (keyword >= from && !Mark.surrounds(text, keyword)) {
                int start = lead.start(text, keyword, from);
                work.read(keyword - start);
                if (word.isEmpty() || word.get().isAt(text, start)) {
                    from = Math.max(from, match(text, start, work, candidates));
                }
            }
        }
    }

    /** Where the next match may start. */
    private int match(String text, int start, Work work, Candidates candidates) {
        Matcher matcher = expression.matcher(work.rest(text, start));
        if (!matcher.lookingAt()) {
            return start;
        }
        int group = secretOf(matcher);
        int end = start + matcher.end(group);
        return candidates.take(List.of(kind), start + matcher.start(group), end) ? end : start;
    }

    private static int secretOf(Matcher matcher) {
        int group = 1;
        while (matcher.start(group) < 0) {
            group++;
        }
        return group;
    }
}
