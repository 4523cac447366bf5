package io.mnemosyne.index;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * The index's mapping and its version. A new version of the mapping makes a new index beside the old one; the alias says
 * which one is written and searched.
 *
 * @param alias name under which the index is used
 * @param refreshMillis how soon a written document is found
 * @param dimensions of the vectors
 */
record Template(String alias, long refreshMillis, int dimensions) {
    static final int VERSION = 2;
    /** A letter of a name, and what joins names to paths, versions and the like; regular expressions inside of JSON. */
    private static final Map<String, String> EXPRESSIONS = Map.of("letter", "[\\\\p{L}\\\\p{M}\\\\p{N}_$]", "joint",
            "[./:@#+~%\\\\\\\\-]");

    String name() {
        return alias + "-template";
    }

    String index() {
        return alias + "-v" + VERSION;
    }

    /** The index template as JSON. */
    String json() {
        return fill(fill(resource("template-v" + VERSION + ".json"), EXPRESSIONS), Map.of("alias", alias, "refresh",
                refreshMillis + "ms", "dimensions", Integer.toString(dimensions)));
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
