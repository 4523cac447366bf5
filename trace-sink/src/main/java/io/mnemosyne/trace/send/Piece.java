package io.mnemosyne.trace.send;

import java.util.List;

import com.google.protobuf.CodedOutputStream;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import io.opentelemetry.proto.trace.v1.Span;

import io.mnemosyne.core.trace.PlacedSpan;

/**
 * A span on its way. Most records are one; a record with fields too large may be several.
 *
 * @param parcel the record that it came with
 * @param whole the span before fields were taken out of it
 * @param otlp as it is sent
 * @param uploads what has to be there before it is sent
 */
record Piece(Parcel parcel, PlacedSpan whole, Span otlp, List<Upload> uploads) {

    /** Bytes that it takes in a request. */
    int size() {
        return CodedOutputStream.computeMessageSize(ScopeSpans.SPANS_FIELD_NUMBER, otlp);
    }
}
