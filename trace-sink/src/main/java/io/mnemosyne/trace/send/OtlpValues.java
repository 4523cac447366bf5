package io.mnemosyne.trace.send;

import java.util.Collection;
import java.util.Optional;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.ArrayValue;

/** Values of OTLP attributes, in forms that every backend keeps. Langfuse makes junk of maps and of bytes. */
final class OtlpValues {
    /** Above it a JavaScript number loses digits. */
    private static final long LARGEST_EXACT = 1L << 53;
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS, DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .disable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
            .build();

    static {
        JSON.getFactory().setStreamReadConstraints(
                StreamReadConstraints.builder().maxStringLength(Integer.MAX_VALUE).build());
    }

    private OtlpValues() {
    }

    static AnyValue text(String text) {
        return AnyValue.newBuilder().setStringValue(text).build();
    }

    static AnyValue texts(Collection<String> texts) {
        ArrayValue.Builder array = ArrayValue.newBuilder();
        texts.forEach(text -> array.addValues(text(text)));
        return AnyValue.newBuilder().setArrayValue(array).build();
    }

    /** A number; as text if it is too large for JavaScript. */
    static AnyValue number(long number) {
        return Math.abs(number) > LARGEST_EXACT || number == Long.MIN_VALUE
                ? text(Long.toString(number))
                : AnyValue.newBuilder().setIntValue(number).build();
    }

    /**
     * What a JSON text stands for: texts, numbers, truth values and lists of texts as they are, structures as their JSON.
     * Empty for null; what is no JSON is text.
     */
    static Optional<AnyValue> json(String json) {
        JsonNode node;
        try {
            node = JSON.readTree(json);
        } catch (JsonProcessingException _) {
            return Optional.of(text(json));
        }
        return switch (node.getNodeType()) {
            case NULL, MISSING -> Optional.empty();
            case STRING -> Optional.of(text(node.textValue()));
            case BOOLEAN -> Optional.of(AnyValue.newBuilder().setBoolValue(node.booleanValue()).build());
            case NUMBER -> Optional.of(number(node, json));
            case ARRAY -> Optional.of(texts(node, json));
            default -> Optional.of(text(json));
        };
    }

    private static AnyValue number(JsonNode node, String json) {
        if (node.isIntegralNumber()) {
            return node.canConvertToLong() ? number(node.longValue()) : text(json.strip());
        }
        double value = node.doubleValue();
        return Double.isFinite(value) ? AnyValue.newBuilder().setDoubleValue(value).build() : text(json.strip());
    }

    private static AnyValue texts(JsonNode array, String json) {
        ArrayValue.Builder values = ArrayValue.newBuilder();
        for (JsonNode element : array) {
            if (!element.isTextual()) {
                return text(json);
            }
            values.addValues(text(element.textValue()));
        }
        return AnyValue.newBuilder().setArrayValue(values).build();
    }
}
