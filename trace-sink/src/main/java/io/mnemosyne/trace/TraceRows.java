package io.mnemosyne.trace;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

import io.mnemosyne.core.trace.Joined;
import io.mnemosyne.core.trace.SpanId;
import io.mnemosyne.core.trace.SpanPart;
import io.mnemosyne.core.trace.SpanState;
import io.mnemosyne.core.trace.TraceId;
import io.mnemosyne.core.trace.TraceState;

/** The states of traces and of their spans, in rows. */
record TraceRows(KeyValueStore<String, TraceState> traces, KeyValueStore<String, Instant> newest,
        KeyValueStore<String, SpanPart> open, KeyValueStore<String, SpanState.Stretch> needed, Marks marks) {

    static TraceRows of(ProcessorContext<?, ?> context) {
        return new TraceRows(context.getStateStore(Stores.TRACES), context.getStateStore(Stores.NEWEST),
                context.getStateStore(Stores.OPEN), context.getStateStore(Stores.NEEDED),
                new Marks(context.getStateStore(Stores.MARKS)));
    }

    Optional<TraceState> trace(String trace) {
        return Optional.ofNullable(traces.get(trace));
    }

    Joined load(String trace, SpanId span, Instant now) {
        int slash = trace.indexOf('/');
        String row = row(trace, span.hex());
        return new Joined(
                trace(trace).orElseGet(() -> TraceState.fresh(trace.substring(0, slash),
                        new TraceId(trace.substring(slash + 1)))),
                new SpanState(span, Optional.ofNullable(open.get(row)), marks.of(trace, span, now),
                        Optional.ofNullable(needed.get(row))));
    }

    void store(String trace, Joined before, Joined after, Instant now) {
        if (!after.trace().equals(before.trace())) {
            traces.put(trace, after.trace());
        }
        SpanState was = before.span();
        SpanState is = after.span();
        String row = row(trace, is.id().hex());
        if (!is.open().equals(was.open())) {
            open.put(row, is.open().orElse(null));
        }
        if (!is.needed().equals(was.needed())) {
            needed.put(row, is.needed().orElse(null));
        }
        if (is.mark() != was.mark()) {
            marks.put(trace, is.id(), is.mark(), now);
        }
    }

    /** Notes a time that a step of a thread names. */
    void noteNewest(String trace, String thread, Instant at) {
        Instant known = newest.get(row(trace, thread));
        if (known == null || known.isBefore(at)) {
            newest.put(row(trace, thread), at);
        }
    }

    /** The latest time that any step of a span's thread names; of its trace, if the thread is not known. */
    Instant newest(String trace, SpanId span) {
        return Optional.ofNullable(open.get(row(trace, span.hex()))).flatMap(SpanPart::thread)
                .flatMap(thread -> Optional.ofNullable(newest.get(row(trace, thread))))
                .or(() -> trace(trace).map(TraceState::newest)).orElse(Instant.EPOCH);
    }

    /** Spans of the trace that have not left. */
    List<SpanId> open(String trace) {
        return keysUnder(open, trace).stream().map(key -> new SpanId(key.substring(trace.length() + 1))).toList();
    }

    void forget(String trace) {
        traces.delete(trace);
        keysUnder(newest, trace).forEach(newest::delete);
    }

    private static List<String> keysUnder(KeyValueStore<String, ?> rows, String trace) {
        List<String> keys = new ArrayList<>();
        try (KeyValueIterator<String, ?> found = rows.prefixScan(row(trace, ""), new StringSerializer())) {
            while (found.hasNext()) {
                keys.add(found.next().key);
            }
        }
        return keys;
    }

    private static String row(String trace, String name) {
        return trace + "|" + name;
    }
}
