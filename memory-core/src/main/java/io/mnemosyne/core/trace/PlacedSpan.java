package io.mnemosyne.core.trace;

import java.util.Optional;

/**
 * A record of {@code spans.finished}: a finished span in its trace.
 *
 * @param parent empty for the root of the trace
 * @param thread the thread that the step belongs to, if any
 */
public record PlacedSpan(String tenant, TraceId trace, Optional<SpanId> parent, Optional<String> thread, Span span) {

    /** Its key: {@code tenant/traceId}. */
    public String key() {
        return tenant + "/" + trace;
    }
}
