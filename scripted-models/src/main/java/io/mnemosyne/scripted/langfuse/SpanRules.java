package io.mnemosyne.scripted.langfuse;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

import com.google.protobuf.ByteString;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.trace.v1.Span;

/** What Langfuse asks of a span: what makes it refuse the whole request, and what it takes and spoils. */
final class SpanRules {
    private static final int TRACE_ID = 16;
    private static final int SPAN_ID = 8;
    private static final int LARGEST_FIELD = 1024 * 1024;
    private static final int LARGEST_ROW = 10_000_000;
    private static final long LARGEST_EXACT = 1L << 53;
    private static final String TYPE = "langfuse.observation.type";
    private static final Set<String> TYPES = Set.of("span", "generation", "event", "embedding", "agent", "tool",
            "chain", "retriever", "guardrail", "evaluator");
    private static final Pattern ENVIRONMENT = Pattern.compile("(?!langfuse)[a-z0-9_-]{1,40}");
    private static final List<String> ALWAYS = List.of(TYPE, "langfuse.environment");
    private static final List<String> OF_GENERATIONS = List.of("gen_ai.usage.", "langfuse.observation.usage_details",
            "langfuse.observation.cost_details");

    private SpanRules() {
    }

    /** Why a span makes its request invalid; empty if it does not. */
    static Optional<String> fault(Span span) {
        if (!isId(span.getTraceId(), TRACE_ID)) {
            return Optional.of("invalid traceId");
        }
        if (!isId(span.getSpanId(), SPAN_ID)) {
            return Optional.of("invalid spanId");
        }
        return span.getParentSpanId().isEmpty() || isId(span.getParentSpanId(), SPAN_ID)
                ? Optional.empty()
                : Optional.of("invalid parentSpanId");
    }

    /** What Langfuse would take without a word and show wrongly. */
    static List<String> complaints(Span span) {
        List<String> complaints = new ArrayList<>();
        ALWAYS.stream().filter(name -> text(span, name).isEmpty()).forEach(name -> complaints.add("no " + name));
        text(span, TYPE).filter(type -> !TYPES.contains(type)).ifPresent(type -> complaints.add("type " + type));
        text(span, "langfuse.environment").filter(environment -> !ENVIRONMENT.matcher(environment).matches())
                .ifPresent(environment -> complaints.add("environment " + environment));
        boolean isGeneration = text(span, TYPE).filter(Set.of("generation", "embedding")::contains).isPresent();
        for (KeyValue attribute : span.getAttributesList()) {
            String name = attribute.getKey();
            if (!isGeneration && OF_GENERATIONS.stream().anyMatch(name::startsWith)) {
                complaints.add(name + " on what is no generation");
            }
            complain(name, attribute.getValue(), complaints);
        }
        if (span.getEndTimeUnixNano() < span.getStartTimeUnixNano()) {
            complaints.add("ends before it starts");
        }
        if (span.getSerializedSize() >= LARGEST_ROW) {
            complaints.add("a row of 10 MB: its fields are cut");
        }
        return complaints;
    }

    private static void complain(String name, AnyValue value, List<String> complaints) {
        switch (value.getValueCase()) {
            case KVLIST_VALUE, BYTES_VALUE, VALUE_NOT_SET -> complaints.add(name + " is of a kind that becomes junk");
            case INT_VALUE -> {
                if (Math.abs(value.getIntValue()) > LARGEST_EXACT) {
                    complaints.add(name + " loses digits");
                }
            }
            case ARRAY_VALUE -> {
                if (value.getArrayValue().getValuesList().stream().anyMatch(element -> !element.hasStringValue())) {
                    complaints.add(name + " is a list of other things than texts");
                }
            }
            case STRING_VALUE -> {
                if (value.getStringValue().getBytes(StandardCharsets.UTF_8).length > LARGEST_FIELD) {
                    complaints.add(name + " is larger than 1 MiB");
                }
            }
            default -> {
                // Kept as it is.
            }
        }
    }

    private static Optional<String> text(Span span, String name) {
        return span.getAttributesList().stream().filter(attribute -> attribute.getKey().equals(name)).findFirst()
                .map(attribute -> attribute.getValue().getStringValue()).filter(text -> !text.isEmpty());
    }

    private static boolean isId(ByteString bytes, int length) {
        boolean allZero = true;
        for (int i = 0; i < bytes.size(); i++) {
            allZero &= bytes.byteAt(i) == 0;
        }
        return bytes.size() == length && !allZero;
    }
}
