package io.mnemosyne.launcher.config;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.toml.TomlMapper;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.mnemosyne.core.redact.Allowlist;
import io.mnemosyne.core.redact.OwnRule;
import io.mnemosyne.core.redact.OwnRules;

/**
 * Reads a user's own rules of redaction in the format of gitleaks. What speaks of files and commits is passed over, because
 * a turn has neither. Everything that is wrong is told.
 */
final class RuleFile {
    private static final Logger LOG = LoggerFactory.getLogger(RuleFile.class);
    private static final Set<String> TOP = Set.of("title", "description", "minVersion", "extend", "allowlist",
            "allowlists", "rules");
    private static final Set<String> EXTEND = Set.of("useDefault", "disabledRules");
    private static final Set<String> RULE = Set.of("id", "description", "regex", "secretGroup", "entropy", "keywords",
            "tags", "path", "allowlist", "allowlists");
    private static final Set<String> ALLOWLIST = Set.of("description", "condition", "regexTarget", "regexes",
            "stopwords", "paths", "commits");
    private static final Set<String> PASSED_OVER = Set.of("path", "paths", "commits");

    private final Path file;
    private final Problems problems;

    private RuleFile(Path file, Problems problems) {
        this.file = file;
        this.problems = problems;
    }

    /** The rules of a file; the built-in ones alone if anything is wrong with it. */
    static OwnRules read(Path file, Problems problems) {
        List<String> wrong = new ArrayList<>();
        try {
            OwnRules rules = new RuleFile(file, new Problems(wrong)).rules(new TomlMapper().readTree(file.toFile()));
            wrong.addAll(rules.problems());
            if (wrong.isEmpty()) {
                return rules;
            }
        } catch (IOException e) {
            wrong.add("cannot be read: " + e.getMessage());
        }
        wrong.forEach(problem -> problems.add(Keys.REDACTION_RULES.name() + ": " + file + ": " + problem));
        return OwnRules.NONE;
    }

    private OwnRules rules(JsonNode root) {
        check(root, TOP, "the file");
        JsonNode extend = root.path("extend");
        check(extend, EXTEND, "[extend]");
        List<OwnRule> rules = new ArrayList<>();
        for (JsonNode rule : tables(root.path("rules"), "rules")) {
            rules.add(rule(rule, "rule " + (rule.has("id")
                    ? "'" + rule.path("id").asText() + "'"
                    : "number " + (rules.size() + 1))));
        }
        return new OwnRules(rules, bool(extend, "useDefault", "[extend]"),
                new HashSet<>(texts(extend, "disabledRules", "[extend]")), allowlists(root, "the file"));
    }

    private OwnRule rule(JsonNode rule, String place) {
        check(rule, RULE, place);
        for (String key : List.of("id", "regex")) {
            if (!rule.path(key).isTextual()) {
                problems.add(place + " has no " + key + ": give one" + (key.equals("regex")
                        ? "; what is known by its path alone cannot be found in turns"
                        : ", which is shown in marks"));
            }
        }
        return new OwnRule(rule.path("id").asText("unnamed"), rule.path("regex").asText("."),
                (int) number(rule, "secretGroup", place), texts(rule, "keywords", place),
                number(rule, "entropy", place), allowlists(rule, place));
    }

    private List<Allowlist> allowlists(JsonNode owner, String place) {
        return Stream.concat(owner.has("allowlist") ? Stream.of(owner.path("allowlist")) : Stream.of(),
                tables(owner.path("allowlists"), "allowlists of " + place).stream())
                .map(list -> allowlist(list, "allowlist of " + place)).toList();
    }

    private Allowlist allowlist(JsonNode list, String place) {
        check(list, ALLOWLIST, place);
        return new Allowlist(switch (list.path("regexTarget").asText("secret")) {
            case "secret" -> Allowlist.Target.SECRET;
            case "match" -> Allowlist.Target.MATCH;
            case "line" -> Allowlist.Target.LINE;
            default -> {
                problems.add(place + ": regexTarget is '" + list.path("regexTarget").asText()
                        + "' and must be secret, match or line");
                yield Allowlist.Target.SECRET;
            }
        }, texts(list, "regexes", place), texts(list, "stopwords", place),
                switch (list.path("condition").asText("OR")) {
                    case "OR", "||" -> false;
                    case "AND", "&&" -> true;
                    default -> {
                        problems.add(place + ": condition is '" + list.path("condition").asText()
                                + "' and must be OR or AND");
                        yield false;
                    }
                });
    }

    private void check(JsonNode table, Set<String> known, String place) {
        table.fieldNames().forEachRemaining(key -> {
            if (!known.contains(key)) {
                problems.add("%s has '%s', which is no key here: did you mean %s?".formatted(place, key,
                        KnownNames.nearest(key, known)));
            } else if (PASSED_OVER.contains(key)) {
                LOG.warn("{}: {} has '{}', which is passed over because turns have no files and commits", file, place,
                        key);
            }
        });
    }

    private List<JsonNode> tables(JsonNode tables, String name) {
        if (!tables.isMissingNode() && !tables.isArray()) {
            problems.add(name + " must be tables in double brackets, such as [[rules]]");
            return List.of();
        }
        List<JsonNode> all = new ArrayList<>();
        tables.forEach(all::add);
        return all;
    }

    private List<String> texts(JsonNode table, String key, String place) {
        JsonNode list = table.path(key);
        List<String> texts = new ArrayList<>();
        list.forEach(text -> texts.add(text.asText()));
        if (!list.isMissingNode() && !list.isArray()) {
            problems.add("%s: %s must be a list of texts".formatted(place, key));
        }
        return texts;
    }

    private double number(JsonNode table, String key, String place) {
        JsonNode number = table.path(key);
        if (!number.isMissingNode() && !number.isNumber()) {
            problems.add("%s: %s must be a number".formatted(place, key));
        }
        return number.asDouble(0);
    }

    private boolean bool(JsonNode table, String key, String place) {
        JsonNode value = table.path(key);
        if (!value.isMissingNode() && !value.isBoolean()) {
            problems.add("%s: %s must be true or false".formatted(place, key));
        }
        return value.asBoolean(true);
    }
}
