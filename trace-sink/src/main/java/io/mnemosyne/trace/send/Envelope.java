package io.mnemosyne.trace.send;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.zip.GZIPOutputStream;

import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.common.v1.InstrumentationScope;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.resource.v1.Resource;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.ScopeSpans;

import io.mnemosyne.trace.send.TraceBackend.Origin;

/** What is around the spans of a request. */
final class Envelope {
    /** The lengths of the three messages around the spans grow with them, to four bytes each at most. */
    private static final int GROWTH = 3 * 4;

    private final ResourceSpans resource;
    private final ScopeSpans scope;

    Envelope(Origin origin) {
        resource = ResourceSpans.newBuilder().setResource(Resource.newBuilder()
                .addAttributes(attribute("deployment.environment.name", origin.environment()))
                .addAttributes(attribute("service.name", origin.service()))
                .addAttributes(attribute("service.version", origin.version()))).build();
        scope = ScopeSpans.newBuilder().setSchemaUrl(GenAi.SCHEMA_URL)
                .setScope(InstrumentationScope.newBuilder().setName("io.mnemosyne").setVersion(origin.version()))
                .build();
    }

    /** Bytes of a request without spans, at most. */
    int size() {
        return request(List.of()).getSerializedSize() + GROWTH;
    }

    ExportTraceServiceRequest request(List<Piece> pieces) {
        ScopeSpans.Builder spans = scope.toBuilder();
        pieces.forEach(piece -> spans.addSpans(piece.otlp()));
        return ExportTraceServiceRequest.newBuilder().addResourceSpans(resource.toBuilder().addScopeSpans(spans))
                .build();
    }

    static byte[] gzip(ExportTraceServiceRequest request) {
        var bytes = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(bytes)) {
            request.writeTo(gzip);
        } catch (IOException e) {
            throw new UncheckedIOException("memory does not fail", e);
        }
        return bytes.toByteArray();
    }

    private static KeyValue attribute(String name, String text) {
        return KeyValue.newBuilder().setKey(name).setValue(OtlpValues.text(text)).build();
    }
}
