package io.mnemosyne.core.redact;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The rules of redaction, made ready for searching. Immutable, and the same for all tenants. */
public final class RuleSet {
    /** Most specific first. */
    private static final List<PatternFinder> PATTERNS = RuleTable.FAMILIES.stream()
            .flatMap(family -> RuleTable.patterns(family).stream()).toList();
    private static final List<Naming> NAMINGS = Stream.concat(RuleTable.vendors().stream(), SecretNames.ALL.stream())
            .toList();
    private static final RuleSet BUILT_IN = of(OwnRules.NONE);
    private final List<Finder> finders;
    private final Keywords keywords;
    private final List<Allowed> allowlists;
    private final boolean decodes;

    RuleSet(List<? extends Finder> finders, List<Allowed> allowlists, boolean decodes) {
        this.finders = List.copyOf(finders);
        this.keywords = new Keywords(finders);
        this.allowlists = allowlists;
        this.decodes = decodes;
    }

    /** The rules that Mnemosyne brings along. */
    public static RuleSet builtIn() {
        return BUILT_IN;
    }

    /**
     * The built-in rules with a user's own, which come first.
     *
     * @throws IllegalArgumentException if these have {@link OwnRules#problems()}
     */
    public static RuleSet of(OwnRules own) {
        List<String> problems = own.problems();
        if (!problems.isEmpty()) {
            throw new IllegalArgumentException(String.join("; ", problems));
        }
        List<Finder> finders = new ArrayList<>();
        own.rules().forEach(rule -> finders.add(OwnFinder.of(rule)));
        if (own.builtIn()) {
            PATTERNS.stream().filter(rule -> !own.disabled().contains(rule.kind().name())).forEach(finders::add);
            finders.add(new NamedValueFinder(NAMINGS.stream()
                    .filter(naming -> !own.disabled().contains(naming.kind().name())).toList()));
        }
        return new RuleSet(finders, own.allowlists().stream().map(Allowed::of).toList(),
                !own.disabled().contains(Base64Finder.NAME));
    }

    /** Names of the built-in rules, sorted. */
    public static Set<String> builtInNames() {
        Set<String> names = Stream
                .concat(PATTERNS.stream().map(PatternFinder::kind), NAMINGS.stream().map(Naming::kind)).map(Kind::name)
                .collect(Collectors.toCollection(TreeSet::new));
        names.add(Base64Finder.NAME);
        return names;
    }

    List<Finder> finders() {
        return finders;
    }

    /** What is found in a text in one look. */
    Round look(String text, byte[] tenantKey, Work work) {
        Round round = new Round(text, tenantKey, allowlists, work);
        find(text, work, round);
        if (decodes) {
            new Base64Finder(decoded -> hasSecret(decoded, work)).find(text, work, round);
        }
        return round;
    }

    private boolean hasSecret(String text, Work work) {
        Round round = new Round(text, new byte[1], allowlists, work);
        find(text, work, round);
        return !round.findings().isEmpty();
    }

    private void find(String text, Work work, Round round) {
        keywords.in(text).forEach((finder, hits) -> finders.get(finder).find(text, hits, work, round));
    }
}
