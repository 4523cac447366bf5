package io.mnemosyne.trace.send;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;

import io.mnemosyne.core.trace.PlacedSpan;

/** Makes pieces of spans that fit into requests. Thread-safe. */
final class Preparation {
    private final SpanMapping mapping;
    private final SendLimits limits;
    private final BooleanSupplier media;
    private final int room;

    /** @param media whether large fields can go as media now */
    Preparation(TraceBackend backend, Envelope envelope, BooleanSupplier media) {
        this.mapping = new SpanMapping(backend);
        this.limits = backend.limits();
        this.media = media;
        this.room = limits.maxBytes() - envelope.size();
    }

    /** The pieces of a record that was read, parts before what refers to them. */
    List<Piece> pieces(Source source, PlacedSpan placed) {
        Cut cut = Cut.of(limits, media.getAsBoolean());
        List<Fitting> fitting = fitting(placed, cut, room);
        Parcel parcel = new Parcel(source, fitting.size());
        return fitting.stream().map(one -> one.of(parcel)).toList();
    }

    boolean fits(Piece piece) {
        return piece.size() <= room;
    }

    /** The same without media. */
    List<Piece> asParts(Piece piece) {
        return instead(piece, fitting(piece.whole(), Cut.of(limits, false), room));
    }

    /** The same in pieces of at most so many bytes; empty if nothing more can be taken out of it. */
    Optional<List<Piece>> within(Piece piece, int bytes) {
        Cut cut = Cut.of(limits, media.getAsBoolean()).within(bytes);
        List<Fitting> fitting = fitting(piece.whole(), cut, bytes);
        return fitting.stream().allMatch(one -> one.of(piece.parcel()).size() <= bytes)
                ? Optional.of(instead(piece, fitting))
                : Optional.empty();
    }

    private static List<Piece> instead(Piece piece, List<Fitting> fitting) {
        piece.parcel().expect(fitting.size() - 1);
        return fitting.stream().map(one -> one.of(piece.parcel())).toList();
    }

    /** Takes out smaller and smaller fields until the span fits, if it ever does. */
    private List<Fitting> fitting(PlacedSpan placed, Cut first, int bytes) {
        Cut cut = first;
        List<Fitting> fitting = cut(placed, cut);
        while (fitting.getLast().otlp().getSerializedSize() + 8 > bytes && cut.canBeHarder()) {
            cut = cut.harder();
            fitting = cut(placed, cut);
        }
        return fitting;
    }

    private List<Fitting> cut(PlacedSpan placed, Cut cut) {
        Slimmed slimmed = Slimmer.slim(placed, cut);
        List<Fitting> fitting = new ArrayList<>();
        slimmed.parts().forEach(part -> fitting.add(new Fitting(part, mapping.map(part), List.of())));
        fitting.add(new Fitting(placed, mapping.map(slimmed.span()), slimmed.uploads()));
        return fitting;
    }

    private record Fitting(PlacedSpan whole, io.opentelemetry.proto.trace.v1.Span otlp, List<Upload> uploads) {
        Piece of(Parcel parcel) {
            return new Piece(parcel, whole, otlp, uploads);
        }
    }
}
