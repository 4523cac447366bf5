package io.mnemosyne.service.otlp;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

import com.google.protobuf.ByteString;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import io.opentelemetry.proto.trace.v1.Span.Event;
import io.opentelemetry.proto.trace.v1.Span.Link;
import io.opentelemetry.proto.trace.v1.Status.StatusCode;

import io.mnemosyne.core.trace.AgentAttributes;
import io.mnemosyne.core.trace.Outcome;
import io.mnemosyne.core.trace.Outcome.Level;
import io.mnemosyne.core.trace.Place;
import io.mnemosyne.core.trace.Span;
import io.mnemosyne.core.trace.SpanEvent;
import io.mnemosyne.core.trace.SpanId;
import io.mnemosyne.core.trace.SpanMoment;
import io.mnemosyne.core.trace.SpanNames;
import io.mnemosyne.core.trace.TraceId;

/**
 * The spans of an export. Everything that a span says is kept: what is understood as facts, all else as attributes, those of
 * its resource and scope under names with {@code resource.} and {@code scope.} in front.
 *
 * @param refused what is wrong with each span that cannot be taken
 */
public record OtlpSpans(List<SpanEvent.Finished> spans, List<String> refused) {
    private static final int TRACE_BYTES = 16;
    private static final int SPAN_BYTES = 8;
    private static final long NANOS = 1_000_000_000;

    public OtlpSpans {
        spans = List.copyOf(spans);
        refused = List.copyOf(refused);
    }

    public static OtlpSpans of(ExportTraceServiceRequest request) {
        List<SpanEvent.Finished> spans = new ArrayList<>();
        List<String> refused = new ArrayList<>();
        int index = 0;
        for (ResourceSpans resource : request.getResourceSpansList()) {
            for (ScopeSpans scope : resource.getScopeSpansList()) {
                Map<String, String> around = around(resource, scope);
                for (var span : scope.getSpansList()) {
                    Optional<String> flaw = flaw(span);
                    if (flaw.isPresent()) {
                        refused.add("span " + index + " (counted from 0) " + flaw.get());
                    } else {
                        spans.add(finished(span, around));
                    }
                    index++;
                }
            }
        }
        return new OtlpSpans(spans, refused);
    }

    private static Optional<String> flaw(io.opentelemetry.proto.trace.v1.Span span) {
        if (isNoId(span.getTraceId(), TRACE_BYTES)) {
            return Optional.of("has no trace id of 16 bytes that are not all 0");
        }
        if (isNoId(span.getSpanId(), SPAN_BYTES)) {
            return Optional.of("has no span id of 8 bytes that are not all 0");
        }
        if (!span.getParentSpanId().isEmpty() && isNoId(span.getParentSpanId(), SPAN_BYTES)) {
            return Optional.of("has a parent span id that is not 8 bytes that are not all 0; leave it out for a root");
        }
        if (span.getStartTimeUnixNano() == 0 || span.getEndTimeUnixNano() == 0) {
            return Optional.of("lacks a start or an end");
        }
        return Long.compareUnsigned(span.getEndTimeUnixNano(), span.getStartTimeUnixNano()) < 0
                ? Optional.of("ends before it starts")
                : Optional.empty();
    }

    private static boolean isNoId(ByteString id, int bytes) {
        return id.size() != bytes || id.equals(ByteString.copyFrom(new byte[bytes]));
    }

    private static SpanEvent.Finished finished(io.opentelemetry.proto.trace.v1.Span span, Map<String, String> around) {
        Map<String, String> attributes = new TreeMap<>(around);
        putFrame(attributes, span);
        AttributeJson.put(attributes, "", span.getAttributesList());
        List<SpanMoment> events = span.getEventsList().stream().map(OtlpSpans::moment).toList();
        AgentAttributes.Told told = AgentAttributes.read(attributes, events, outcome(span));
        Place place = new Place.InTrace(new TraceId(hex(span.getTraceId())), Optional.of(span.getParentSpanId())
                .filter(id -> !id.isEmpty()).map(id -> new SpanId(hex(id))));
        return new SpanEvent.Finished(place, new Span(new SpanId(hex(span.getSpanId())), told.type(),
                SpanNames.of(span.getName()), instant(span.getStartTimeUnixNano()),
                instant(span.getEndTimeUnixNano()), told.outcome(), told.facts()));
    }

    private static Outcome outcome(io.opentelemetry.proto.trace.v1.Span span) {
        Optional<String> message = Optional.of(span.getStatus().getMessage()).filter(text -> !text.isEmpty());
        return new Outcome(span.getStatus().getCode() == StatusCode.STATUS_CODE_ERROR ? Level.ERROR : Level.DEFAULT,
                message);
    }

    private static SpanMoment moment(Event event) {
        return new SpanMoment(event.getName(), instant(event.getTimeUnixNano()),
                AttributeJson.of(event.getAttributesList()));
    }

    private static Map<String, String> around(ResourceSpans resource, ScopeSpans scope) {
        Map<String, String> around = new TreeMap<>();
        AttributeJson.put(around, "resource.", resource.getResource().getAttributesList());
        AttributeJson.put(around, "scope.", scope.getScope().getAttributesList());
        putText(around, "resource.schema_url", resource.getSchemaUrl());
        putText(around, "scope.name", scope.getScope().getName());
        putText(around, "scope.version", scope.getScope().getVersion());
        putText(around, "scope.schema_url", scope.getSchemaUrl());
        return around;
    }

    /** What a span says besides its attributes. */
    private static void putFrame(Map<String, String> attributes, io.opentelemetry.proto.trace.v1.Span span) {
        if (span.getKindValue() != 0) {
            putText(attributes, "otlp.kind", span.getKind().name());
        }
        putText(attributes, "otlp.trace_state", span.getTraceState());
        putCount(attributes, "otlp.flags", span.getFlags());
        putCount(attributes, "otlp.dropped_attributes_count", span.getDroppedAttributesCount());
        putCount(attributes, "otlp.dropped_events_count", span.getDroppedEventsCount());
        putCount(attributes, "otlp.dropped_links_count", span.getDroppedLinksCount());
        if (span.getLinksCount() > 0) {
            attributes.put("otlp.links", links(span.getLinksList()));
        }
    }

    private static String links(List<Link> links) {
        return AttributeJson.written(json -> {
            json.writeStartArray();
            for (Link link : links) {
                json.writeStartObject();
                json.writeStringField("traceId", hex(link.getTraceId()));
                json.writeStringField("spanId", hex(link.getSpanId()));
                for (Map.Entry<String, String> attribute : AttributeJson.of(link.getAttributesList()).entrySet()) {
                    json.writeFieldName(attribute.getKey());
                    json.writeRawValue(attribute.getValue());
                }
                json.writeEndObject();
            }
            json.writeEndArray();
        });
    }

    private static void putText(Map<String, String> attributes, String name, String text) {
        if (!text.isEmpty()) {
            attributes.put(name, AttributeJson.of(text));
        }
    }

    private static void putCount(Map<String, String> attributes, String name, int count) {
        if (count != 0) {
            attributes.put(name, Integer.toUnsignedString(count));
        }
    }

    private static String hex(ByteString bytes) {
        return HexFormat.of().formatHex(bytes.toByteArray());
    }

    private static Instant instant(long unixNano) {
        try {
            return Instant.ofEpochSecond(Long.divideUnsigned(unixNano, NANOS), Long.remainderUnsigned(unixNano, NANOS))
                    .truncatedTo(ChronoUnit.MICROS);
        } catch (DateTimeException e) {
            throw new IllegalStateException("64 bits of nanoseconds are always a time", e);
        }
    }
}
