package io.mnemosyne.schemas;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.TextNode;

/**
 * A second decoder, written from the Avro specification and sharing no code with the library that the serdes use. Records
 * become maps, logical types stay numbers.
 */
public final class SpecDecoder {
    private final Map<String, JsonNode> named = new HashMap<>();
    private final JsonNode schema;

    public SpecDecoder(String schemaJson) {
        try {
            this.schema = new ObjectMapper().readTree(schemaJson);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("the schema is no JSON", e);
        }
    }

    /** The value that follows, which has to end with the buffer. */
    public Object decode(ByteBuffer bytes) {
        Object value = decode(schema, bytes.order(ByteOrder.LITTLE_ENDIAN));
        if (bytes.hasRemaining()) {
            throw new IllegalArgumentException(bytes.remaining() + " bytes too many");
        }
        return value;
    }

    private Object decode(JsonNode type, ByteBuffer bytes) {
        if (type.isArray()) {
            return decode(type.get(Math.toIntExact(zigzag(bytes))), bytes);
        }
        String name = type.isTextual() ? type.asText() : type.get("type").asText();
        return switch (name) {
            case "null" -> null;
            case "boolean" -> bytes.get() == 1;
            case "int", "long" -> zigzag(bytes);
            case "float" -> bytes.getFloat();
            case "double" -> bytes.getDouble();
            case "string" -> string(bytes);
            case "record" -> record(remember(type), bytes);
            case "enum" -> remember(type).get("symbols").get(Math.toIntExact(zigzag(bytes))).asText();
            case "array" -> blocks(type.get("items"), bytes);
            case "map" -> entries(type.get("values"), bytes);
            default -> decode(named.get(name.substring(name.lastIndexOf('.') + 1)), bytes);
        };
    }

    private JsonNode remember(JsonNode type) {
        named.put(type.get("name").asText(), type);
        return type;
    }

    private Map<String, Object> record(JsonNode type, ByteBuffer bytes) {
        // a type is named where it is written first, even in a branch that this value does not take
        type.findParents("symbols").forEach(this::remember);
        type.findParents("fields").forEach(this::remember);
        Map<String, Object> record = new LinkedHashMap<>();
        type.get("fields").forEach(field -> record.put(field.get("name").asText(), decode(field.get("type"), bytes)));
        return record;
    }

    private List<Object> blocks(JsonNode items, ByteBuffer bytes) {
        List<Object> values = new ArrayList<>();
        for (long count = blockSize(bytes); count != 0; count = blockSize(bytes)) {
            for (long i = 0; i < count; i++) {
                values.add(decode(items, bytes));
            }
        }
        return values;
    }

    private Map<String, Object> entries(JsonNode values, ByteBuffer bytes) {
        Map<String, Object> map = new LinkedHashMap<>();
        for (long count = blockSize(bytes); count != 0; count = blockSize(bytes)) {
            for (long i = 0; i < count; i++) {
                map.put((String) decode(TextNode.valueOf("string"), bytes), decode(values, bytes));
            }
        }
        return map;
    }

    /** A negative count is followed by the size of the block in bytes. */
    private static long blockSize(ByteBuffer bytes) {
        long count = zigzag(bytes);
        if (count < 0) {
            zigzag(bytes);
        }
        return Math.abs(count);
    }

    private static String string(ByteBuffer bytes) {
        byte[] text = new byte[Math.toIntExact(zigzag(bytes))];
        bytes.get(text);
        return new String(text, StandardCharsets.UTF_8);
    }

    private static long zigzag(ByteBuffer bytes) {
        long raw = 0;
        int shift = 0;
        byte next;
        do {
            next = bytes.get();
            raw |= (next & 0x7fL) << shift;
            shift += 7;
        } while (next < 0);
        return (raw >>> 1) ^ -(raw & 1);
    }
}
