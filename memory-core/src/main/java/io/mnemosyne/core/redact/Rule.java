package io.mnemosyne.core.redact;

import java.util.List;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/**
 * How one format of credential is found and told from what only looks like it.
 *
 * @param name shown in the mark: lower-case letters, digits and dashes
 * @param finder finds what may be one
 * @param plausible whether a secret that was found is more than a placeholder
 */
record Rule(String name, Finder finder, Predicate<String> plausible) {

    /** A token whose first characters, length and alphabet are fixed. */
    static Rule format(String name, String expression, String... prefixes) {
        return new Rule(name, PatternFinder.token(expression, List.of(prefixes)), Plausible::format);
    }

    /** A token of any length that is known by its first characters. */
    static Rule token(String name, String expression, String... prefixes) {
        return new Rule(name, PatternFinder.token(expression, List.of(prefixes)), Plausible::token);
    }

    /** A value that is known by the frame around it. */
    static Rule framed(String name, String expression, Predicate<String> plausible, String... keywords) {
        return new Rule(name, PatternFinder.framed(expression, List.of(keywords)), plausible);
    }

    /** The text with every secret of this rule replaced by its mark. */
    Folded replaceIn(Folded text, UnaryOperator<String> mark, Work work) {
        Replacement replacement = new Replacement(text.text(), mark, work);
        finder.find(text, work, replacement);
        return replacement.copied == 0 ? text : Folded.of(replacement.result());
    }

    /** The text so far, with marks in place of secrets. */
    private final class Replacement implements Finder.Candidates {
        private final String text;
        private final UnaryOperator<String> mark;
        private final Work work;
        private final StringBuilder result = new StringBuilder();
        private int copied;

        Replacement(String text, UnaryOperator<String> mark, Work work) {
            this.text = text;
            this.mark = mark;
            this.work = work;
        }

        @Override
        public boolean take(int start, int end) {
            String secret = text.substring(start, end);
            work.read(secret.length());
            if (Mark.isIn(secret) || !plausible.test(secret)) {
                return false;
            }
            result.append(text, copied, start).append(mark.apply(secret));
            copied = end;
            return true;
        }

        String result() {
            return result.append(text, copied, text.length()).toString();
        }
    }
}
