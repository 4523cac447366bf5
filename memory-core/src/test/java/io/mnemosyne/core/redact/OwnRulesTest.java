package io.mnemosyne.core.redact;

import java.util.List;
import java.util.Set;

import org.junit.jupiter.api.Test;

import io.mnemosyne.core.redact.Allowlist.Target;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class OwnRulesTest {
    private static final String SECRET = Example.of("packages").getFirst().text(1);

    @Test
    void shouldFindWhatAnOwnRuleMatchesAnywhereBehindOrBeforeItsKeyword() {
        // given
        OwnRule rule = rule("acme", "([A-Z]{4}-[0-9]{6})(?: of ACME)?", "acme");
        // when, then
        assertThat(redacted("ABCD-123456 of Acme", rule)).matches("\\[REDACTED:acme:[0-9a-f]{8}\\] of Acme");
        assertThat(redacted("ACME's is ABCD-123456.", rule)).matches("ACME's is \\[REDACTED:acme:[0-9a-f]{8}\\]\\.");
        assertThat(redacted("ABCD-123456 of nobody", rule)).isEqualTo("ABCD-123456 of nobody");
    }

    @Test
    void shouldSearchEveryTextWhenARuleHasNoKeywords() {
        assertThat(redacted("x".repeat(9_000) + " ABCD-123456", rule("acme", "[A-Z]{4}-[0-9]{6}")))
                .contains(" [REDACTED:acme:");
    }

    @Test
    void shouldTakeTheGroupThatTheRuleNames() {
        // given
        OwnRule rule = new OwnRule("acme", "(key|token)-([a-z]+)-end", 2, List.of(), 0, List.of());
        // when, then
        assertThat(redacted("key-abc-end", rule)).matches("key-\\[REDACTED:acme:[0-9a-f]{8}\\]-end");
    }

    @Test
    void shouldLeaveWhatIsAllowedOrTooRegular() {
        // given
        OwnRule rule = new OwnRule("acme", "id ([a-z]{8})", 0, List.of("id "), 2,
                List.of(new Allowlist(Target.SECRET, List.of("^ab"), List.of("EXAMPLE"), false),
                        new Allowlist(Target.MATCH, List.of("^id z"), List.of(), false),
                        new Allowlist(Target.LINE, List.of("# ok$"), List.of(), false),
                        new Allowlist(Target.SECRET, List.of("^q"), List.of("wert"), true)));
        String left = "id abcdefgh\nid examples\nid zyxwvuts\nid gfedcbaz # ok\nid qwertyui\nid aabbaabb\n";
        // when, then
        assertThat(redacted(left + "id qzertyui", rule)).startsWith(left + "id [REDACTED:acme:");
    }

    @Test
    void shouldTakeAwayBuiltInRules() {
        // given
        Allowlist all = new Allowlist(Target.SECRET, List.of("^npm_"), List.of(), false);
        // when, then
        assertThat(redacted(SECRET, new OwnRules(List.of(), true, Set.of("npm"), List.of()))).isEqualTo(SECRET);
        assertThat(redacted(SECRET, new OwnRules(List.of(), false, Set.of(), List.of()))).isEqualTo(SECRET);
        assertThat(redacted(SECRET, new OwnRules(List.of(), true, Set.of(), List.of(all)))).isEqualTo(SECRET);
        assertThat(redacted(SECRET, OwnRules.NONE)).startsWith("[REDACTED:npm:");
    }

    @Test
    void shouldEndWhenARuleMatchesMarks() {
        // given
        OwnRule rule = rule("acme", "[A-Za-z0-9:-]{4,}|\\[");
        String once = redacted("some words [and more]", rule);
        // when, then
        assertThat(redacted(once, rule)).isEqualTo(once);
    }

    @Test
    void shouldReadEachCharacterABoundedNumberOfTimesWhateverTheExpression() {
        // given an expression that looks ahead to the end of the text for each match
        CredentialRedactor redactor = redactor(own(rule("acme", "(?s)a(?:.*b)?")));
        for (int length : List.of(1 << 13, 1 << 14)) {
            Work work = new Work();
            // when
            redactor.redact("a[".repeat(length / 2), work);
            // then
            assertThat(work.charactersRead()).isLessThan(600L * length);
        }
    }

    @Test
    void shouldTellAllProblemsAtOnceWithTheirRules() {
        // given
        OwnRules rules = new OwnRules(
                List.of(rule("Not A Mark", "a"), rule("look", "(?=a)b"), rule("twice", "a"), rule("twice", "b"),
                        new OwnRule("group", "(a)", 2, List.of(""), 0,
                                List.of(new Allowlist(Target.SECRET, List.of("("), List.of(), false)))),
                true, Set.of("no-such-rule"), List.of(new Allowlist(Target.LINE, List.of(""), List.of(), false)));
        // when, then
        assertThat(rules.problems()).hasSize(9).anyMatch(it -> it.startsWith("rule 'Not A Mark': the id is shown"))
                .anyMatch(it -> it.startsWith("rule 'look': regex cannot be compiled"))
                .anyMatch(it -> it.startsWith("rule 'twice': the id is given twice"))
                .anyMatch(it -> it.startsWith("rule 'group': secretGroup is 2, but the regex has 1 groups"))
                .anyMatch(it -> it.startsWith("rule 'group': a keyword is empty"))
                .anyMatch(it -> it.startsWith("rule 'group': a regex of an allowlist cannot be compiled"))
                .anyMatch(it -> it.startsWith("global allowlist: "))
                .anyMatch(it -> it.startsWith("disabledRules has 'no-such-rule'"));
        assertThatThrownBy(() -> RuleSet.of(rules)).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("rule 'look'").hasMessageContaining("rule 'group'");
    }

    private static OwnRule rule(String id, String regex, String... keywords) {
        return new OwnRule(id, regex, 0, List.of(keywords), 0, List.of());
    }

    private static OwnRules own(OwnRule rule) {
        return new OwnRules(List.of(rule), false, Set.of(), List.of());
    }

    private static String redacted(String text, OwnRule rule) {
        return redacted(text, own(rule));
    }

    private static String redacted(String text, OwnRules rules) {
        return redactor(rules).redact(text).value();
    }

    private static CredentialRedactor redactor(OwnRules rules) {
        return new CredentialRedactor("a tenant's key".getBytes(UTF_8), RuleSet.of(rules));
    }
}
