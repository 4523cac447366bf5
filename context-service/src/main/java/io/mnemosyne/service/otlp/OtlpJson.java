package io.mnemosyne.service.otlp;

import java.io.IOException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.StreamSupport;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.google.protobuf.ByteString;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.ArrayValue;
import io.opentelemetry.proto.common.v1.InstrumentationScope;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.common.v1.KeyValueList;
import io.opentelemetry.proto.resource.v1.Resource;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.proto.trace.v1.Status;

/**
 * Reads an export that is written as JSON: field names in lowerCamelCase, ids in hex, 64-bit numbers as strings or numbers,
 * enums as numbers. Fields that are not known are passed over, as the protocol demands.
 */
final class OtlpJson {
    private static final ObjectMapper MAPPER = JsonMapper.builder().build();

    private OtlpJson() {
    }

    static ExportTraceServiceRequest read(byte[] body) throws MalformedException {
        try {
            JsonNode json = MAPPER.readTree(body);
            if (!json.isObject()) {
                throw new MalformedException("the body is no JSON object; send {\"resourceSpans\": [...]}");
            }
            ExportTraceServiceRequest.Builder request = ExportTraceServiceRequest.newBuilder();
            json.path("resourceSpans").forEach(resource -> request.addResourceSpans(resource(resource)));
            return request.build();
        } catch (JsonProcessingException e) {
            throw new MalformedException("the body is no JSON: line " + e.getLocation().getLineNr() + ", column "
                    + e.getLocation().getColumnNr(), e);
        } catch (IOException e) {
            throw new MalformedException("the body cannot be read as JSON", e);
        } catch (IllegalArgumentException e) {
            throw new MalformedException("the body has a number or an id that is none: times are whole numbers of "
                    + "nanoseconds, ids are in hex, bytes in base64", e);
        }
    }

    private static ResourceSpans resource(JsonNode json) {
        ResourceSpans.Builder spans = ResourceSpans.newBuilder().setSchemaUrl(text(json, "schemaUrl"))
                .setResource(Resource.newBuilder().addAllAttributes(attributes(json.path("resource"))));
        json.path("scopeSpans").forEach(scope -> spans.addScopeSpans(scope(scope)));
        return spans.build();
    }

    private static ScopeSpans scope(JsonNode json) {
        JsonNode scope = json.path("scope");
        ScopeSpans.Builder spans = ScopeSpans.newBuilder().setSchemaUrl(text(json, "schemaUrl"))
                .setScope(InstrumentationScope.newBuilder().setName(text(scope, "name"))
                        .setVersion(text(scope, "version")).addAllAttributes(attributes(scope)));
        json.path("spans").forEach(span -> spans.addSpans(span(span)));
        return spans.build();
    }

    private static Span span(JsonNode json) {
        Span.Builder span = Span.newBuilder().setTraceId(hex(json, "traceId")).setSpanId(hex(json, "spanId"))
                .setParentSpanId(hex(json, "parentSpanId")).setTraceState(text(json, "traceState"))
                .setName(text(json, "name")).setKindValue((int) number(json, "kind"))
                .setFlags((int) number(json, "flags")).setStartTimeUnixNano(number(json, "startTimeUnixNano"))
                .setEndTimeUnixNano(number(json, "endTimeUnixNano")).addAllAttributes(attributes(json))
                .setDroppedAttributesCount((int) number(json, "droppedAttributesCount"))
                .setDroppedEventsCount((int) number(json, "droppedEventsCount"))
                .setDroppedLinksCount((int) number(json, "droppedLinksCount"))
                .setStatus(Status.newBuilder().setCodeValue((int) number(json.path("status"), "code"))
                        .setMessage(text(json.path("status"), "message")));
        json.path("events").forEach(event -> span.addEvents(Span.Event.newBuilder().setName(text(event, "name"))
                .setTimeUnixNano(number(event, "timeUnixNano")).addAllAttributes(attributes(event))));
        json.path("links").forEach(link -> span.addLinks(Span.Link.newBuilder().setTraceId(hex(link, "traceId"))
                .setSpanId(hex(link, "spanId")).addAllAttributes(attributes(link))));
        return span.build();
    }

    private static List<KeyValue> attributes(JsonNode owner) {
        return fields(owner.path("attributes"));
    }

    private static List<KeyValue> fields(JsonNode list) {
        return StreamSupport.stream(list.spliterator(), false).map(field -> KeyValue.newBuilder()
                .setKey(text(field, "key")).setValue(value(field.path("value"))).build()).toList();
    }

    private static AnyValue value(JsonNode json) {
        AnyValue.Builder value = AnyValue.newBuilder();
        if (json.has("stringValue")) {
            value.setStringValue(text(json, "stringValue"));
        } else if (json.has("boolValue")) {
            value.setBoolValue(json.path("boolValue").asBoolean());
        } else if (json.has("intValue")) {
            value.setIntValue(number(json, "intValue"));
        } else if (json.has("doubleValue")) {
            value.setDoubleValue(Double.parseDouble(json.path("doubleValue").asText()));
        } else if (json.has("bytesValue")) {
            value.setBytesValue(ByteString.copyFrom(Base64.getDecoder().decode(text(json, "bytesValue"))));
        } else if (json.has("arrayValue")) {
            ArrayValue.Builder array = ArrayValue.newBuilder();
            json.path("arrayValue").path("values").forEach(element -> array.addValues(value(element)));
            value.setArrayValue(array);
        } else if (json.has("kvlistValue")) {
            value.setKvlistValue(KeyValueList.newBuilder()
                    .addAllValues(fields(json.path("kvlistValue").path("values"))));
        }
        return value.build();
    }

    private static String text(JsonNode json, String name) {
        return json.path(name).asText("");
    }

    private static ByteString hex(JsonNode json, String name) {
        return ByteString.copyFrom(HexFormat.of().parseHex(text(json, name)));
    }

    private static long number(JsonNode json, String name) {
        String text = json.path(name).asText("");
        return text.isEmpty() ? 0 : Long.parseLong(text);
    }
}
