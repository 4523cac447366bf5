package io.mnemosyne.index;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * The index's settings and mapping, of the current version.
 *
 * @param alias name under which the index is searched
 * @param refreshMillis how soon a written document is found
 * @param model that the vectors are of
 * @param dimensions of the vectors
 */
record Template(String alias, long refreshMillis, String model, int dimensions) {
    /** A letter of a name, and what joins names to paths, versions and the like; regular expressions inside of JSON. */
    private static final Map<String, String> EXPRESSIONS = Map.of("letter", "[\\\\p{L}\\\\p{M}\\\\p{N}_$]", "joint",
            "[./:@#+~%\\\\\\\\-]");

    String name() {
        return alias + "-template";
    }

    Version version() {
        return Version.current(alias);
    }

    /** The index template as JSON. */
    String json() {
        return fill(fill(resource("template-v" + Version.CURRENT + ".json"), EXPRESSIONS),
                Map.of("alias", alias, "refresh",
                        refreshMillis + "ms", "model", model, "dimensions", Integer.toString(dimensions)));
    }

    private static String fill(String text, Map<String, String> values) {
        String filled = text;
        for (Map.Entry<String, String> value : values.entrySet()) {
            filled = filled.replace("${" + value.getKey() + "}", value.getValue());
        }
        return filled;
    }

    private static String resource(String name) {
        try (InputStream stream = Template.class.getResourceAsStream(name)) {
            if (stream == null) {
                throw new IllegalStateException("the module lacks its resource " + name);
            }
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
