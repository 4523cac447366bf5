package io.mnemosyne.trace.send;

import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.HexFormat;

import com.google.protobuf.ByteString;
import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.proto.trace.v1.Status;

import io.mnemosyne.core.trace.Outcome;
import io.mnemosyne.core.trace.PlacedSpan;
import io.mnemosyne.core.trace.SpanMoment;
import io.mnemosyne.core.trace.SpanType;

/** Makes spans of OTLP out of finished spans. Pure: the same span gives the same bytes in every process. */
final class SpanMapping {
    /** Langfuse cuts times to milliseconds; these keep the order of what happened within one. */
    private static final DateTimeFormatter MICROS = new DateTimeFormatterBuilder().appendInstant(6).toFormatter();
    private static final long NANOS = 1_000_000_000;

    private final Vocabulary vocabulary;

    SpanMapping(TraceBackend backend) {
        vocabulary = switch (backend.kind()) {
            case LANGFUSE -> new LangfuseWords(backend.origin());
            case OTLP -> new PlainWords(backend.origin());
        };
    }

    /** How a backend names what is known of a span. */
    interface Vocabulary {
        void describe(PlacedSpan placed, Attributes to);
    }

    Span map(PlacedSpan placed) {
        io.mnemosyne.core.trace.Span span = placed.span();
        Attributes attributes = new Attributes();
        vocabulary.describe(placed, attributes);
        Span.Builder builder = Span.newBuilder()
                .setTraceId(bytes(placed.trace().hex()))
                .setSpanId(bytes(span.id().hex()))
                .setName(span.name())
                .setKind(kind(span.type()))
                .setStartTimeUnixNano(nanos(span.startedAt()))
                .setEndTimeUnixNano(nanos(span.endedAt()))
                .addAllAttributes(attributes.list())
                .setStatus(status(span.outcome()));
        placed.parent().ifPresent(parent -> builder.setParentSpanId(bytes(parent.hex())));
        span.facts().events().forEach(event -> builder.addEvents(map(event)));
        return builder.build();
    }

    static String micros(Instant time) {
        return MICROS.format(time);
    }

    private static Span.Event map(SpanMoment event) {
        Attributes attributes = new Attributes();
        event.attributes().forEach(attributes::addJson);
        return Span.Event.newBuilder().setName(event.name()).setTimeUnixNano(nanos(event.at()))
                .addAllAttributes(attributes.list()).build();
    }

    private static Status status(Outcome outcome) {
        if (outcome.level() != Outcome.Level.ERROR) {
            return Status.getDefaultInstance();
        }
        Status.Builder status = Status.newBuilder().setCode(Status.StatusCode.STATUS_CODE_ERROR);
        outcome.message().ifPresent(status::setMessage);
        return status.build();
    }

    private static Span.SpanKind kind(SpanType type) {
        return switch (type) {
            case GENERATION, EMBEDDING -> Span.SpanKind.SPAN_KIND_CLIENT;
            default -> Span.SpanKind.SPAN_KIND_INTERNAL;
        };
    }

    private static ByteString bytes(String hex) {
        return ByteString.copyFrom(HexFormat.of().parseHex(hex));
    }

    /** OTLP knows no time before 1970. */
    private static long nanos(Instant time) {
        return Math.max(0, time.getEpochSecond() * NANOS + time.getNano());
    }
}
