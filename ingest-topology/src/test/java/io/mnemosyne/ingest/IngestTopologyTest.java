package io.mnemosyne.ingest;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

import org.apache.kafka.common.header.internals.RecordHeader;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.mnemosyne.core.Content;
import io.mnemosyne.core.ObjectRecord;
import io.mnemosyne.core.Part;
import io.mnemosyne.core.Position;
import io.mnemosyne.core.RawTurn;
import io.mnemosyne.core.Rejection;
import io.mnemosyne.core.Sha256;
import io.mnemosyne.core.ThreadKey;
import io.mnemosyne.core.Turn;
import io.mnemosyne.core.TurnEvent;
import io.mnemosyne.core.TurnEvent.Reason;
import io.mnemosyne.core.TurnsRecord;
import io.mnemosyne.core.trace.SpanEvent;
import io.mnemosyne.core.trace.SpanRecord;
import io.mnemosyne.core.trace.TraceContext;
import io.mnemosyne.core.trace.TraceIds;
import io.mnemosyne.core.trace.Tracing;
import io.mnemosyne.schemas.topics.Topics;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

class IngestTopologyTest {
    @TempDir
    Path stateDir;
    private Pipeline pipeline;

    @BeforeEach
    void start() {
        pipeline = new Pipeline(stateDir);
    }

    @AfterEach
    void stop() {
        pipeline.close();
    }

    @Test
    void shouldGiveTheTurnsOfTwoProducersOneOrderWithoutGapsOrDoubles() {
        // given
        List<String> first = Stream.iterate(0, i -> i < 20, i -> i + 1).map(i -> "a" + i).toList();
        List<String> second = Stream.iterate(0, i -> i < 20, i -> i + 1).map(i -> "b" + i).toList();
        // when both send interleaved, and one of them repeats what it sent
        for (int i = 0; i < 20; i++) {
            pipeline.send(first.get(i), "from a");
            pipeline.send(second.get(i), "from b");
            pipeline.send(first.get(i / 2), "from a");
        }
        // then
        List<TurnsRecord> records = pipeline.turns.readValuesToList();
        List<Turn> turns = Pipeline.appended(records).toList();
        assertThat(records).hasSize(60);
        assertThat(turns).extracting(Turn::seq)
                .containsExactlyElementsOf(Stream.iterate(0L, i -> i < 40, i -> i + 1).toList());
        assertThat(turns).extracting(turn -> turn.body().eventId()).containsAll(first).containsAll(second)
                .doesNotHaveDuplicates();
    }

    @Test
    void shouldReportARecordThatIsNoEventAndGoOn() {
        // given
        byte[] noAvro = "{\"text\": \"hello\"}".getBytes(UTF_8);
        // when
        pipeline.send("e1", "before");
        pipeline.sendBytes(Pipeline.KEY, noAvro);
        pipeline.sendBytes(Pipeline.KEY, null);
        pipeline.sendBytes(Pipeline.KEY, new byte[]{0, 0, 0, 3, (byte) 231, 0});
        pipeline.send("", "no id");
        pipeline.send("e2", "after");
        // then
        List<TurnsRecord> records = pipeline.turns.readValuesToList();
        assertThat(Pipeline.appended(records)).extracting(Turn::seq).containsExactly(0L, 1L);
        assertThat(records).extracting(TurnsRecord::source).extracting(Position::offset).containsExactly(0L, 1L, 2L, 3L,
                4L, 5L);
        assertThat(records.subList(1, 5)).extracting(TurnsRecord::event)
                .containsOnly(new TurnEvent.Skipped("", Reason.REJECTED));
        List<Rejection> rejections = pipeline.rejected.readValuesToList();
        assertThat(rejections).extracting(Rejection::reason).satisfiesExactly(
                reason -> assertThat(reason).contains("0x7b instead of 0x00"),
                reason -> assertThat(reason).contains("no value"),
                reason -> assertThat(reason).contains("no schema has the id 999"),
                reason -> assertThat(reason).contains("eventId is empty"));
        assertThat(rejections.getFirst()).isEqualTo(new Rejection(Pipeline.KEY, new Position("turns.raw", 0, 1),
                rejections.getFirst().reason(), Sha256.hex(noAvro), noAvro.length));
    }

    @Test
    void shouldOnlyReportARecordWithoutAThread() {
        // when
        pipeline.sendBytes(null, new byte[]{1});
        pipeline.sendBytes("no thread", new byte[]{2});
        // then
        assertThat(pipeline.turns.isEmpty()).isTrue();
        assertThat(pipeline.rejected.readValuesToList()).extracting(Rejection::thread).containsExactly("", "");
    }

    @Test
    void shouldKeepSecretsFromEveryTopic() {
        // given
        String secret = "gh" + "p_" + "0aZ9bY8cX7dW6eV5fU4gT3hS2iR1jQ0kP9lO";
        // when
        pipeline.send("e1", "push with " + secret + " please");
        // then
        Turn turn = Pipeline.appended(pipeline.turns.readValuesToList()).findFirst().orElseThrow();
        ObjectRecord object = pipeline.objects.readValue();
        assertThat(turn.parts().getFirst().content().shown()).startsWith("push with [REDACTED:github:")
                .endsWith("] please");
        assertThat(turn.toString()).doesNotContain(secret);
        assertThat(object.toString()).doesNotContain(secret);
    }

    @Test
    void shouldMoveALargePartToABlob() {
        // given
        String large = "é".repeat(100_000);
        // when
        pipeline.send("e1", large);
        // then
        Part part = Pipeline.appended(pipeline.turns.readValuesToList()).findFirst().orElseThrow().parts().getFirst();
        var blob = pipeline.blobs.readKeyValue();
        assertThat(part.content()).isInstanceOfSatisfying(Content.Reference.class, reference -> {
            assertThat(reference.sha256()).isEqualTo(Sha256.hex(large));
            assertThat(reference.bytes()).isEqualTo(200_000);
        });
        assertThat(blob.key).isEqualTo(Pipeline.KEY + "#" + Sha256.hex(large));
        assertThat(blob.value.text()).isEqualTo(large);
    }

    @Test
    void shouldTombstoneEveryRowOfADeletedThreadAndStartAgain() {
        // given
        pipeline.send("e1", "x".repeat(100_000));
        pipeline.send("e1", "a duplicate");
        pipeline.send("e2", "small");
        pipeline.send("default/other", "o1", "untouched", new RecordHeaders());
        Set<String> rows = keysOf(pipeline.turns.readRecordsToList());
        Set<String> objects = keysOf(pipeline.objects.readRecordsToList());
        Set<String> blobs = keysOf(pipeline.blobs.readRecordsToList());
        // when
        pipeline.delete("d1");
        pipeline.send("e1", "again");
        // then
        List<TestRecord<String, TurnsRecord>> written = pipeline.turns.readRecordsToList();
        assertThat(keysOf(written.stream().filter(row -> row.value() == null).toList())).isEqualTo(rows);
        assertThat(keysOf(pipeline.objects.readRecordsToList().stream().filter(row -> row.value() == null).toList()))
                .isEqualTo(objects);
        assertThat(keysOf(pipeline.blobs.readRecordsToList())).isEqualTo(blobs);
        List<TurnsRecord> alive = written.stream().map(TestRecord::value).filter(value -> value != null).toList();
        assertThat(alive).extracting(TurnsRecord::incarnation).containsExactly(1L, 1L);
        assertThat(alive.getFirst().event()).isInstanceOf(TurnEvent.Controlled.class);
        assertThat(Pipeline.appended(alive)).extracting(Turn::seq).containsExactly(0L);
    }

    @Test
    void shouldPassOnTheTraceAndTheTimeAndNoOtherHeader() {
        // given
        String trace = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";
        RecordHeaders headers = new RecordHeaders();
        headers.add("traceparent", trace.getBytes(UTF_8));
        headers.add("authorization", "whatever a producer sends".getBytes(UTF_8));
        // when
        pipeline.send(Pipeline.KEY, "e1", "hello", headers);
        // then
        TestRecord<String, TurnsRecord> record = pipeline.turns.readRecord();
        assertThat(record.headers()).containsExactly(new RecordHeader("traceparent", trace.getBytes(UTF_8)));
        assertThat(record.getRecordTime()).isEqualTo(Instant.EPOCH);
        assertThat(record.key()).isEqualTo("default/t#0.t0000000000000000000");
    }

    @Test
    void shouldLeaveTheHeadersOfARejectedRecordBehind() {
        // given
        RecordHeaders headers = new RecordHeaders();
        headers.add("traceparent", "no trace but a secret".getBytes(UTF_8));
        // when
        pipeline.send(Pipeline.KEY, "", "without an id", headers);
        pipeline.send("no thread", "e1", "without a thread", headers);
        // then
        assertThat(pipeline.rejected.readRecordsToList()).hasSize(2)
                .allSatisfy(rejection -> assertThat(rejection.headers()).isEmpty());
    }

    @Test
    void shouldTakeARecordWithoutATimeAsSentWithTheOneBeforeIt() {
        // given what a client may send that is no Java producer
        Instant none = Instant.ofEpochMilli(-1);
        Instant known = Instant.parse("2026-11-01T09:00:00Z");
        // when
        pipeline.send("e1", "first of all", none);
        pipeline.send("e2", "with a time", known);
        pipeline.send("e3", "without one", none);
        // then
        assertThat(pipeline.turns.readRecordsToList()).extracting(TestRecord::getRecordTime)
                .containsExactly(Instant.EPOCH, known, known);
    }

    @Test
    void shouldProduceAMisplacedRecordAgainOnce() {
        // given a thread that belongs on the second of two partitions
        pipeline.close();
        pipeline = new Pipeline(stateDir, 2, Tracing.OFF);
        RawTurn turn = Pipeline.turn("e1", "hello");
        // when it arrives on the first; the driver hands the produced record back to the same partition
        pipeline.sendBytes("default/misplaced", pipeline.bytes(turn));
        // then
        assertThat(pipeline.turns.readValuesToList()).extracting(TurnsRecord::event).containsExactly(
                new TurnEvent.Skipped("", Reason.REROUTED), new TurnEvent.Skipped("", Reason.REJECTED));
        assertThat(pipeline.rejected.readValue().reason()).contains("number of partitions");
    }

    @Test
    void shouldTellOfATurnInTheTraceOfTheHeaderAndNameTheTurnToThoseWhoRead() {
        // given
        pipeline.close();
        pipeline = new Pipeline(stateDir, 1, Tracing.FULL);
        TraceContext cause = TraceContext.parse("00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01")
                .orElseThrow();
        RecordHeaders headers = new RecordHeaders();
        headers.add(TraceContext.HEADER, cause.traceparent().getBytes(UTF_8));
        String secret = "gh" + "p_" + "0aZ9bY8cX7dW6eV5fU4gT3hS2iR1jQ0kP9lO";
        // when
        pipeline.send(Pipeline.KEY, "e1", "push with " + secret, headers);
        pipeline.send(Pipeline.KEY, "e1", "a duplicate", headers);
        // then
        TestRecord<String, TurnsRecord> record = pipeline.turns.readRecord();
        String traceparent = new String(record.headers().lastHeader(TraceContext.HEADER).value(), UTF_8);
        ThreadKey thread = ThreadKey.ofKey(Pipeline.KEY);
        assertThat(TraceContext.parse(traceparent))
                .contains(new TraceContext(cause.trace(), TraceIds.turn(thread, 0, 0), true));
        assertThat(record.headers().headers(TraceContext.HEADER)).hasSize(1);
        List<KeyValue<String, SpanRecord>> spans = pipeline.spans.readKeyValuesToList();
        assertThat(spans).extracting(span -> span.key).containsOnly("default/" + TraceIds.home("default", "t"));
        assertThat(spans).extracting(span -> span.value.event()).hasSize(4).first()
                .isEqualTo(new SpanEvent.Linked("t", 0, 0,
                        new SpanEvent.Target.ToTrace(cause.trace(), Optional.of(cause.span()))));
        assertThat(spans.toString()).contains("redacted.github=1").doesNotContain(secret);
    }

    @Test
    void shouldKeepTheShapeOfTheTopology() throws IOException {
        // given
        String golden = new String(getClass().getResourceAsStream("/topology.txt").readAllBytes(), UTF_8);
        // when
        String described = Pipeline.topology(pipeline.serdes, Topics.PARTITIONS, Tracing.OFF).describe().toString();
        // then store and processor names are part of the state: a change here means a rebuild
        assertThat(described.strip()).isEqualTo(golden.strip());
    }

    private static <T> Set<String> keysOf(List<TestRecord<String, T>> records) {
        Set<String> keys = new HashSet<>();
        records.stream().map(TestRecord::key).filter(key -> key.startsWith(Pipeline.KEY + "#")).forEach(keys::add);
        return keys;
    }
}
