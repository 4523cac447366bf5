package io.mnemosyne.core.redact;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;

/**
 * What a user adds to the built-in rules and takes away from them.
 *
 * @param builtIn whether the built-in rules stay
 * @param disabled names of built-in rules that do not
 * @param allowlists what no rule finds, neither built-in nor own
 */
public record OwnRules(List<OwnRule> rules, boolean builtIn, Set<String> disabled, List<Allowlist> allowlists) {
    /** The built-in rules as they are. */
    public static final OwnRules NONE = new OwnRules(List.of(), true, Set.of(), List.of());
    private static final Pattern NAME = Pattern.compile("[a-z0-9-]{1,30}");

    public OwnRules {
        rules = List.copyOf(rules);
        disabled = Set.copyOf(disabled);
        allowlists = List.copyOf(allowlists);
    }

    /** Everything that is wrong, each with the rule that it is wrong in and what to do; empty if they can be used. */
    public List<String> problems() {
        List<String> problems = new ArrayList<>();
        Set<String> ids = new HashSet<>();
        for (OwnRule rule : rules) {
            String place = "rule '" + rule.id() + "': ";
            if (!NAME.matches(rule.id())) {
                problems.add(place + "the id is shown in marks and must be 1 to 30 of a-z, 0-9 and '-': rename it");
            }
            if (!ids.add(rule.id())) {
                problems.add(place + "the id is given twice: rename one of the rules");
            }
            expression(rule.regex(), place + "regex", problems);
            checkGroup(rule, place, problems);
            if (rule.keywords().stream().anyMatch(String::isBlank)) {
                problems.add(place + "a keyword is empty: remove it, or all keywords to search every text");
            }
            rule.allowlists().forEach(list -> check(list, place, problems));
        }
        allowlists.forEach(list -> check(list, "global allowlist: ", problems));
        Set<String> known = RuleSet.builtInNames();
        disabled.stream().filter(name -> !known.contains(name)).sorted()
                .forEach(name -> problems.add("disabledRules has '" + name
                        + "', which is no built-in rule: remove it, or take the name from a mark"));
        return List.copyOf(problems);
    }

    private static void checkGroup(OwnRule rule, String place, List<String> problems) {
        try {
            int groups = Pattern.compile(rule.regex()).groupCount();
            if (rule.secretGroup() < 0 || rule.secretGroup() > groups) {
                problems.add(place + "secretGroup is " + rule.secretGroup() + ", but the regex has " + groups
                        + " groups: give a number from 0 to " + groups);
            }
        } catch (PatternSyntaxException e) {
            // Told as a problem of the expression.
        }
    }

    private static void check(Allowlist list, String place, List<String> problems) {
        list.regexes().forEach(regex -> expression(regex, place + "a regex of an allowlist", problems));
        if (Stream.concat(list.regexes().stream(), list.stopwords().stream()).anyMatch(String::isEmpty)) {
            problems.add(place + "an allowlist has an empty regex or stopword, which allows everything: remove it");
        }
    }

    private static void expression(String regex, String place, List<String> problems) {
        try {
            if (regex.isEmpty()) {
                problems.add(place + " is empty: give an expression");
            }
            Pattern.compile(regex);
        } catch (PatternSyntaxException e) {
            problems.add(place + " cannot be compiled: " + e.getMessage()
                    + "; it must be one of RE2, which has no look-around and no back references");
        }
    }
}
