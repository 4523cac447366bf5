package io.mnemosyne.service;

import java.util.Optional;

import io.javalin.http.Context;
import io.opentelemetry.api.GlobalOpenTelemetry;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.propagation.TextMapGetter;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;

/**
 * A span for each request, in the trace of whoever sent it, and that trace in the log lines of the request. Says how a
 * request went, and nothing of what was in it. Without an SDK there are no spans, but log lines still name the sender's trace.
 */
final class RequestTraces {
    private static final String SPAN = "mnemosyne.span";
    private static final int SERVER_ERROR = 500;
    private static final TextMapGetter<Context> HEADERS = new TextMapGetter<>() {
        @Override
        public Iterable<String> keys(Context request) {
            return request.headerMap().keySet();
        }

        @Override
        public @Nullable String get(@Nullable Context request, String name) {
            return request == null ? null : request.header(name);
        }
    };

    private final Tracer tracer = GlobalOpenTelemetry.getTracer("io.mnemosyne.service");

    void begin(Context request) {
        Span span = tracer.spanBuilder(request.method().name()).setSpanKind(SpanKind.SERVER)
                .setParent(W3CTraceContextPropagator.getInstance()
                        .extract(io.opentelemetry.context.Context.root(), request, HEADERS))
                .startSpan();
        request.attribute(SPAN, span);
        if (span.getSpanContext().isValid()) {
            // Each request has a thread of its own, with which this goes.
            MDC.put("trace_id", span.getSpanContext().getTraceId());
            MDC.put("span_id", span.getSpanContext().getSpanId());
        }
    }

    /** @param route pattern of the path */
    void end(Context request, String route) {
        Optional.<Span>ofNullable(request.attribute(SPAN)).ifPresent(span -> {
            span.updateName(request.method().name() + " " + route);
            span.setAttribute("http.request.method", request.method().name());
            span.setAttribute("http.route", route);
            span.setAttribute("http.response.status_code", request.statusCode());
            if (request.statusCode() >= SERVER_ERROR) {
                span.setStatus(StatusCode.ERROR);
            }
            span.end();
        });
    }
}
