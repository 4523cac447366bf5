package io.mnemosyne.launcher.config;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.toml.TomlMapper;

import io.mnemosyne.launcher.config.Key.Kind;

/** Reads the file and lays the environment over it. Keys that do not exist are problems. */
final class Sources {
    private static final Map<String, Key> BY_NAME = Keys.ALL.stream()
            .collect(Collectors.toUnmodifiableMap(Key::name, key -> key));
    private static final Map<String, Key> BY_VARIABLE = Keys.ALL.stream()
            .collect(Collectors.toUnmodifiableMap(Key::variable, key -> key));
    private static final List<String> VARIABLE_SECTIONS = Keys.ALL.stream()
            .map(key -> Key.ENVIRONMENT_PREFIX + key.section().toUpperCase(Locale.ROOT) + "_").distinct().toList();
    /** Sections whose tables have free names. */
    private static final Set<String> TABLE_SECTIONS = ModelKeys.IN_TABLES.stream().map(Key::section)
            .collect(Collectors.toUnmodifiableSet());
    private static final String CLIENT_VARIABLES = Key.ENVIRONMENT_PREFIX + "KAFKA_CLIENT_";

    private final Problems problems;

    Sources(Problems problems) {
        this.problems = problems;
    }

    /** Values by key name; those below {@link Keys#CLIENT_PREFIX} included. */
    Map<String, String> read(Optional<Path> file, Map<String, String> environment) {
        Map<String, String> values = new TreeMap<>();
        file.ifPresent(path -> values.putAll(fromFile(path)));
        values.putAll(fromEnvironment(environment));
        return values;
    }

    private Map<String, String> fromFile(Path file) {
        Map<String, String> values = new HashMap<>();
        try {
            flatten("", new TomlMapper().readTree(file.toFile()), values);
        } catch (IOException e) {
            problems.add("cannot read " + file + ": " + e.getMessage());
        }
        values.keySet().removeIf(name -> !isUsable(name, file));
        return values;
    }

    private boolean isUsable(String name, Path file) {
        Key key = BY_NAME.get(name);
        if (key != null && key.kind() == Kind.SECRET) {
            problems.add("%s in %s is a secret: set %s, or name a file with %s-file".formatted(name, file,
                    key.variable(), name));
        } else if (KafkaClientSecrets.isSecret(name)) {
            problems.add("%s in %s is a secret: set %s".formatted(name, file, CLIENT_VARIABLES
                    + name.substring(Keys.CLIENT_PREFIX.length()).toUpperCase(Locale.ROOT).replace('.', '_')));
        } else if (TABLE_SECTIONS.contains(section(name))) {
            return isInTable(name, file);
        } else if (key == null && !name.startsWith(Keys.CLIENT_PREFIX)) {
            problems.add("%s in %s is no setting: did you mean %s?".formatted(name, file,
                    KnownNames.nearest(name, BY_NAME.keySet())));
        } else {
            return true;
        }
        return false;
    }

    /** Such as {@code tenants.acme.observer}, where the name between may hold dots of its own. */
    private boolean isInTable(String name, Path file) {
        String section = section(name);
        String table = name.substring(section.length(), name.lastIndexOf('.'));
        if (table.length() < 2) {
            problems.add("%s in %s stands in no table: write it below [%s.%s]".formatted(name, file, section,
                    Key.FREE_NAME));
            return false;
        }
        List<String> known = ModelKeys.IN_TABLES.stream().filter(key -> key.section().equals(section))
                .map(key -> key.in(table.substring(1)).name()).toList();
        if (!known.contains(name)) {
            problems.add("%s in %s is no setting: did you mean %s?".formatted(name, file,
                    KnownNames.nearest(name, known)));
        }
        return known.contains(name);
    }

    private static String section(String name) {
        return name.substring(0, Math.max(0, name.indexOf('.')));
    }

    private Map<String, String> fromEnvironment(Map<String, String> environment) {
        Map<String, String> values = new HashMap<>();
        environment.forEach((variable, value) -> {
            Key key = BY_VARIABLE.get(variable);
            if (key != null) {
                values.put(key.name(), value);
            } else if (variable.startsWith(CLIENT_VARIABLES)) {
                values.put(Keys.CLIENT_PREFIX + variable.substring(CLIENT_VARIABLES.length()).toLowerCase(Locale.ROOT)
                        .replace('_', '.'), value);
            } else if (TABLE_SECTIONS.stream().anyMatch(section -> variable
                    .startsWith(Key.ENVIRONMENT_PREFIX + section.toUpperCase(Locale.ROOT) + "_"))) {
                problems.add("the environment variable %s is no setting: tenants and prices have tables in the file"
                        .formatted(variable));
            } else if (VARIABLE_SECTIONS.stream().anyMatch(variable::startsWith)) {
                problems.add("the environment variable %s is no setting: did you mean %s?".formatted(variable,
                        KnownNames.nearest(variable, BY_VARIABLE.keySet())));
            }
        });
        return values;
    }

    private static void flatten(String name, JsonNode node, Map<String, String> values) {
        if (node.isObject()) {
            node.properties().forEach(entry -> flatten(name.isEmpty() ? entry.getKey() : name + "." + entry.getKey(),
                    entry.getValue(), values));
        } else if (node.isArray()) {
            values.put(name, StreamSupport.stream(node.spliterator(), false).map(JsonNode::asText)
                    .collect(Collectors.joining(",")));
        } else {
            values.put(name, node.asText());
        }
    }
}
