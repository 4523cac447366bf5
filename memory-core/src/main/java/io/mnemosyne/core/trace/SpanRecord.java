package io.mnemosyne.core.trace;

/** A record of {@code spans} or {@code spans.raw}: an event with its tenant. */
public record SpanRecord(String tenant, SpanEvent event) {

    /** Its key: {@code tenant/traceId}, so that all that is said of one home or trace is read in order. */
    public String key() {
        return tenant + "/" + switch (event) {
            case SpanEvent.Finished finished -> finished.place().home(tenant);
            case SpanEvent.Started started -> started.place().home(tenant);
            case SpanEvent.Ended ended -> ended.place().home(tenant);
            case SpanEvent.Linked linked -> TraceIds.home(tenant, linked.thread());
        };
    }
}
