package io.mnemosyne.scripted;

import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

import com.fasterxml.jackson.databind.JsonNode;

/** What a vendor demands of the JSON Schema of a structured output. */
final class SchemaRules {
    static final SchemaRules ANTHROPIC = new SchemaRules(false,
            Set.of("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf", "minLength", "maxLength",
                    "maxItems", "uniqueItems", "not", "if", "then", "else", "patternProperties"));
    static final SchemaRules OPENAI = new SchemaRules(true, Set.of("allOf", "not", "dependentRequired",
            "dependentSchemas", "if", "then", "else", "patternProperties", "uniqueItems"));

    private final boolean allRequired;
    private final Set<String> unsupported;

    private SchemaRules(boolean allRequired, Set<String> unsupported) {
        this.allRequired = allRequired;
        this.unsupported = unsupported;
    }

    /** What is wrong with a schema, in words; empty if nothing is. */
    Optional<String> wrong(JsonNode schema) {
        return "object".equals(schema.path("type").asText())
                ? wrong(schema, "schema")
                : Optional.of("schema: type must be 'object'");
    }

    private Optional<String> wrong(JsonNode schema, String path) {
        Optional<String> keyword = unsupported.stream().filter(schema::has).sorted().findFirst();
        if (keyword.isPresent()) {
            return Optional.of(path + ": '" + keyword.get() + "' is not supported");
        }
        Optional<String> object = schema.has("properties") ? wrongObject(schema, path) : Optional.empty();
        return object.or(() -> children(schema).entrySet().stream()
                .flatMap(child -> wrong(child.getValue(), path + "." + child.getKey()).stream()).findFirst());
    }

    private Optional<String> wrongObject(JsonNode schema, String path) {
        if (schema.path("additionalProperties").asBoolean(true)) {
            return Optional.of(path + ": 'additionalProperties' is required to be supplied and to be false");
        }
        Set<String> optional = new HashSet<>();
        schema.path("properties").fieldNames().forEachRemaining(optional::add);
        schema.path("required").forEach(name -> optional.remove(name.asText()));
        return allRequired && !optional.isEmpty()
                ? Optional.of(path + ": 'required' must include every key in properties, missing " + optional)
                : Optional.empty();
    }

    private static Map<String, JsonNode> children(JsonNode schema) {
        Map<String, JsonNode> children = new TreeMap<>();
        for (String group : Set.of("properties", "$defs")) {
            schema.path(group).properties()
                    .forEach(child -> children.put(group + "." + child.getKey(), child.getValue()));
        }
        if (schema.path("items").isObject()) {
            children.put("items", schema.path("items"));
        }
        for (int index = 0; index < schema.path("anyOf").size(); index++) {
            children.put("anyOf." + index, schema.path("anyOf").get(index));
        }
        return children;
    }
}
