package io.mnemosyne.trace;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.mnemosyne.core.Sha256;
import io.mnemosyne.core.trace.Outcome;
import io.mnemosyne.core.trace.PlacedSpan;
import io.mnemosyne.core.trace.RefusedSpan;
import io.mnemosyne.core.trace.Span;
import io.mnemosyne.core.trace.SpanEvent;
import io.mnemosyne.core.trace.SpanFacts;
import io.mnemosyne.core.trace.SpanMoment;
import io.mnemosyne.core.trace.SpanRecord;
import io.mnemosyne.core.trace.SpanType;

import static io.mnemosyne.trace.Told.START;
import static io.mnemosyne.trace.Told.at;
import static io.mnemosyne.trace.Told.atRoot;
import static io.mnemosyne.trace.Told.finished;
import static io.mnemosyne.trace.Told.session;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

class SpanReaderTest {
    private static final String SECRET = "ghp_" + "aB3dE5fG7hJ9kL1mN2pQ4rS6tU8vW0xY2zA4";

    @TempDir
    private Path dir;
    private Sink sink;

    @BeforeEach
    void start() {
        sink = new Sink(dir);
    }

    @AfterEach
    void stop() {
        sink.close();
    }

    @Test
    void shouldRedactEveryTextOfAForeignSpan() {
        // given
        SpanFacts facts = new SpanFacts(Optional.of("in " + SECRET), Optional.of("out " + SECRET), Optional.of("m"),
                Map.of("input", 3L), Map.of("total", 0.1), Optional.of("chat"), Optional.of("user " + SECRET),
                List.of("tag " + SECRET), Map.of("token", SECRET), Map.of("http.header", "\"Bearer " + SECRET + "\""),
                List.of(new SpanMoment("event " + SECRET, START, Map.of("body", SECRET))));
        // when
        sink.tellRaw(Sink.TENANT, new SpanEvent.Finished(atRoot(), new Span(Told.id(1), SpanType.GENERATION,
                "call " + SECRET, START, START, Outcome.error("refused " + SECRET), facts)));
        // then
        PlacedSpan placed = sink.onlyFinished();
        assertThat(placed.toString()).doesNotContain(SECRET).contains("[REDACTED:");
        assertThat(placed.span().facts().usage()).containsEntry("input", 3L);
    }

    @Test
    void shouldReportWhatCannotBeReadAndGoOn() {
        // given
        byte[] garbage = ("garbage " + SECRET).getBytes(UTF_8);
        // when
        sink.tellBytes("acme/0af7651916cd43dd8448eb211c80319c", garbage);
        sink.tellBytes(SECRET, garbage);
        sink.tellRaw(Sink.TENANT, finished(atRoot(), Told.id(1), session("chat")));
        // then
        List<RefusedSpan> refused = sink.refused();
        assertThat(refused).extracting(RefusedSpan::key).containsExactly("acme/0af7651916cd43dd8448eb211c80319c", "");
        assertThat(refused).allSatisfy(report -> {
            assertThat(report.sha256()).isEqualTo(Sha256.hex(garbage));
            assertThat(report.bytes()).isEqualTo(garbage.length);
            assertThat(report.source().topic()).isEqualTo("spans.raw");
            assertThat(report.toString()).doesNotContain(SECRET);
        });
        assertThat(sink.finished()).hasSize(1);
    }

    @Test
    void shouldReportIllFormedSpansWithTheirReason() {
        // given
        SpanFacts negative = new SpanFacts(Optional.empty(), Optional.empty(), Optional.empty(), Map.of("input", -1L),
                Map.of(), Optional.empty(), Optional.empty(), List.of(), Map.of(), Map.of(), List.of());
        // when
        sink.tellRaw("not a tenant", finished(atRoot(), Told.id(1), SpanFacts.NONE));
        sink.tellRaw(Sink.TENANT, finished(at("not a thread", 0), Told.id(2), SpanFacts.NONE));
        sink.tellRaw(Sink.TENANT, finished(at("lead", -3), Told.id(3), SpanFacts.NONE));
        sink.tellRaw(Sink.TENANT, finished(atRoot(), Told.id(4), negative));
        sink.tellRaw(Sink.TENANT, new SpanEvent.Finished(atRoot(), new Span(Told.id(5), SpanType.SPAN, "back in time",
                START, START.minusSeconds(1), Outcome.SUCCESS, SpanFacts.NONE)));
        sink.tellRaw(Sink.TENANT, new SpanEvent.Finished(atRoot(), new Span(Told.id(6), SpanType.SPAN, " ", START,
                START, Outcome.SUCCESS, SpanFacts.NONE)));
        // then
        assertThat(sink.refused()).extracting(RefusedSpan::spanId).containsExactly(Told.id(1).hex(), Told.id(2).hex(),
                Told.id(3).hex(), Told.id(4).hex(), Told.id(5).hex(), Told.id(6).hex());
        assertThat(sink.finished()).isEmpty();
    }

    @Test
    void shouldReportARecordThatIsTooLarge() {
        // given
        byte[] tooLarge = sink.bytes(new SpanRecord(Sink.TENANT,
                finished(atRoot(), Told.id(1), Told.texts("x".repeat(17 << 20), ""))));
        // when
        sink.tellBytes("acme/0af7651916cd43dd8448eb211c80319c", tooLarge);
        // then
        assertThat(sink.refused()).singleElement()
                .satisfies(report -> assertThat(report.reason()).contains("16777216 bytes"));
    }

    @Test
    void shouldFindTheHomeOfAForeignSpanWhateverItsKey() {
        // given
        sink.tell(Told.root(Sink.TENANT, "lead", 0));
        // when
        sink.tellBytes("no key at all",
                sink.bytes(new SpanRecord(Sink.TENANT, finished(at("lead", 0), Told.id(1), SpanFacts.NONE))));
        // then
        assertThat(sink.onlyFinished().thread()).contains("lead");
    }
}
