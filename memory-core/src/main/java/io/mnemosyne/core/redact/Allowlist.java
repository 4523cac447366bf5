package io.mnemosyne.core.redact;

import java.util.List;

/**
 * What is no secret although a rule finds it.
 *
 * @param target what the expressions are searched in
 * @param regexes expressions of RE2
 * @param stopwords words, in any case, that a secret does not contain
 * @param all true if an expression and a stopword must be found; otherwise one of them is enough
 */
public record Allowlist(Target target, List<String> regexes, List<String> stopwords, boolean all) {

    /** What expressions are searched in. */
    public enum Target {
        SECRET,
        MATCH,
        LINE
    }

    public Allowlist {
        regexes = List.copyOf(regexes);
        stopwords = List.copyOf(stopwords);
    }
}
