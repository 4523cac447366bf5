package io.mnemosyne.context;

import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TopologyTestDriver;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

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
import io.mnemosyne.core.SemanticObject;
import io.mnemosyne.core.SeqRange;
import io.mnemosyne.core.Sha256;
import io.mnemosyne.core.ThreadKey;
import io.mnemosyne.core.Turn;
import io.mnemosyne.core.TurnEvent;
import io.mnemosyne.core.TurnsRecord;
import io.mnemosyne.core.recall.MemoryQuery;
import io.mnemosyne.core.recall.Recall;
import io.mnemosyne.core.recall.Recalled;
import io.mnemosyne.core.recall.Recollection;
import io.mnemosyne.core.recall.TimeRange;
import io.mnemosyne.core.tokens.TokenCounter;
import io.mnemosyne.schemas.serde.LocalSchemaIds;
import io.mnemosyne.schemas.serde.TopicSerdes;
import io.mnemosyne.schemas.streams.StreamsSettings;
import io.mnemosyne.schemas.topics.TopicNames;

import static org.assertj.core.api.Assertions.assertThat;

class StoredRecallTest {
    private static final ThreadKey THREAD = new ThreadKey("acme", "build-17");
    private static final TokenCounter COUNTER = text -> (text.length() + 3) / 4;
    private static final TopicNames NAMES = TopicNames.plain();
    private static final Instant START = Instant.parse("2026-03-01T10:00:00Z");

    private final TopicSerdes serdes = new TopicSerdes(new LocalSchemaIds(), NAMES);
    private TopologyTestDriver driver;
    private TestInputTopic<String, TurnsRecord> turns;
    private TestInputTopic<String, MemoryRecord> memory;
    private Recall recall;
    private long seq;

    @BeforeEach
    void start(@TempDir Path stateDir) {
        driver = new TopologyTestDriver(new ContextTopology(NAMES, serdes, Policy.standard(), COUNTER).get(),
                new StreamsSettings("context", NAMES, "unused:9092", stateDir).properties());
        turns = driver.createInputTopic("turns", Serdes.String().serializer(), serdes.turns().serializer());
        memory = driver.createInputTopic("memory", Serdes.String().serializer(), serdes.memory().serializer());
        recall = new StoredRecall(new DriverRows(driver), COUNTER, 300);
    }

    @AfterEach
    void stop() {
        driver.close();
    }

    @Test
    void shouldFindAnObjectWithItsPassageInALongThread() {
        // given
        for (int i = 0; i < 20; i++) {
            say("step " + i + " was done, the build goes on");
        }
        say("The registry listens on port 8081.\n" + "filler\n".repeat(1_000));
        say("The build is green.");
        // when
        Recollection found = ask("Which port does the registry listen on?");
        // then
        assertThat(found.source()).isEqualTo(Recollection.Source.STORE);
        Recalled best = found.found().getFirst();
        assertThat(best.id()).isEqualTo("o20");
        assertThat(best.seqs()).isEqualTo(SeqRange.of(20));
        assertThat(best.at()).contains(START.plusSeconds(20 * 60));
        assertThat(best.passage()).startsWith("The registry listens on port 8081.").endsWith("[...]");
    }

    @Test
    void shouldFindSegmentsAndProjectState() {
        // given
        say("hello");
        say("hello again");
        remember(new MemoryEvent.Observed(new Segment("s1", Segment.Kind.OBSERVATION, new SeqRange(0, 1), 0,
                List.of(new LogEntry(LogEntry.Priority.NOTABLE, LogEntry.Kind.DECISION, SeqRange.of(1),
                        Optional.of(START), "chose RocksDB")),
                Optional.empty(), Optional.empty(), Optional.empty(), 9)));
        remember(new MemoryEvent.StateChanged(
                new ProjectState(1, List.of(new ProjectState.Item("ship the quinoa", SeqRange.of(1))),
                        List.of(), List.of(), Map.of(), List.of(), List.of(), List.of())));
        // then
        assertThat(ask("RocksDB").found()).extracting(Recalled::id).containsExactly("s1");
        assertThat(ask("quinoa").found()).extracting(Recalled::id).containsExactly("goals");
        assertThat(ask("quinoa").found().getFirst().kind()).isEqualTo(MemoryQuery.Kind.STATE);
    }

    @Test
    void shouldKeepToWhatTheQueryAsksFor() {
        // given
        say("port one");
        say("port two");
        say("port three", Optional.of("o1"), SemanticObject.Type.PLAN);
        MemoryQuery all = MemoryQuery.of("port");
        // then what was superseded is found only if asked for, after what took its place
        assertThat(ids(all)).containsExactly("o2", "o0");
        assertThat(ids(
                new MemoryQuery("port", Set.of(), Set.of(), Set.of(), Optional.empty(), Optional.empty(), 10, true)))
                .containsExactly("o2", "o1", "o0");
        assertThat(ids(new MemoryQuery("port", Set.of(), Set.of(SemanticObject.Type.PLAN), Set.of(), Optional.empty(),
                Optional.empty(), 10, false))).containsExactly("o2");
        assertThat(
                ids(new MemoryQuery("port", Set.of(), Set.of(), Set.of("tag-0"), Optional.empty(), Optional.empty(), 10,
                        false)))
                .containsExactly("o0");
        assertThat(ids(new MemoryQuery("port", Set.of(), Set.of(), Set.of(), Optional.empty(),
                Optional.of(new SeqRange(0, 1)), 10, false))).containsExactly("o1", "o0");
        assertThat(ids(all.at(new TimeRange(Optional.of(START.plusSeconds(1)), Optional.empty()))))
                .containsExactly("o2");
        assertThat(ids(new MemoryQuery("port", Set.of(MemoryQuery.Kind.OBSERVATION), Set.of(), Set.of(),
                Optional.empty(), Optional.empty(), 10, false))).isEmpty();
        assertThat(recall.find(THREAD, 1, all).found()).isEmpty();
        assertThat(recall.find(new ThreadKey("other", "build-17"), 0, all).found()).isEmpty();
    }

    @Test
    void shouldReadALongThreadPageByPage() {
        // given
        for (int i = 0; i < 70; i++) {
            say("step " + i);
        }
        List<SeqRange> pages = new ArrayList<>();
        Rows rows = (Rows) Proxy.newProxyInstance(Rows.class.getClassLoader(), new Class<?>[]{Rows.class},
                (_, method, arguments) -> {
                    if ("turns".equals(method.getName())) {
                        pages.add((SeqRange) arguments[1]);
                    }
                    return method.invoke(new DriverRows(driver), arguments);
                });
        // when
        new StoredRecall(rows, COUNTER, 300).find(THREAD, 0, MemoryQuery.of("step"));
        // then
        assertThat(pages).hasSize(2).allSatisfy(page -> assertThat(page.size()).isLessThanOrEqualTo(64));
        assertThat(pages.getFirst().from()).isZero();
        assertThat(pages.getLast().to()).isEqualTo(69);
    }

    private Recollection ask(String question) {
        return recall.find(THREAD, 0, MemoryQuery.of(question));
    }

    private List<String> ids(MemoryQuery query) {
        return recall.find(THREAD, 0, query).found().stream().map(Recalled::id).toList();
    }

    private void say(String text) {
        say(text, Optional.empty(), SemanticObject.Type.CONVERSATION_PHASE);
    }

    private void say(String text, Optional<String> supersedes, SemanticObject.Type type) {
        SemanticObject object = new SemanticObject("o" + seq, type, SeqRange.of(seq), 0, "said",
                Sha256.hex(text), text.length(), COUNTER.count(text), "", Optional.empty(), false, supersedes,
                new SemanticObject.Admission(true, 0.5, "score"), List.of(), List.of("tag-" + seq), Optional.empty());
        RawTurn body = new RawTurn("e" + seq, Role.USER, List.of(new Part.Text(Content.of(text))),
                Origin.at(START.plusSeconds(60 * seq)));
        turns.pipeInput(THREAD.row("0.t" + seq), new TurnsRecord(THREAD, 0, new Position("turns.raw", 0, seq),
                new TurnEvent.Appended(new Turn(THREAD, 0, seq, body, COUNTER.count(body), List.of(object)))));
        seq++;
    }

    private void remember(MemoryEvent event) {
        memory.pipeInput(THREAD.row("0.m"), new MemoryRecord(THREAD, 0, event));
    }
}
