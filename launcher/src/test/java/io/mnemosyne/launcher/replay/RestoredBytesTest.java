package io.mnemosyne.launcher.replay;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.mnemosyne.context.ContextTopology;
import io.mnemosyne.context.DriverRows;
import io.mnemosyne.context.StoredObject;
import io.mnemosyne.context.StoredThreads;
import io.mnemosyne.context.ThreadReader;
import io.mnemosyne.core.Command;
import io.mnemosyne.core.LogEntry;
import io.mnemosyne.core.MemoryEvent;
import io.mnemosyne.core.MemoryRecord;
import io.mnemosyne.core.Policy;
import io.mnemosyne.core.RawTurn;
import io.mnemosyne.core.Segment;
import io.mnemosyne.core.SemanticObject;
import io.mnemosyne.core.SeqRange;
import io.mnemosyne.core.Sha256;
import io.mnemosyne.core.ThreadKey;
import io.mnemosyne.core.TurnEvent;
import io.mnemosyne.core.TurnsRecord;
import io.mnemosyne.core.assemble.Assembly;
import io.mnemosyne.core.redact.TenantRedactors;
import io.mnemosyne.core.redact.TurnRedactor;
import io.mnemosyne.core.tokens.O200kTokenCounter;
import io.mnemosyne.core.tokens.TokenCounter;
import io.mnemosyne.core.view.ViewEvent;
import io.mnemosyne.core.view.ViewEvent.Refusal;
import io.mnemosyne.ingest.IngestTopology;
import io.mnemosyne.launcher.importer.SessionFile;
import io.mnemosyne.replay.policy.Remembering;
import io.mnemosyne.replay.recording.Event;
import io.mnemosyne.replay.recording.Recording;
import io.mnemosyne.schemas.serde.LocalSchemaIds;
import io.mnemosyne.schemas.serde.TopicSerdes;
import io.mnemosyne.schemas.streams.StreamsSettings;
import io.mnemosyne.schemas.topics.ThreadPartitioner;
import io.mnemosyne.schemas.topics.Topic;
import io.mnemosyne.schemas.topics.TopicNames;
import io.mnemosyne.schemas.topics.Topics;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Nothing is lost: every object of every recorded session comes back to the byte as it was said, credentials apart, through
 * topics and stores, and stands in the prompt when it is restored.
 */
class RestoredBytesTest {
    private static final TopicNames NAMES = TopicNames.plain();
    private static final TokenCounter COUNTER = O200kTokenCounter.shared();
    private static final Policy POLICY = Policy.standard();
    /** Restored together, tokens: a part of the ceiling. */
    private static final long BATCH = 30_000;

    @TempDir
    Path state;
    private final TopicSerdes serdes = new TopicSerdes(new LocalSchemaIds(), NAMES);
    private TopologyTestDriver ingest;
    private TopologyTestDriver context;
    private ThreadReader reader;
    private long commands;
    private long objects;
    private long restored;
    private final List<String> tooLarge = new ArrayList<>();

    @BeforeEach
    void start() {
        ingest = driver("ingest", new IngestTopology(serdes, NAMES, Remembering.sequencer(COUNTER)).get());
        context = driver("context", new ContextTopology(NAMES, serdes, POLICY, COUNTER).get());
        reader = new StoredThreads(new DriverRows(context), POLICY, COUNTER);
    }

    @AfterEach
    void stop() {
        ingest.close();
        context.close();
    }

    @Test
    void shouldGiveBackEveryObjectOfEverySessionToTheByte() throws IOException {
        // given
        List<Path> files = files();
        Iterator<ThreadKey> threads = threads();
        for (Path file : files) {
            Recording session = new RecordingFile(file, SessionFile.AUTO, false, 0, Optional.empty(),
                    problem -> assertThat(problem).isNull()).call().orElseThrow();
            ThreadKey thread = threads.next();
            // when
            List<Said> said = take(thread, session);
            // then
            said.forEach(one -> assertIsStored(thread, one));
            // and when a segment stands for all of it
            observe(thread);
            batches(said).forEach(batch -> assertComesBack(thread, batch));
        }
        System.out
                .printf("%d sessions: %d objects compared to the byte, %d restored behind a segment, too large for the "
                        + "ceiling: %s%n", files.size(), objects, restored, tooLarge);
        assertThat(restored + tooLarge.size()).isEqualTo(objects).isGreaterThan(50);
    }

    /** The sample, and what else there is. */
    private static List<Path> files() {
        List<Path> places = new ArrayList<>(List.of(Path.of("../samples/mnemosyne-session.jsonl")));
        Optional.ofNullable(System.getenv("MNEMOSYNE_DATA")).map(data -> Path.of(data, "sessions"))
                .ifPresent(sessions -> Stream.of("normalized", "original/claude_code").map(sessions::resolve)
                        .forEach(places::add));
        return SessionFiles.find(places);
    }

    /** Their partition is the one that a test driver has. */
    private static Iterator<ThreadKey> threads() {
        return IntStream.iterate(0, i -> i + 1).mapToObj(i -> new ThreadKey("replay", "session-" + i))
                .filter(key -> ThreadPartitioner.partitionOf(key.toString(), Topics.PARTITIONS) == 0).iterator();
    }

    /** An object that ingest cut, and its text as it was said: redacted without going through a topology. */
    private record Said(SemanticObject object, String text) {
    }

    /** Sends all turns through ingest to the context. */
    private List<Said> take(ThreadKey thread, Recording session) {
        TurnRedactor redactor = new TurnRedactor(new TenantRedactors("replay".getBytes(UTF_8)).apply(thread.tenant()));
        Map<String, RawTurn> clean = new HashMap<>();
        for (Event event : session.events()) {
            write(ingest, Topics.TURNS_RAW, serdes.rawTurns(), thread.toString(), event.turn());
            RawTurn turn = redactor.redact(event.turn()).value();
            clean.putIfAbsent(turn.eventId(), turn);
        }
        List<Said> said = new ArrayList<>();
        for (TurnsRecord record : passOn()) {
            if (record.event() instanceof TurnEvent.Appended(var turn)) {
                RawTurn sent = Objects.requireNonNull(clean.get(turn.body().eventId()));
                turn.objects().forEach(object -> said
                        .add(new Said(object, sent.parts().get(object.part()).content().shown())));
            }
        }
        return said;
    }

    /** What ingest has written is read by the context. */
    private List<TurnsRecord> passOn() {
        pass(Topics.BLOBS);
        return pass(Topics.TURNS).stream()
                .map(record -> serdes.turns().deserializer().deserialize(NAMES.of(Topics.TURNS), record.value()))
                .toList();
    }

    private void assertIsStored(ThreadKey thread, Said said) {
        SemanticObject object = said.object();
        StoredObject stored = reader.object(thread, object.id()).orElseThrow();
        assertThat(stored.text().getBytes(UTF_8)).as("%s of %s", object.stub(), thread)
                .isEqualTo(said.text().getBytes(UTF_8)).hasSize((int) object.bytes());
        assertThat(Sha256.hex(stored.text())).isEqualTo(object.contentHash());
        objects++;
    }

    /** A segment stands for everything, and is shown, since a policy is changed. */
    private void observe(ThreadKey thread) {
        SeqRange all = new SeqRange(0, reader.head(thread).orElseThrow().nextSeq() - 1);
        Segment segment = new Segment("all", Segment.Kind.OBSERVATION, all, 0, List.of(new LogEntry(
                LogEntry.Priority.NOTABLE, LogEntry.Kind.FACT, all, Optional.empty(), "Much was done.")),
                Optional.empty(), Optional.empty(), Optional.empty(), 20);
        write(context, Topics.MEMORY, serdes.memory(), thread.toString(),
                new MemoryRecord(thread, 0, new MemoryEvent.Observed(segment)));
        command(thread, Command.Kind.POLICY, Map.of("timezone", "Europe/Berlin"));
        assertThat(reader.head(thread).orElseThrow().watermark()).isEqualTo(all.to());
    }

    private static List<List<Said>> batches(List<Said> all) {
        List<List<Said>> batches = new ArrayList<>();
        long tokens = 0;
        for (Said said : all) {
            if (batches.isEmpty() || tokens + said.object().tokens() > BATCH || batches.getLast().size() == 100) {
                batches.add(new ArrayList<>());
                tokens = 0;
            }
            batches.getLast().add(said);
            tokens += said.object().tokens();
        }
        return batches;
    }

    private void assertComesBack(ThreadKey thread, List<Said> batch) {
        Map<String, String> named = Map.of("objects",
                batch.stream().map(said -> said.object().id()).collect(Collectors.joining(",")));
        ViewEvent.Obeyed obeyed = command(thread, Command.Kind.RESTORE, named);
        if (obeyed.refusal().isPresent()) {
            assertThat(obeyed.refusal()).as("%s", obeyed).contains(Refusal.NO_ROOM);
            assertThat(batch).hasSize(1);
            tooLarge.add(batch.getFirst().object().tokens() + " tokens");
            return;
        }
        Assembly.Context prompt = (Assembly.Context) reader.context(thread).orElseThrow().assembly();
        String text = prompt.text();
        batch.forEach(said -> assertThat(text.contains(said.text())).as("%s is in the prompt", said.object())
                .isTrue());
        assertThat(prompt.tokens()).isLessThanOrEqualTo(POLICY.budget());
        restored += batch.size();
        command(thread, Command.Kind.RELEASE, named);
    }

    /** Gives a command as producers do; what became of it, if it is about objects. */
    private ViewEvent.Obeyed command(ThreadKey thread, Command.Kind kind, Map<String, String> arguments) {
        write(ingest, Topics.COMMANDS, serdes.commands(), thread.toString(),
                new Command("c" + commands++, kind, Optional.empty(), arguments));
        passOn();
        return read(context, Topics.VIEW).stream()
                .map(record -> serdes.view().deserializer().deserialize(NAMES.of(Topics.VIEW), record.value()).event())
                .filter(ViewEvent.Obeyed.class::isInstance).map(ViewEvent.Obeyed.class::cast)
                .reduce((_, newest) -> newest).orElseGet(() -> new ViewEvent.Obeyed(0, 0, kind, List.of(), List.of(),
                        Optional.empty(), 0, Optional.empty()));
    }

    private List<TestRecord<byte[], byte[]>> pass(Topic topic) {
        List<TestRecord<byte[], byte[]>> records = read(ingest, topic);
        var to = context.createInputTopic(NAMES.of(topic), new ByteArraySerializer(), new ByteArraySerializer());
        records.forEach(to::pipeInput);
        return records;
    }

    private static List<TestRecord<byte[], byte[]>> read(TopologyTestDriver driver, Topic topic) {
        return driver.createOutputTopic(NAMES.of(topic), new ByteArrayDeserializer(), new ByteArrayDeserializer())
                .readRecordsToList();
    }

    private static <T> void write(TopologyTestDriver driver, Topic topic, Serde<T> serde, String key, T value) {
        driver.createInputTopic(NAMES.of(topic), new ByteArraySerializer(), serde.serializer())
                .pipeInput(key.getBytes(UTF_8), value);
    }

    private TopologyTestDriver driver(String name, Topology topology) {
        return new TopologyTestDriver(topology, new StreamsSettings(name, NAMES, "nowhere:9092", state).properties());
    }
}
