package io.mnemosyne.replay.recording;

import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;

import com.fasterxml.jackson.databind.JsonNode;

/** Looks into the arguments of a tool call. */
public final class ToolArguments {
    private static final List<String> PATHS = List.of("path", "file_path", "filePath", "filepath", "file", "filename",
            "file_name", "target_file", "test_file_path", "absolute_path", "notebook_path", "uri");

    private ToolArguments() {
    }

    /** The file that a call is about: its first argument with a usual name for one. */
    public static Optional<String> mainPath(JsonNode arguments) {
        return PATHS.stream().map(arguments::path).filter(JsonNode::isTextual).map(JsonNode::textValue)
                .filter(path -> !path.isEmpty()).findFirst();
    }

    /**
     * Every string and number inside of the arguments, in their order.
     *
     * @param leaf is given the name of the nearest field above, empty if there is none, and the value
     */
    public static void forEachLeaf(JsonNode arguments, BiConsumer<String, String> leaf) {
        visit("", arguments, leaf);
    }

    private static void visit(String name, JsonNode value, BiConsumer<String, String> leaf) {
        if (value.isTextual()) {
            leaf.accept(name, value.textValue());
        } else if (value.isNumber()) {
            leaf.accept(name, CanonicalJson.number(value));
        } else if (value.isObject()) {
            value.properties().forEach(field -> visit(field.getKey(), field.getValue(), leaf));
        } else if (value.isArray()) {
            value.forEach(element -> visit(name, element, leaf));
        }
    }
}
