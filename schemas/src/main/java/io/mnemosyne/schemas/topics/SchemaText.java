package io.mnemosyne.schemas.topics;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import org.apache.avro.Schema;

/** Schemas as the registry and other languages see them. */
final class SchemaText {
    private static final ObjectMapper JSON = new ObjectMapper();
    /** How generated classes ask for Java strings; it concerns nobody else and would change the registered text. */
    private static final String JAVA_STRING = "avro.java.string";

    private SchemaText() {
    }

    /** The schema as one self-contained JSON document, without hints to Java code generators. */
    static String of(Schema schema) {
        try {
            return JSON.writeValueAsString(withoutJavaHints(JSON.readTree(schema.toString())));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("Avro printed a schema that is no JSON: " + schema.getFullName(), e);
        }
    }

    private static JsonNode withoutJavaHints(JsonNode node) {
        if (node instanceof ObjectNode object) {
            object.remove(JAVA_STRING);
            if (object.size() == 1 && object.path("type").asText().equals("string")) {
                return TextNode.valueOf("string");
            }
            object.fieldNames().forEachRemaining(name -> object.set(name, withoutJavaHints(object.get(name))));
        } else if (node instanceof ArrayNode array) {
            for (int i = 0; i < array.size(); i++) {
                array.set(i, withoutJavaHints(array.get(i)));
            }
        }
        return node;
    }
}
