package io.mnemosyne.inference.prompts;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;

import io.mnemosyne.core.observe.Fence;
import io.mnemosyne.inference.chat.AnswerSchema;

/**
 * All that a prompt says in our own words, in sections, and the shape of its answer. Nothing of a conversation is ever filled
 * in but numbers; that goes into fences between the sections.
 *
 * @param version name of the resources, for example {@code observer-1}; a text once released never changes
 */
record Template(String version, Map<String, String> sections, AnswerSchema schema) {
    private static final Pattern SECTION = Pattern.compile("(?m)^=== (.+)\\n");

    /** @throws IllegalStateException if there are no such resources */
    static Template load(String version) {
        Map<String, String> sections = new LinkedHashMap<>();
        String text = resource(version + ".md").replace("{{fence}}", Fence.RULE);
        var heading = SECTION.matcher(text);
        boolean more = heading.find();
        while (more) {
            String name = heading.group(1);
            int start = heading.end();
            more = heading.find();
            sections.put(name, text.substring(start, more ? heading.start() : text.length()));
        }
        String name = version.substring(0, version.indexOf('-')) + "_answer";
        return new Template(version, sections, new AnswerSchema(name, resource(version + ".json").strip()));
    }

    /** Text of a section; ends with a newline unless it is empty. */
    String section(String name) {
        return Objects.requireNonNull(sections.get(name), () -> version + ".md has no section " + name);
    }

    /** A section with a number or a list of ours in the place of each name in double braces. */
    String section(String name, Map<String, ?> values) {
        String text = section(name);
        for (Map.Entry<String, ?> value : values.entrySet()) {
            text = text.replace("{{" + value.getKey() + "}}", String.valueOf(value.getValue()));
        }
        return text;
    }

    private static String resource(String name) {
        try (InputStream stream = Template.class.getResourceAsStream(name)) {
            if (stream == null) {
                throw new IllegalStateException("the prompt " + name + " is not on the class path beside "
                        + Template.class.getName() + ": build the module anew");
            }
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the prompt " + name, e);
        }
    }
}
