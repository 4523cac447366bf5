package io.mnemosyne.context;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;

import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.mnemosyne.core.Blob;
import io.mnemosyne.core.Command;
import io.mnemosyne.core.Content;
import io.mnemosyne.core.LogEntry;
import io.mnemosyne.core.MemoryEvent;
import io.mnemosyne.core.MemoryRecord;
import io.mnemosyne.core.Origin;
import io.mnemosyne.core.Part;
import io.mnemosyne.core.Policy;
import io.mnemosyne.core.Position;
import io.mnemosyne.core.ProjectState;
import io.mnemosyne.core.RawTurn;
import io.mnemosyne.core.Role;
import io.mnemosyne.core.Segment;
import io.mnemosyne.core.SegmentText;
import io.mnemosyne.core.SeqRange;
import io.mnemosyne.core.Sha256;
import io.mnemosyne.core.ThreadKey;
import io.mnemosyne.core.Turn;
import io.mnemosyne.core.TurnEvent;
import io.mnemosyne.core.TurnsRecord;
import io.mnemosyne.core.assemble.Assembly;
import io.mnemosyne.core.assemble.Block;
import io.mnemosyne.core.tokens.O200kTokenCounter;
import io.mnemosyne.core.tokens.TokenCounter;
import io.mnemosyne.core.view.ViewEvent;
import io.mnemosyne.core.view.ViewRecord;
import io.mnemosyne.schemas.serde.LocalSchemaIds;
import io.mnemosyne.schemas.serde.TopicSerdes;
import io.mnemosyne.schemas.streams.StreamsSettings;
import io.mnemosyne.schemas.topics.TopicNames;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class ContextTopologyTest {
    private static final ThreadKey THREAD = new ThreadKey("acme", "build-17");
    private static final ThreadKey NEIGHBOUR = new ThreadKey("acme", "build-1");
    private static final TokenCounter COUNTER = O200kTokenCounter.shared();
    private static final String LONG_TEXT = "The build of module core failed again. ".repeat(50);
    private static final TopicNames NAMES = TopicNames.plain();

    private final TopicSerdes serdes = new TopicSerdes(new LocalSchemaIds(), NAMES);
    private final Topology topology = new ContextTopology(NAMES, serdes, Policy.standard(), COUNTER).get();
    private TopologyTestDriver driver;
    private TestInputTopic<String, TurnsRecord> turns;
    private TestInputTopic<String, MemoryRecord> memory;
    private TestInputTopic<String, Blob> blobs;
    private TestOutputTopic<String, ViewRecord> view;
    private DriverRows rows;
    private ThreadReader reader;
    private long offset;

    @BeforeEach
    void start(@TempDir Path stateDir) {
        driver = new TopologyTestDriver(topology,
                new StreamsSettings("context", NAMES, "unused:9092", stateDir).properties());
        turns = driver.createInputTopic("turns", Serdes.String().serializer(), serdes.turns().serializer());
        memory = driver.createInputTopic("memory", Serdes.String().serializer(), serdes.memory().serializer());
        blobs = driver.createInputTopic("blobs", Serdes.String().serializer(), serdes.blobs().serializer());
        view = driver.createOutputTopic("view", Serdes.String().deserializer(), serdes.view().deserializer());
        rows = new DriverRows(driver);
        reader = new StoredThreads(rows, Policy.standard(), COUNTER);
    }

    @AfterEach
    void stop() {
        driver.close();
    }

    @Test
    void shouldKeepItsShape() throws IOException {
        try (InputStream golden = Objects.requireNonNull(getClass().getResourceAsStream("/topology.txt"))) {
            assertThat(topology.describe().toString())
                    .isEqualTo(new String(golden.readAllBytes(), StandardCharsets.UTF_8));
        }
    }

    @Test
    void shouldServeTurnsByteForByte() {
        // given a turn with every kind of part
        RawTurn body = new RawTurn("e1", Role.ASSISTANT,
                List.of(new Part.Thinking(Content.of("Hm…\n")), new Part.Text(Content.of("Let me look. \ud83d\ude00")),
                        new Part.ToolCall("c1", "bash", Content.of("{\"command\": \"ls -l\",\"n\":1.50}")),
                        new Part.ToolResult("c1", "bash", Content.of("a\r\nb\t\u0000"), true),
                        new Part.Image("image/png", Content.of("aGFsbG8="))),
                new Origin(Optional.of(Instant.parse("2026-11-21T12:00:00.123456Z")), OptionalLong.of(7),
                        Optional.of("m1"), Optional.of("claude"), Optional.of("parent"), OptionalLong.of(3),
                        Optional.empty(), Optional.empty(),
                        Map.of("usage", "{\"input\": 1}")));
        Turn turn = new Turn(THREAD, 0, 0, body, COUNTER.count(body), List.of());
        // when
        read(turn);
        // then
        assertThat(reader.turn(THREAD, 0)).contains(turn);
        assertThat(((Assembly.Context) reader.context(THREAD).orElseThrow().assembly()).text()).contains("Hm…\n",
                "Let me look. \ud83d\ude00", "{\"command\": \"ls -l\",\"n\":1.50}", "a\r\nb\t\u0000");
    }

    @Test
    void shouldAnswerWithOneThreadOnly() {
        // given
        talk(THREAD, 0, 12);
        talk(NEIGHBOUR, 0, 2);
        // then
        assertThat(reader.turn(THREAD, 11)).map(Turn::thread).contains(THREAD);
        assertThat(reader.turn(NEIGHBOUR, 1)).map(Turn::thread).contains(NEIGHBOUR);
        assertThat(reader.turn(NEIGHBOUR, 2)).isEmpty();
        assertThat(reader.head(new ThreadKey("acme", "nobody"))).isEmpty();
        assertThat(reader.context(new ThreadKey("acme", "nobody"))).isEmpty();
    }

    @Test
    void shouldShowMemoryInThePlaceOfTurnsAndSayWhen() {
        // given
        talk(THREAD, 0, 9);
        Segment segment = segment(0, 7);
        ProjectState state = new ProjectState(1, List.of(new ProjectState.Item("Pass the build", SeqRange.of(0))),
                List.of(), List.of(), Map.of(), List.of(), List.of(), List.of());
        // when a user edits the memory, which is seen at once
        remember(new MemoryEvent.Observed(segment));
        remember(new MemoryEvent.Controlled(new Command("e", Command.Kind.EDIT, Optional.empty(), Map.of())));
        remember(new MemoryEvent.StateChanged(state));
        // then
        Assembly.Context context = (Assembly.Context) reader.context(THREAD).orElseThrow().assembly();
        assertThat(context.blocks()).extracting(Block::kind).containsExactly(Block.Kind.STATE, Block.Kind.OBSERVATION,
                Block.Kind.TURN);
        assertThat(reader.segments(THREAD)).containsExactly(segment);
        assertThat(reader.state(THREAD)).isEqualTo(state);
        ThreadHead head = reader.head(THREAD).orElseThrow();
        assertThat(head.epoch()).isEqualTo(1);
        assertThat(head.watermark()).isEqualTo(7);
        assertThat(head.tokensInView()).isLessThan(head.totals().tokensIn());
        TestRecord<String, ViewRecord> row = view.readRecord();
        assertThat(row.key()).isEqualTo("acme/build-17#0.e0000000000000000001");
        assertThat(row.value().event()).isInstanceOf(ViewEvent.EpochOpened.class);
        assertThat(view.isEmpty()).isTrue();
    }

    @Test
    void shouldShowAnObservationThatComesAfterAProviderReportedAPromptThatIsNearlyFull() {
        // given one that would be kept back, since too much behind it had to be cached anew
        talk(THREAD, 0, 60);
        pipe(THREAD, 0, new TurnEvent.Controlled(new Command("u", Command.Kind.USAGE, Optional.empty(),
                Map.of("inputTokens", Long.toString(Policy.standard().totalLine())))), "c");
        // when
        remember(new MemoryEvent.Observed(segment(0, 9)));
        // then
        assertThat(view.readRecord().value().event()).isInstanceOfSatisfying(ViewEvent.EpochOpened.class,
                epoch -> assertThat(epoch.reason()).isEqualTo(ViewEvent.Reason.CEILING));
        // when the next one comes without a report
        remember(new MemoryEvent.Observed(segment(10, 19)));
        // then it is kept back
        assertThat(view.isEmpty()).isTrue();
    }

    @Test
    void shouldAskIngestForOneCompactionWhenAProviderCountedNineTenthsOfTheWindow() {
        // given
        TestOutputTopic<String, Command> commands = driver.createOutputTopic("commands",
                Serdes.String().deserializer(), serdes.commands().deserializer());
        talk(THREAD, 0, 60);
        Instant said = Instant.parse("2026-11-21T12:00:00Z");
        String counted = "180000";
        // when it is told twice
        for (String id : List.of("u1", "u2")) {
            turns.pipeInput(THREAD.row("0.c" + id), new TurnsRecord(THREAD, 0, new Position("commands", 0, offset++),
                    new TurnEvent.Controlled(new Command(id, Command.Kind.USAGE, Optional.empty(),
                            Map.of("inputTokens", counted)))),
                    said);
        }
        // then
        TestRecord<String, Command> asked = commands.readRecord();
        assertThat(commands.isEmpty()).isTrue();
        assertThat(asked.key()).isEqualTo(THREAD.toString());
        assertThat(asked.value().kind()).isEqualTo(Command.Kind.COMPACT);
        assertThat(asked.value().at()).contains(said);
        assertThat(asked.value().arguments())
                .isEqualTo(Map.of("epoch", "0", "tokens", counted, "window", "200000"));
        // when an epoch is opened before it has its place
        remember(new MemoryEvent.Observed(segment(0, 9)));
        view.readRecord();
        pipe(THREAD, 0, new TurnEvent.Controlled(asked.value()), "c");
        // then
        assertThat(view.isEmpty()).isTrue();
    }

    @Test
    void shouldShowWhatWasKeptBackWhenToldToCompact() {
        // given
        talk(THREAD, 0, 60);
        remember(new MemoryEvent.Observed(segment(0, 19)));
        assertThat(view.isEmpty()).isTrue();
        // when
        pipe(THREAD, 0, new TurnEvent.Controlled(
                new Command("c1", Command.Kind.COMPACT, Optional.empty(), Map.of())), "c");
        // then
        assertThat(view.readRecord().value().event()).isInstanceOfSatisfying(ViewEvent.EpochOpened.class,
                epoch -> assertThat(epoch.reason()).isEqualTo(ViewEvent.Reason.COMPACT));
    }

    @Test
    void shouldServeLessWhenTheAgentsModelCountsMore() {
        // given
        for (int seq = 0; seq < 30; seq++) {
            Turn said = turn(THREAD, seq, Role.ASSISTANT, new Part.Text(Content.of("The build failed again.")));
            read(new Turn(THREAD, 0, seq, said.body(), 4_000, List.of()));
            report(THREAD, 1.5);
        }
        // then
        ThreadContext context = reader.context(THREAD).orElseThrow();
        assertThat(context.head().ceiling()).isBetween(60_000L, 66_700L);
        assertThat(context.assembly()).isInstanceOfSatisfying(Assembly.Context.class, served -> {
            assertThat(served.budget()).isEqualTo(context.head().ceiling());
            assertThat(1.5 * served.tokens()).isLessThanOrEqualTo(Policy.standard().budget());
        });
    }

    @Test
    void shouldNotRefuseWhatTheBudgetHoldsBecauseAModelCountsMore() {
        // given words of the user, which are never cut, of more tokens than the model's count leaves of the budget
        read(turn(THREAD, 0, Role.ASSISTANT, new Part.Text(Content.of(LONG_TEXT))));
        for (int i = 0; i < 3; i++) {
            report(THREAD, 2);
        }
        RawTurn words = new RawTurn("e1", Role.USER, List.of(new Part.Text(Content.of(LONG_TEXT.repeat(5)))),
                Origin.UNKNOWN);
        read(new Turn(THREAD, 0, 1, words, 70_000, List.of()));
        assertThat(reader.head(THREAD).orElseThrow().ceiling()).isLessThan(51_000);
        // then
        assertThat(reader.context(THREAD).orElseThrow().assembly()).isInstanceOfSatisfying(Assembly.Context.class,
                served -> assertThat(served.budget()).isBetween(70_000L, Policy.standard().budget()));
    }

    /** The agent's model counted a multiple of what is in view. */
    private void report(ThreadKey thread, double ratio) {
        ThreadHead head = reader.head(thread).orElseThrow();
        long tokens = Math.round(ratio * Math.min(head.tokensInView(), head.ceiling()));
        pipe(thread, 0, new TurnEvent.Controlled(new Command("u" + offset, Command.Kind.USAGE, Optional.empty(),
                Map.of("inputTokens", Long.toString(tokens), "model", "m"))), "c");
    }

    @Test
    void shouldPutLargeTextsBackOnceTheyArrive() {
        // given a turn whose text lies in a blob that has not come yet
        String text = "line of a long listing\n".repeat(4_000);
        Content reference = new Content.Reference(Sha256.hex(text), text.length(), "line of…");
        read(turn(THREAD, 0, Role.TOOL, new Part.ToolResult("c1", "bash", reference, false)));
        assertThatThrownBy(() -> reader.turn(THREAD, 0)).isInstanceOfSatisfying(Unavailable.class,
                unavailable -> assertThat(unavailable.reason()).isEqualTo(Unavailable.Reason.BLOB_MISSING));
        // when
        blobs.pipeInput(THREAD.row(Sha256.hex(text)), new Blob(THREAD, 0, Sha256.hex(text), text));
        // then
        assertThat(reader.turn(THREAD, 0))
                .hasValueSatisfying(turn -> assertThat(turn.parts().getFirst().content()).isEqualTo(Content.of(text)));
        assertThat(((Assembly.Context) reader.context(THREAD).orElseThrow().assembly()).text()).contains(text);
    }

    @Test
    void shouldLeaveNothingOfADeletedThreadButItsHead() {
        // given
        talk(THREAD, 0, 9);
        talk(NEIGHBOUR, 0, 3);
        remember(new MemoryEvent.Observed(segment(0, 7)));
        pipe(THREAD, 0, new TurnEvent.Controlled(
                new Command("c0", Command.Kind.POLICY, Optional.empty(), Map.of("timezone", "Europe/Berlin"))), "c");
        view.readRecord();
        // when
        pipe(THREAD, 1, new TurnEvent.Controlled(
                new Command("c1", Command.Kind.DELETE, Optional.empty(), Map.of())), "c");
        // then
        assertThat(rows.size(ContextTopology.TURNS)).isEqualTo(3);
        assertThat(rows.size(ContextTopology.SEGMENTS)).isZero();
        assertThat(reader.context(THREAD)).isEmpty();
        assertThat(reader.head(THREAD).orElseThrow().incarnation()).isEqualTo(1);
        assertThat(reader.head(THREAD).orElseThrow().hasTurns()).isFalse();
        TestRecord<String, ViewRecord> tombstone = view.readRecord();
        assertThat(tombstone.key()).isEqualTo("acme/build-17#0.e0000000000000000001");
        assertThat(tombstone.value()).isNull();
        // when turns of the old incarnation still come
        talk(THREAD, 9, 10);
        // then
        assertThat(rows.size(ContextTopology.TURNS)).isEqualTo(3);
        assertThat(driver.metrics().entrySet()).anySatisfy(metric -> {
            assertThat(metric.getKey().name()).isEqualTo("record.stale-total");
            assertThat(metric.getValue().metricValue()).isEqualTo(1.0);
        });
    }

    @Test
    void shouldIgnoreTombstones() {
        // when
        turns.pipeInput(THREAD.row("0.t0"), null);
        memory.pipeInput(THREAD.row("0.o0"), null);
        // then
        assertThat(reader.head(THREAD)).isEmpty();
    }

    @Test
    void shouldReachThePositionOfEveryRawRecord() {
        // when
        pipe(THREAD, 0, new TurnEvent.Skipped("e9", TurnEvent.Reason.REJECTED), "s");
        // then
        ThreadHead head = reader.head(THREAD).orElseThrow();
        assertThat(head.appliedThrough().reached(new Position("turns.raw", 2, 0))).isTrue();
        assertThat(head.appliedThrough().reached(new Position("turns.raw", 2, 1))).isFalse();
        assertThat(head.hasTurns()).isFalse();
    }

    private void talk(ThreadKey thread, int from, int to) {
        for (int seq = from; seq < to; seq++) {
            read(turn(thread, seq, Role.ASSISTANT, new Part.Text(Content.of(LONG_TEXT + seq))));
        }
    }

    private void read(Turn turn) {
        pipe(turn.thread(), turn.incarnation(), new TurnEvent.Appended(turn), "t");
    }

    private void pipe(ThreadKey thread, long incarnation, TurnEvent event, String kind) {
        turns.pipeInput(thread.row(String.format(Locale.ROOT, "%d.%s%019d", incarnation, kind, offset)),
                new TurnsRecord(thread, incarnation, new Position("turns.raw", 2, offset++), event));
    }

    private void remember(MemoryEvent event) {
        memory.pipeInput(THREAD.row("0.m"), new MemoryRecord(THREAD, 0, event));
    }

    private static Turn turn(ThreadKey thread, long seq, Role role, Part part) {
        RawTurn body = new RawTurn("e" + seq, role, List.of(part), Origin.UNKNOWN);
        return new Turn(thread, 0, seq, body, COUNTER.count(body), List.of());
    }

    private static Segment segment(long from, long to) {
        List<LogEntry> entries = List.of(new LogEntry(LogEntry.Priority.NOTABLE, LogEntry.Kind.TEST,
                SeqRange.of(from), Optional.of(Instant.parse("2026-11-21T12:00:00Z")), "The build failed."));
        Segment uncounted = new Segment("s" + from, Segment.Kind.OBSERVATION, new SeqRange(from, to), 0, entries,
                Optional.of("Build"), Optional.empty(), Optional.empty(), 0);
        return new Segment(uncounted.id(), uncounted.kind(), uncounted.range(), 0, entries, uncounted.title(),
                uncounted.currentTask(), uncounted.nextStep(), COUNTER.count(SegmentText.of(uncounted)));
    }
}
