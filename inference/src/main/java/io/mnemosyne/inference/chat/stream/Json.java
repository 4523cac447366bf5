package io.mnemosyne.inference.chat.stream;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import org.jspecify.annotations.Nullable;

/** Between JSON and the values of SDKs, each of which has classes of its own for it. */
public final class Json {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private Json() {
    }

    /**
     * The fields of an object, each as an SDK carries it.
     *
     * @throws IllegalArgumentException if this is no JSON object
     */
    public static <V> Map<String, V> fields(String json, Function<JsonNode, V> value) {
        try {
            Map<String, V> fields = new LinkedHashMap<>();
            MAPPER.readTree(json).properties()
                    .forEach(field -> fields.put(field.getKey(), value.apply(field.getValue())));
            return fields;
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("a schema is not valid JSON", e);
        }
    }

    /** What an SDK read; a missing node if it could not, as when an error is a page of HTML. */
    public static JsonNode node(Supplier<@Nullable Object> value) {
        try {
            return MAPPER.valueToTree(value.get());
        } catch (RuntimeException _) {
            return MissingNode.getInstance();
        }
    }
}
