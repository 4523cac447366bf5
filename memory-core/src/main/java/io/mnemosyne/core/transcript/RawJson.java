package io.mnemosyne.core.transcript;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;

/**
 * Takes JSON apart one level at a time and leaves the pieces as they were written, so that key order, number format and
 * escapes of what is only carried along survive to the byte.
 */
public final class RawJson {
    /** Longer than any record can be. */
    private static final int MAX_STRING = 64 << 20;
    private static final JsonFactory FACTORY = JsonFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .streamReadConstraints(StreamReadConstraints.builder().maxStringLength(MAX_STRING).build()).build();

    private RawJson() {
    }

    /**
     * The fields of a JSON object by name, each value as it was written.
     *
     * @throws InvalidTurnException if the text is not one JSON object and nothing else
     */
    public static Map<String, String> fields(String json) throws InvalidTurnException {
        Map<String, String> fields = new LinkedHashMap<>();
        parse(json, JsonToken.START_OBJECT, "an object", parser -> {
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                String name = parser.currentName();
                parser.nextToken();
                fields.put(name, slice(json, parser));
            }
        });
        return fields;
    }

    /**
     * The elements of a JSON array, each as it was written.
     *
     * @throws InvalidTurnException if the text is not one JSON array and nothing else
     */
    public static List<String> elements(String json) throws InvalidTurnException {
        List<String> elements = new ArrayList<>();
        parse(json, JsonToken.START_ARRAY, "an array", parser -> {
            while (parser.nextToken() != JsonToken.END_ARRAY) {
                elements.add(slice(json, parser));
            }
        });
        return elements;
    }

    /**
     * The text of a JSON string.
     *
     * @throws InvalidTurnException if the text is not one JSON string and nothing else
     */
    public static String string(String json) throws InvalidTurnException {
        String[] text = {""};
        parse(json, JsonToken.VALUE_STRING, "a string", parser -> text[0] = parser.getText());
        return text[0];
    }

    /** Whether the text is one JSON value and nothing else. */
    public static boolean isValue(String text) {
        try (JsonParser parser = FACTORY.createParser(text)) {
            if (parser.nextToken() == null) {
                return false;
            }
            parser.skipChildren();
            return parser.nextToken() == null;
        } catch (IOException e) {
            return false;
        }
    }

    public static boolean isObject(String json) {
        return json.startsWith("{");
    }

    public static boolean isArray(String json) {
        return json.startsWith("[");
    }

    public static boolean isString(String json) {
        return json.startsWith("\"");
    }

    private static String slice(String json, JsonParser parser) throws IOException {
        int from = (int) parser.currentTokenLocation().getCharOffset();
        if (parser.currentToken() == JsonToken.VALUE_STRING) {
            parser.finishToken();
        } else {
            parser.skipChildren();
        }
        int to = (int) parser.currentLocation().getCharOffset();
        return json.substring(from, to).strip();
    }

    private static void parse(String json, JsonToken first, String expected, Reading reading)
            throws InvalidTurnException {
        try (JsonParser parser = FACTORY.createParser(json)) {
            if (parser.nextToken() != first) {
                throw new InvalidTurnException("expected " + expected + " but found "
                        + (json.length() > 40 ? json.substring(0, 40) + "..." : json));
            }
            reading.of(parser);
            if (parser.nextToken() != null) {
                throw new InvalidTurnException("something follows the end of the JSON value");
            }
        } catch (UncheckedIOException | IOException e) {
            throw new InvalidTurnException("not valid JSON: " + firstLine(e), e);
        }
    }

    /** Jackson's first line says what is wrong; the rest quotes the source, which may hold secrets. */
    private static String firstLine(Exception e) {
        String message = String.valueOf(e.getMessage());
        int end = message.indexOf('\n');
        return end < 0 ? message : message.substring(0, end);
    }

    private interface Reading {
        void of(JsonParser parser) throws IOException;
    }
}
