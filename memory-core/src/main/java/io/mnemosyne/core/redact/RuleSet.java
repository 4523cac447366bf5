package io.mnemosyne.core.redact;

import java.util.ArrayList;
import java.util.List;

/** The rules of redaction, made ready for searching. Immutable, and the same for all tenants. */
public final class RuleSet {
    private static final RuleSet BUILT_IN = new RuleSet(builtInFinders());
    private final List<Finder> finders;
    private final Keywords keywords;

    RuleSet(List<? extends Finder> finders) {
        this.finders = List.copyOf(finders);
        this.keywords = new Keywords(finders);
    }

    /** The rules that Mnemosyne brings along. */
    public static RuleSet builtIn() {
        return BUILT_IN;
    }

    List<Finder> finders() {
        return finders;
    }

    /** What is found in a text in one look. */
    Round look(String text, byte[] tenantKey, Work work) {
        Round round = new Round(text, tenantKey, work);
        keywords.in(text).forEach((finder, hits) -> finders.get(finder).find(text, hits, work, round));
        return round;
    }

    /** Most specific first. */
    private static List<Finder> builtInFinders() {
        List<Finder> finders = new ArrayList<>();
        RuleTable.FAMILIES.forEach(family -> finders.addAll(RuleTable.patterns(family)));
        List<Naming> namings = new ArrayList<>(RuleTable.vendors());
        namings.addAll(SecretNames.ALL);
        finders.add(new NamedValueFinder(namings));
        return finders;
    }
}
