package io.mnemosyne.core.redact;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.stream.Stream;

import com.google.re2j.Pattern;

/**
 * The built-in rules, read from tables beside this class: one rule on a line, in columns, sorted by family. A line that
 * starts with {@code #} is a remark.
 */
final class RuleTable {
    /** In the order in which they take what they find. */
    static final List<String> FAMILIES = List.of("keys", "cloud", "code", "models", "payment", "messaging", "data",
            "observability", "packages", "services", "frames");
    private static final String NAMES = "names";
    private static final int COLUMNS = 3;
    /** What tables write as {@code <uuid>}. */
    private static final String UUID = "[0-9A-Fa-f]{8}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{12}";

    private RuleTable() {
    }

    /** Tokens that are known by their first characters, and values that are known by the frame around them. */
    static List<PatternFinder> patterns(String family) {
        return rows(family).map(row -> PatternFinder
                .of(new Kind(row.get(0), Plausible.named(row.get(1))), row.get(2))).toList();
    }

    /** Values that are known by the name of the vendor in their key, and by their form. */
    static List<Naming> vendors() {
        return rows(NAMES).map(row -> new Naming(new Kind(row.get(0), formed(row.get(2))),
                Arrays.asList(row.get(1).split(",", -1)), true)).toList();
    }

    private static Predicate<String> formed(String expression) {
        Pattern form = Pattern.compile(expression);
        return value -> form.matches(value) && Plausible.generated(value);
    }

    private static Stream<List<String>> rows(String table) {
        List<List<String>> rows = new ArrayList<>();
        for (String line : text(table + ".rules").lines().toList()) {
            if (!line.isBlank() && !line.startsWith("#")) {
                List<String> row = Arrays.asList(line.strip().split(" +", COLUMNS)).stream()
                        .map(column -> column.replace("<uuid>", UUID)).toList();
                if (row.size() < COLUMNS) {
                    throw new IllegalStateException("the line '" + line + "' of " + table
                            + ".rules has fewer than three columns: name, check or keys, expression");
                }
                rows.add(row);
            }
        }
        return rows.stream();
    }

    private static String text(String resource) {
        try (InputStream in = Objects.requireNonNull(RuleTable.class.getResourceAsStream(resource), resource)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
