package io.mnemosyne.scripted.langfuse;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.trace.v1.Span;

/**
 * A span as Langfuse would store it.
 *
 * @param traceId in hex
 * @param id in hex
 * @param parent in hex; empty for a root
 * @param otlp as it came first
 * @param copies how often it came with the same bytes, at least 1
 * @param others how often it came with other bytes under the same trace, id and start
 */
public record StoredSpan(String traceId, String id, Optional<String> parent, Span otlp, int copies, int others) {

    public String name() {
        return otlp.getName();
    }

    /** An attribute as text; numbers and the like as they are written. */
    public Optional<String> attribute(String name) {
        return otlp.getAttributesList().stream().filter(attribute -> attribute.getKey().equals(name)).findFirst()
                .map(attribute -> text(attribute.getValue()));
    }

    /** All attributes by name. */
    public Map<String, String> attributes() {
        Map<String, String> attributes = new TreeMap<>();
        for (KeyValue attribute : otlp.getAttributesList()) {
            attributes.put(attribute.getKey(), text(attribute.getValue()));
        }
        return attributes;
    }

    static String text(AnyValue value) {
        return switch (value.getValueCase()) {
            case STRING_VALUE -> value.getStringValue();
            case BOOL_VALUE -> Boolean.toString(value.getBoolValue());
            case INT_VALUE -> Long.toString(value.getIntValue());
            case DOUBLE_VALUE -> Double.toString(value.getDoubleValue());
            case ARRAY_VALUE -> value.getArrayValue().getValuesList().stream().map(StoredSpan::text).toList()
                    .toString();
            default -> value.toString();
        };
    }
}
