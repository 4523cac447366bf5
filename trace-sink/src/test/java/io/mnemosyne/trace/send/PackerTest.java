package io.mnemosyne.trace.send;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.apache.kafka.common.TopicPartition;

import io.mnemosyne.trace.send.TraceBackend.Origin;

import static org.assertj.core.api.Assertions.assertThat;

class PackerTest {
    private static final int TARGET = 20_000;
    private static final int MOST = 7;
    private final Envelope envelope = new Envelope(Origin.UNKNOWN);
    private final SpanMapping mapping = new SpanMapping(
            TraceBackend.otlp("o", URI.create("http://localhost:1"), Map.of()));

    @Property(tries = 100)
    void requestsHoldEverySpanOnceInOrderAndStayBelowTheTarget(
            @ForAll @Size(max = 40) List<@IntRange(max = 25_000) Integer> sizes) {
        // given
        List<Piece> pieces = new ArrayList<>();
        sizes.forEach(size -> pieces.add(piece(pieces.size(), size)));
        // when
        List<List<Piece>> requests = new Packer(envelope.size(), TARGET, MOST).pack(pieces);
        // then
        assertThat(requests.stream().flatMap(List::stream)).containsExactlyElementsOf(pieces);
        assertThat(requests).allSatisfy(request -> {
            assertThat(request).hasSizeLessThanOrEqualTo(MOST);
            int counted = envelope.size() + request.stream().mapToInt(Piece::size).sum();
            int real = envelope.request(request).getSerializedSize();
            assertThat(real).isBetween(counted - 12, counted);
            assertThat(request.size() == 1 || real <= TARGET).isTrue();
        });
        // and none has room for the first span of the next
        for (int i = 0; i + 1 < requests.size(); i++) {
            List<Piece> more = new ArrayList<>(requests.get(i));
            more.add(requests.get(i + 1).getFirst());
            assertThat(more.size() > MOST || envelope.size() + more.stream().mapToInt(Piece::size).sum() > TARGET)
                    .isTrue();
        }
    }

    private Piece piece(int number, int bytes) {
        var span = SampleSpans.tool("t" + number, "x".repeat(bytes));
        Source source = new Source(new TopicPartition("spans.finished", 0), number, 1, span.key(), "", bytes);
        return new Piece(new Parcel(source, 1), span, mapping.map(span), List.of());
    }
}
