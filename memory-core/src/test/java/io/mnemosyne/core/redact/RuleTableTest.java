package io.mnemosyne.core.redact;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

class RuleTableTest {
    private static final int DRAWS = 5;
    private final CredentialRedactor redactor = new CredentialRedactor("a tenant's key".getBytes(UTF_8));

    @ParameterizedTest(name = "{0}")
    @MethodSource("positive")
    void shouldFindTheSecretOfAnExampleAndNothingElse(Example example) {
        for (int seed = 0; seed < DRAWS; seed++) {
            // given
            String drawn = "first: " + example.drawn(seed) + " .";
            // when
            List<Finding> findings = redactor.findings("first: " + example.text(seed) + " .");
            // then
            assertThat(findings).as(drawn).extracting(Finding::rule, Finding::start, Finding::end).containsExactly(
                    tuple(example.rule(), drawn.indexOf('«'),
                            drawn.indexOf('»') - 1));
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("negative")
    void shouldLeaveWhatOnlyLooksLikeAToken(Example example) {
        for (int seed = 0; seed < DRAWS; seed++) {
            assertThat(redactor.findings(example.text(seed))).as(example.text(seed)).extracting(Finding::rule)
                    .doesNotContain(example.rule());
        }
    }

    @Test
    void shouldHaveAnExampleForEachFormat() {
        // given each rule alone
        List<Example> positive = positive().toList();
        Set<String> negative = namesOf(negative());
        RuleTable.FAMILIES.forEach(family -> RuleTable.patterns(family).forEach(rule -> {
            RuleSet alone = new RuleSet(List.of(rule), List.of(), false);
            // then
            assertThat(positive.stream().filter(example -> example.rule().equals(rule.kind().name())))
                    .as("%s: %s", rule.kind().name(), rule.expression())
                    .anyMatch(it -> !alone.look(it.text(1), new byte[1], new Work()).findings().isEmpty());
            assertThat(negative).contains(rule.kind().name());
        }));
        assertThat(namesOf(Example.of("names").stream()))
                .isEqualTo(RuleTable.vendors().stream().map(it -> it.kind().name()).collect(Collectors.toSet()));
    }

    @Test
    void shouldKnowOverAHundredAndTwentyFormatsUnderNamesThatFitAMark() {
        // given
        List<String> names = Stream.concat(
                RuleTable.FAMILIES.stream().flatMap(family -> RuleTable.patterns(family).stream())
                        .map(rule -> rule.kind().name()),
                RuleTable.vendors().stream().map(it -> it.kind().name())).toList();
        Set<String> vendors = new HashSet<>(names);
        // then
        assertThat(vendors).hasSizeGreaterThan(120).allMatch(name -> name.matches("[a-z0-9-]{1,30}"));
        System.out.printf("redaction: %d formats of %d names%n", names.size(), vendors.size());
    }

    static Stream<Example> positive() {
        return Example.all().filter(Example::positive);
    }

    static Stream<Example> negative() {
        return Example.all().filter(example -> !example.positive());
    }

    private static Set<String> namesOf(Stream<Example> examples) {
        return examples.map(Example::rule).collect(Collectors.toSet());
    }
}
