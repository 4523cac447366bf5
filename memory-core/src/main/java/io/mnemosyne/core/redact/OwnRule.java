package io.mnemosyne.core.redact;

import java.util.List;

/**
 * A rule of a user's own, as given; {@link OwnRules#problems()} tells whether it can be used.
 *
 * @param id shown in the mark
 * @param regex expression of RE2
 * @param secretGroup which group of it is the secret; 0 for the first that takes part, or for all if it has no groups
 * @param keywords one of these, in any case, is in every text that has such a secret; none if every text is to be searched
 * @param entropy a secret has more bits per character than this
 */
public record OwnRule(String id, String regex, int secretGroup, List<String> keywords, double entropy,
        List<Allowlist> allowlists) {
    public OwnRule {
        keywords = List.copyOf(keywords);
        allowlists = List.copyOf(allowlists);
    }
}
