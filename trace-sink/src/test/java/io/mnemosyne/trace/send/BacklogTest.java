package io.mnemosyne.trace.send;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

import io.mnemosyne.trace.send.Backlog.Work;
import io.mnemosyne.trace.send.TraceBackend.Origin;

import static org.assertj.core.api.Assertions.assertThat;

class BacklogTest {
    private static final long LINGER = Duration.ofSeconds(1).toNanos();
    private static final TopicPartition ONE = new TopicPartition("spans.finished", 1);
    private static final TopicPartition TWO = new TopicPartition("spans.finished", 2);
    private final Envelope envelope = new Envelope(Origin.UNKNOWN);
    private final SpanMapping mapping = new SpanMapping(
            TraceBackend.otlp("o", URI.create("http://localhost:1"), Map.of()));
    private final Backlog backlog = new Backlog(new Packer(envelope.size(), 1_000_000, 2), SendLimits.DEFAULT);

    @Test
    void shouldLetASpanWaitForOthersButNotForLong() {
        // when
        backlog.add(List.of(piece(ONE, 0)), 0);
        // then
        assertThat(backlog.next(LINGER - 1)).isEmpty();
        assertThat(backlog.next(LINGER)).isPresent();
        assertThat(backlog.next(LINGER)).isEmpty();
    }

    @Test
    void shouldForgetWhatBelongsToPartitionsThatWentAway() {
        // given a full request of both partitions, a report, and a span that waits
        Piece kept = piece(ONE, 0);
        backlog.add(List.of(piece(TWO, 0)), 0);
        backlog.add(List.of(kept), 0);
        backlog.add(List.of(piece(TWO, 1)), 0);
        backlog.add(new Work.Report(piece(TWO, 2).parcel(), "unreadable"));
        assertThat(backlog.bytes()).isEqualTo(40);
        // when
        backlog.forget(Set.of(TWO));
        // then
        assertThat(backlog.bytes()).isEqualTo(10);
        assertThat(backlog.next(2 * LINGER)).contains(new Work.Ship(List.of(kept)));
        assertThat(backlog.next(2 * LINGER)).isEmpty();
        // and what arrives of them all the same changes nothing
        backlog.done(kept.parcel());
        backlog.done(kept.parcel());
        assertThat(backlog.bytes()).isZero();
    }

    private Piece piece(TopicPartition partition, long offset) {
        var span = SampleSpans.tool("t" + offset, "x");
        return new Piece(new Parcel(new Source(partition, offset, 1, span.key(), "", 10), 1), span, mapping.map(span),
                List.of());
    }
}
