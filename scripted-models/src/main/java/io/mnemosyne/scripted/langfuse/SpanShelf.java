package io.mnemosyne.scripted.langfuse;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import com.google.protobuf.ByteString;
import io.opentelemetry.proto.trace.v1.Span;

/** Stores spans as Langfuse does: one for each trace, id and start; what comes again is counted. Thread-safe. */
final class SpanShelf {
    private final Map<Key, Row> rows = new LinkedHashMap<>();

    private record Key(ByteString trace, ByteString span, long start) {
    }

    private static final class Row {
        private final Span first;
        private int copies = 1;
        private int others;

        Row(Span first) {
            this.first = first;
        }
    }

    synchronized void store(Span span) {
        Row row = rows.get(new Key(span.getTraceId(), span.getSpanId(), span.getStartTimeUnixNano()));
        if (row == null) {
            rows.put(new Key(span.getTraceId(), span.getSpanId(), span.getStartTimeUnixNano()), new Row(span));
        } else if (row.first.toByteString().equals(span.toByteString())) {
            row.copies++;
        } else {
            row.others++;
        }
    }

    synchronized List<StoredSpan> all() {
        List<StoredSpan> spans = new ArrayList<>();
        rows.values().forEach(row -> spans.add(new StoredSpan(hex(row.first.getTraceId()), hex(row.first.getSpanId()),
                Optional.of(hex(row.first.getParentSpanId())).filter(parent -> !parent.isEmpty()), row.first,
                row.copies, row.others)));
        return spans;
    }

    synchronized int size() {
        return rows.size();
    }

    private static String hex(ByteString bytes) {
        return HexFormat.of().formatHex(bytes.toByteArray());
    }
}
