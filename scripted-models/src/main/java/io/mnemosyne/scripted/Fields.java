package io.mnemosyne.scripted;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import com.fasterxml.jackson.databind.JsonNode;

/** An object of a request, whose fields are checked while they are read. */
final class Fields {
    private final JsonNode node;
    private final String path;
    private final Words words;

    private Fields(JsonNode node, String path, Words words) {
        this.node = node;
        this.path = path;
        this.words = words;
    }

    static Fields of(JsonNode node, String path, Words words, Set<String> known) throws Problem {
        if (!node.isObject()) {
            throw words.invalid(path, "a valid dictionary");
        }
        for (var name : (Iterable<String>) node::fieldNames) {
            if (!known.contains(name)) {
                throw words.unknown(words.at(path, name));
            }
        }
        return new Fields(node, path, words);
    }

    Optional<JsonNode> find(String name) {
        return Optional.ofNullable(node.get(name)).filter(value -> !value.isNull());
    }

    JsonNode get(String name) throws Problem {
        return find(name).orElseThrow(() -> words.missing(words.at(path, name)));
    }

    Fields object(String name, Set<String> known) throws Problem {
        return of(get(name), words.at(path, name), words, known);
    }

    String text(String name) throws Problem {
        JsonNode value = get(name);
        if (!value.isTextual()) {
            throw words.invalid(words.at(path, name), "a valid string");
        }
        return value.textValue();
    }

    /** One of some texts, or nothing. */
    void oneOf(String name, Set<String> allowed) throws Problem {
        if (!allowed.contains(text(name))) {
            throw words.invalid(words.at(path, name), "one of " + allowed.stream().sorted().toList());
        }
    }

    Optional<Integer> count(String name) throws Problem {
        Optional<JsonNode> value = find(name);
        if (value.isPresent() && (!value.get().canConvertToInt() || value.get().intValue() < 1)) {
            throw words.invalid(words.at(path, name), "an integer greater than or equal to 1");
        }
        return value.map(JsonNode::intValue);
    }

    void between(String name, double min, double max) throws Problem {
        Optional<JsonNode> value = find(name);
        if (value.isPresent()
                && (!value.get().isNumber() || value.get().doubleValue() < min || value.get().doubleValue() > max)) {
            throw words.invalid(words.at(path, name), "a number from " + min + " to " + max);
        }
    }

    boolean flag(String name) throws Problem {
        Optional<JsonNode> value = find(name);
        if (value.isPresent() && !value.get().isBoolean()) {
            throw words.invalid(words.at(path, name), "a valid boolean");
        }
        return value.map(JsonNode::booleanValue).orElse(false);
    }

    List<Fields> objects(String name, Set<String> known) throws Problem {
        JsonNode values = get(name);
        String place = words.at(path, name);
        if (!values.isArray() || values.isEmpty()) {
            throw words.invalid(place, "an array of at least 1 element");
        }
        List<Fields> objects = new ArrayList<>();
        for (int index = 0; index < values.size(); index++) {
            objects.add(of(values.get(index), words.at(place, index), words, known));
        }
        return objects;
    }

    /** A text that is not empty: a string, or a list of text blocks. */
    String content(String name, Set<String> knownInBlock) throws Problem {
        String text = get(name).isTextual() ? text(name) : blocks(objects(name, knownInBlock));
        if (text.isBlank()) {
            throw words.invalid(words.at(path, name), "non-empty content");
        }
        return text;
    }

    private String blocks(List<Fields> blocks) throws Problem {
        var all = new StringBuilder();
        for (Fields block : blocks) {
            block.oneOf("type", Set.of("text"));
            String text = block.text("text");
            if (text.isBlank()) {
                throw words.invalid(words.at(block.path, "text"), "non-empty: text content blocks must be non-empty");
            }
            if (block.find("cache_control").isPresent()) {
                block.object("cache_control", Set.of("type", "ttl")).oneOf("type", Set.of("ephemeral"));
            }
            all.append(text);
        }
        return all.toString();
    }

    Problem problem(String name, String expected) {
        return words.invalid(words.at(path, name), expected);
    }
}
