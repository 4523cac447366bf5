package io.mnemosyne.context;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.TopologyTestDriver;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.mnemosyne.core.Command;
import io.mnemosyne.core.Content;
import io.mnemosyne.core.Origin;
import io.mnemosyne.core.Part;
import io.mnemosyne.core.Policy;
import io.mnemosyne.core.Position;
import io.mnemosyne.core.Provenance;
import io.mnemosyne.core.RawTurn;
import io.mnemosyne.core.Role;
import io.mnemosyne.core.SemanticObject;
import io.mnemosyne.core.SeqRange;
import io.mnemosyne.core.Sha256;
import io.mnemosyne.core.ThreadKey;
import io.mnemosyne.core.Turn;
import io.mnemosyne.core.TurnEvent;
import io.mnemosyne.core.TurnsRecord;
import io.mnemosyne.core.WorkerRequest;
import io.mnemosyne.core.assemble.Assembly;
import io.mnemosyne.core.assemble.Block;
import io.mnemosyne.core.fidelity.Fidelity;
import io.mnemosyne.core.fidelity.HeldObject;
import io.mnemosyne.core.fidelity.SummaryRequest;
import io.mnemosyne.core.fidelity.SummaryResult;
import io.mnemosyne.core.tokens.TokenCounter;
import io.mnemosyne.core.trace.Span;
import io.mnemosyne.core.trace.SpanEvent;
import io.mnemosyne.core.trace.SpanRecord;
import io.mnemosyne.core.trace.SpanType;
import io.mnemosyne.core.trace.Tracing;
import io.mnemosyne.core.view.ViewEvent;
import io.mnemosyne.core.view.group.GroupRules;
import io.mnemosyne.schemas.serde.LocalSchemaIds;
import io.mnemosyne.schemas.serde.TopicSerdes;
import io.mnemosyne.schemas.streams.StreamsSettings;
import io.mnemosyne.schemas.topics.TopicNames;

import static org.assertj.core.api.Assertions.assertThat;

/** What a reader sees of a thread whose objects are shown shorter, and what an operator sees of it. */
class GradedThreadTest {
    private static final ThreadKey THREAD = new ThreadKey("acme", "build-17");
    private static final TokenCounter COUNTER = text -> (text.length() + 3) / 4;
    private static final TopicNames NAMES = TopicNames.plain();
    /** More than a result may take of the budget at once. */
    private static final String LISTING = IntStream.range(0, 1_000)
            .mapToObj("src/main/java/io/example/Class%d.java\n"::formatted).collect(Collectors.joining());

    private final TopicSerdes serdes = new TopicSerdes(new LocalSchemaIds(), NAMES);
    private TopologyTestDriver driver;
    private TestInputTopic<String, TurnsRecord> turns;
    private TestOutputTopic<String, SpanRecord> spans;
    private ThreadReader reader;
    private long seq;

    @BeforeEach
    void start(@TempDir Path stateDir) {
        start(stateDir, Policy.standard());
    }

    private void start(Path stateDir, Policy policy) {
        driver = new TopologyTestDriver(new ContextTopology(NAMES, serdes, policy, COUNTER, Tracing.FULL).get(),
                new StreamsSettings("context", NAMES, "unused:9092", stateDir).properties());
        turns = driver.createInputTopic("turns", Serdes.String().serializer(), serdes.turns().serializer());
        spans = driver.createOutputTopic("spans", Serdes.String().deserializer(), serdes.spans().deserializer());
        reader = new StoredThreads(new DriverRows(driver), policy, COUNTER);
    }

    @AfterEach
    void stop() {
        driver.close();
    }

    @Test
    void shouldShowALargeResultInDetailUntilItIsPinned() {
        // given
        say(Role.USER, "Where is Class712?");
        list();
        assertThat(resultBlock().kind()).isEqualTo(Block.Kind.SUMMARY);
        assertThat(resultBlock().text()).contains("[Summary of tool_result: ls]").doesNotContain("Class712.java");
        // when it is pinned, and seen with the next rewrite
        command(Command.Kind.PIN, Map.of("object", "o1"));
        assertThat(resultBlock().kind()).isEqualTo(Block.Kind.SUMMARY);
        command(Command.Kind.POLICY, Map.of("timezone", "Europe/Berlin"));
        // then
        assertThat(resultBlock().kind()).isEqualTo(Block.Kind.TURN);
        assertThat(resultBlock().text()).contains("Class712.java");
        assertThat(head().held().objects()).extracting(HeldObject::shown).containsExactly(Fidelity.FULL);
        assertThat(counters()).containsEntry("object.evicted", 1.0).containsEntry("epoch.edited", 1.0)
                .containsEntry("object.raised.l0", 1.0);
    }

    @Test
    void shouldTellTheLifeOfAnObject() {
        // given
        say(Role.USER, "Where is Class712?");
        list();
        // when
        command(Command.Kind.QUERY, Map.of("question", "Where is Class712?", "objects", "o1", "tokens", "40"));
        command(Command.Kind.RESTORE, Map.of("object", "o1"));
        assertThat(blocks()).last().satisfies(block -> {
            assertThat(block.kind()).isEqualTo(Block.Kind.RESTORED);
            assertThat(block.text()).contains(LISTING);
        });
        command(Command.Kind.POLICY, Map.of("timezone", "Europe/Berlin"));
        assertThat(resultBlock().kind()).isEqualTo(Block.Kind.TURN);
        say(Role.ASSISTANT, "There it is.");
        command(Command.Kind.RELEASE, Map.of("object", "o1"));
        list();
        command(Command.Kind.RESTORE, Map.of("object", "o2", "objects", "o1,o9"));
        // then
        assertThat(history("o1")).containsExactly("1 found asked DETAILED", "1 restored asked FULL",
                "1 raised asked FULL", "2 released asked STUB", "2 demoted released STUB", "3 fault identical STUB",
                "3 restored asked FULL");
        assertThat(reader.object(THREAD, "o1").orElseThrow().text()).isEqualTo(LISTING);
        List<Span> told = spans.readValuesToList().stream()
                .map(span -> ((SpanEvent.Finished) span.event()).span()).toList();
        assertThat(told).extracting(Span::name).containsSubsequence("recall", "restore", "compaction", "release",
                "compaction", "fault", "restore");
        assertThat(told).extracting(Span::id).doesNotHaveDuplicates();
        assertThat(told).filteredOn(span -> span.type() == SpanType.RETRIEVER).singleElement().satisfies(recall -> {
            assertThat(recall.facts().input()).contains("Where is Class712?");
            assertThat(recall.facts().output()).contains("o1");
            assertThat(recall.facts().metadata()).containsEntry("tokens", "40");
        });
        assertThat(told).filteredOn(span -> span.name().equals("compaction")).last().satisfies(
                epoch -> assertThat(epoch.facts().metadata()).containsEntry("reason", "cooperative")
                        .containsEntry("objects.degraded", "1"));
        assertThat(counters()).containsEntry("command.restore", 2.0).containsEntry("command.release", 1.0)
                .containsEntry("command.query", 1.0).containsEntry("epoch.cooperative", 1.0);
    }

    @Test
    void shouldCountWhatIsReadAgainAsAFault() {
        // given
        list();
        // when
        list();
        // then
        assertThat(head().held().tally().identical()).isEqualTo(1);
        assertThat(counters()).containsEntry("fault.identical", 1.0).doesNotContainKey("fault.changed");
    }

    @Test
    void shouldKnowHowMuchOfThePromptTheProviderHasAlready() {
        // given
        say(Role.USER, "Where is Class712?");
        list();
        long sent = head().tokensInView();
        assertThat(head().cached()).isZero();
        // when
        say(Role.ASSISTANT, "I do not see it.");
        // then
        assertThat(head().cached()).isEqualTo(sent);
        assertThat(head().tokensInView()).isGreaterThan(sent);
        // when what stands in front of the result is all that a rewrite leaves alone
        command(Command.Kind.PIN, Map.of("object", "o1"));
        command(Command.Kind.POLICY, Map.of("timezone", "Europe/Berlin"));
        // then
        assertThat(head().cached()).isPositive().isLessThan(sent / 2);
    }

    @Test
    void shouldPutTogetherWhatIsSaidAsOftenAsTheRulesSay(@TempDir Path stateDir) {
        // given
        driver.close();
        start(stateDir, regrouping(2));
        // when
        say(Role.ASSISTANT, "The port is wrong. ", object("o0"));
        say(Role.ASSISTANT, "It should be 8081.", object("o1"));
        // then
        assertThat(head().groups().groups()).extracting(ViewEvent.Group::objects).containsExactly(List.of("o0", "o1"));
        assertThat(counters()).containsEntry("groups.changed", 1.0);
    }

    @Test
    void shouldAskForASummaryAndShowItFromTheNextEpochOn(@TempDir Path stateDir) {
        // given a result that is shown by an excerpt
        driver.close();
        Policy policy = Policy.standard();
        start(stateDir, policy.with(policy.fidelity().withSummaries(true)));
        say(Role.USER, "Where is Class712?");
        list();
        var requests = driver.createOutputTopic("summarizer.requests", Serdes.String().deserializer(),
                serdes.summaryRequests().deserializer());
        SummaryRequest asked = ((WorkerRequest.Ask<SummaryRequest>) requests.readValue()).request();
        assertThat(asked.object().id()).isEqualTo("o1");
        assertThat(asked.content()).isEqualTo(Content.of(LISTING));
        // when a model answers
        driver.createInputTopic("summarizer.results", Serdes.String().serializer(),
                serdes.summaryResults().serializer()).pipeInput(THREAD.toString(),
                        new SummaryResult(THREAD, 0, asked.requestId(), asked.attempt(),
                                new SummaryResult.Summarized("o1", asked.fidelity(), "A listing of many classes.",
                                        List.of(), new Provenance("p", "m", "summarizer-1", 10, 5))));
        // then the excerpt stays until the prompt is rewritten anyway
        assertThat(requests.isEmpty()).isTrue();
        assertThat(resultBlock().text()).doesNotContain("A listing of many classes.");
        command(Command.Kind.POLICY, Map.of("timezone", "Europe/Berlin"));
        assertThat(resultBlock().text()).contains("A listing of many classes.", "[Cannot answer: ");
        assertThat(counters()).containsEntry("summary.asked", 1.0).containsEntry("summary.kept", 1.0);
    }

    private List<String> history(String object) {
        return reader.object(THREAD, object).orElseThrow().history().stream().map(entry -> String.join(" ",
                Long.toString(entry.atSeq()), entry.what(), entry.cause(), entry.shown().name())).toList();
    }

    private List<Block> blocks() {
        return ((Assembly.Context) reader.context(THREAD).orElseThrow().assembly()).blocks();
    }

    private Block resultBlock() {
        return blocks().stream().filter(block -> block.seqs().equals(Optional.of(SeqRange.of(1)))).findFirst()
                .orElseThrow();
    }

    private ThreadHead head() {
        return reader.head(THREAD).orElseThrow();
    }

    /** What the topology has counted, by the names that decisions give. */
    private Map<String, Double> counters() {
        return driver.metrics().values().stream()
                .filter(metric -> metric.metricName().group().equals("stream-context-metrics"))
                .filter(metric -> metric.metricName().name().endsWith("-total"))
                .collect(Collectors.toMap(metric -> metric.metricName().name().replaceAll("-total$", ""),
                        metric -> (Double) metric.metricValue()));
    }

    private static Policy regrouping(int everyTurns) {
        Policy policy = Policy.standard();
        return new Policy(policy.name(), policy.window(), policy.budget(), policy.utilityWindow(),
                policy.observationThreshold(), policy.minBufferInterval(), policy.maxBufferInterval(),
                policy.reflectionThreshold(), policy.keepRawTurns(), policy.cachePrices(), policy.zone(),
                policy.fidelity(), new GroupRules(0.7, 0.8, everyTurns, 5_000), policy.compactAt());
    }

    private void say(Role role, String text, SemanticObject... objects) {
        read(role, new Part.Text(Content.of(text)), List.of(objects));
    }

    private void list() {
        read(Role.TOOL, new Part.ToolResult("c" + seq, "bash", Content.of(LISTING), false),
                List.of(object("o" + seq, SemanticObject.Type.TOOL_RESULT, LISTING, "bash")));
    }

    private SemanticObject object(String id) {
        return object(id, SemanticObject.Type.CONVERSATION_PHASE, id, "");
    }

    private SemanticObject object(String id, SemanticObject.Type type, String text, String tool) {
        return new SemanticObject(id, type, SeqRange.of(seq), 0, "ls", Sha256.hex(text), text.length(),
                COUNTER.count(text), tool, Optional.empty(), false, Optional.empty(),
                new SemanticObject.Admission(true, 0.5, "score"), List.of(), List.of(), Optional.empty());
    }

    private void read(Role role, Part part, List<SemanticObject> objects) {
        RawTurn body = new RawTurn("e" + seq, role, List.of(part), Origin.UNKNOWN);
        pipe(new TurnEvent.Appended(new Turn(THREAD, 0, seq, body, COUNTER.count(body), objects)));
        seq++;
    }

    private void command(Command.Kind kind, Map<String, String> arguments) {
        pipe(new TurnEvent.Controlled(new Command("x", kind, Optional.empty(), arguments)));
    }

    private void pipe(TurnEvent event) {
        turns.pipeInput(THREAD.row("0.x"),
                new TurnsRecord(THREAD, 0, new Position("turns.raw", 0, 0), event));
    }
}
