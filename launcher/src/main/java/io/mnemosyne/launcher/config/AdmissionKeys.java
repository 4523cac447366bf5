package io.mnemosyne.launcher.config;

import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

import io.mnemosyne.core.admit.AdmissionRules;
import io.mnemosyne.core.admit.AdmissionRules.Rule;
import io.mnemosyne.launcher.config.Key.Kind;

/** The settings of admission. */
final class AdmissionKeys {
    private static final AdmissionRules STANDARD = AdmissionRules.DEFAULT;

    private static final Key THRESHOLD = decimal("threshold", STANDARD.threshold(),
            "Score from which on an object is kept at hand and embedded, 0 to 1. Everything is stored either way.");
    private static final Key TYPE = decimal("type-weight", STANDARD.type(),
            "Weight of what an object is. The four weights add up to 1.");
    private static final Key NOVELTY = decimal("novelty-weight", STANDARD.novelty(),
            "Weight of how much of an object's text is new.");
    private static final Key UTILITY = decimal("utility-weight", STANDARD.utility(),
            "Weight of what a later turn could want of an object.");
    private static final Key RECENCY = decimal("recency-weight", STANDARD.recency(),
            "Weight of how new an object is, the same for all when they are cut.");
    private static final Key OFF = new Key("admission.off", Kind.LIST, "",
            "Rules that turn nothing down: `duplicate`, `routine`, `procedural`.");

    static final List<Key> ALL = List.of(THRESHOLD, TYPE, NOVELTY, UTILITY, RECENCY, OFF);

    private AdmissionKeys() {
    }

    static AdmissionRules read(Values values, Problems problems) {
        try {
            return new AdmissionRules(values.decimal(THRESHOLD), values.decimal(TYPE), values.decimal(NOVELTY),
                    values.decimal(UTILITY), values.decimal(RECENCY), off(values, problems));
        } catch (IllegalArgumentException e) {
            problems.add("the settings of admission do not fit together: " + e.getMessage());
            return STANDARD;
        }
    }

    private static Set<Rule> off(Values values, Problems problems) {
        Set<Rule> off = EnumSet.noneOf(Rule.class);
        for (String name : values.list(OFF)) {
            try {
                off.add(Rule.valueOf(name.toUpperCase(Locale.ROOT)));
            } catch (IllegalArgumentException e) {
                problems.add(OFF.name() + " has '" + name + "', which must be duplicate, routine or procedural");
            }
        }
        return off;
    }

    private static Key decimal(String name, double standard, String meaning) {
        return new Key("admission." + name, Kind.DECIMAL, Double.toString(standard), meaning);
    }
}
