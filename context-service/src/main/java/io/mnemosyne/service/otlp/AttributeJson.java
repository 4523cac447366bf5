package io.mnemosyne.service.otlp;

import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;

/** Values of attributes as JSON text. */
final class AttributeJson {
    private static final JsonFactory FACTORY = new JsonFactory();

    private AttributeJson() {
    }

    /** Adds attributes under their names with something in front. */
    static void put(Map<String, String> into, String prefix, List<KeyValue> attributes) {
        attributes.forEach(attribute -> into.put(prefix + attribute.getKey(), of(attribute.getValue())));
    }

    static Map<String, String> of(List<KeyValue> attributes) {
        Map<String, String> values = new TreeMap<>();
        put(values, "", attributes);
        return values;
    }

    static String of(AnyValue value) {
        return written(json -> write(value, json));
    }

    static String of(String text) {
        return written(json -> json.writeString(text));
    }

    private static void write(AnyValue value, JsonGenerator json) throws IOException {
        switch (value.getValueCase()) {
            case STRING_VALUE -> json.writeString(value.getStringValue());
            case BOOL_VALUE -> json.writeBoolean(value.getBoolValue());
            case INT_VALUE -> json.writeNumber(value.getIntValue());
            case DOUBLE_VALUE -> writeDouble(value.getDoubleValue(), json);
            case BYTES_VALUE -> json.writeString(Base64.getEncoder().encodeToString(
                    value.getBytesValue().toByteArray()));
            case ARRAY_VALUE -> {
                json.writeStartArray();
                for (AnyValue element : value.getArrayValue().getValuesList()) {
                    write(element, json);
                }
                json.writeEndArray();
            }
            case KVLIST_VALUE -> {
                json.writeStartObject();
                for (KeyValue field : value.getKvlistValue().getValuesList()) {
                    json.writeFieldName(field.getKey());
                    write(field.getValue(), json);
                }
                json.writeEndObject();
            }
            default -> json.writeNull();
        }
    }

    /** JSON has no number that is none. */
    private static void writeDouble(double value, JsonGenerator json) throws IOException {
        if (Double.isFinite(value)) {
            json.writeNumber(value);
        } else {
            json.writeString(Double.toString(value));
        }
    }

    static String written(Writing writing) {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = FACTORY.createGenerator(text)) {
            writing.to(json);
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory cannot fail", e);
        }
        return text.toString();
    }

    interface Writing {
        void to(JsonGenerator json) throws IOException;
    }
}
