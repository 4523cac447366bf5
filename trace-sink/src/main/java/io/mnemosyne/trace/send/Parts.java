package io.mnemosyne.trace.send;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import io.mnemosyne.core.Sha256;
import io.mnemosyne.core.trace.Outcome;
import io.mnemosyne.core.trace.PlacedSpan;
import io.mnemosyne.core.trace.Span;
import io.mnemosyne.core.trace.SpanFacts;
import io.mnemosyne.core.trace.SpanId;
import io.mnemosyne.core.trace.SpanType;
import io.mnemosyne.core.trace.TraceIds;

/** A large field in parts, each an event under its span. */
record Parts(List<PlacedSpan> spans, List<Entry> entries) {
    private static final String TRACE_NAME = LangfuseWords.TRACE_NAME;

    /**
     * Which span carries a part.
     *
     * @param offset of its first byte in the whole
     */
    record Entry(String span, int offset, int bytes, String sha256) {
    }

    static Parts of(PlacedSpan whole, String field, byte[] utf8, Cut cut) {
        List<byte[]> pieces = divide(utf8, cut.partBytes());
        List<PlacedSpan> spans = new ArrayList<>();
        List<Entry> entries = new ArrayList<>();
        int offset = 0;
        for (byte[] piece : pieces) {
            int number = spans.size() + 1;
            SpanId id = TraceIds.derived(whole.span().id(),
                    cut.asDefault() ? field : field + "/" + cut.partBytes(), number);
            Entry entry = new Entry(id.hex(), offset, piece.length, Sha256.hex(piece));
            spans.add(part(whole, id, field, piece, Map.of("payload.field", field, "payload.part",
                    Integer.toString(number), "payload.parts", Integer.toString(pieces.size()), "payload.offset",
                    Integer.toString(offset), "payload.bytes", Integer.toString(piece.length), "payload.sha256",
                    entry.sha256()), number + "/" + pieces.size()));
            entries.add(entry);
            offset += piece.length;
        }
        return new Parts(List.copyOf(spans), List.copyOf(entries));
    }

    private static PlacedSpan part(PlacedSpan whole, SpanId id, String field, byte[] piece,
            Map<String, String> metadata, String number) {
        SpanFacts of = whole.span().facts();
        SpanFacts facts = new SpanFacts(Optional.of(new String(piece, StandardCharsets.UTF_8)), Optional.empty(),
                Optional.empty(), Map.of(), Map.of(), of.session(), of.user(), of.tags(), metadata, ofTrace(of),
                List.of());
        return new PlacedSpan(whole.tenant(), whole.trace(), Optional.of(whole.span().id()), whole.thread(),
                new Span(id, SpanType.EVENT, clip(field) + " part " + number, whole.span().startedAt(),
                        whole.span().startedAt(), Outcome.SUCCESS, facts));
    }

    /** A part says of its trace what every span does. */
    private static Map<String, String> ofTrace(SpanFacts facts) {
        return Optional.ofNullable(facts.attributes().get(TRACE_NAME)).map(name -> Map.of(TRACE_NAME, name))
                .orElse(Map.of());
    }

    private static String clip(String field) {
        return field.codePointCount(0, field.length()) <= 100
                ? field
                : field.substring(0, field.offsetByCodePoints(0, 100));
    }

    /** Cuts between code points, so that each piece is text again. */
    private static List<byte[]> divide(byte[] utf8, int most) {
        List<byte[]> pieces = new ArrayList<>();
        for (int start = 0; start < utf8.length;) {
            int end = Math.min(utf8.length, start + most);
            while (end < utf8.length && (utf8[end] & 0xC0) == 0x80) {
                end--;
            }
            pieces.add(Arrays.copyOfRange(utf8, start, end));
            start = end;
        }
        return pieces;
    }
}
