package io.mnemosyne.context;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.mnemosyne.core.Blob;
import io.mnemosyne.core.Content;
import io.mnemosyne.core.Decision;
import io.mnemosyne.core.EmbeddingVector;
import io.mnemosyne.core.Origin;
import io.mnemosyne.core.Part;
import io.mnemosyne.core.Policy;
import io.mnemosyne.core.Position;
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
import io.mnemosyne.core.assemble.SizedTurn;
import io.mnemosyne.core.fidelity.Fidelity;
import io.mnemosyne.core.fidelity.Form;
import io.mnemosyne.core.fidelity.Forms;
import io.mnemosyne.core.fidelity.SummaryRequest;
import io.mnemosyne.core.fidelity.SummaryResult;
import io.mnemosyne.core.view.ViewEffect;
import io.mnemosyne.core.view.ViewEvent;
import io.mnemosyne.core.view.ViewInput;
import io.mnemosyne.core.view.ViewRecord;
import io.mnemosyne.core.view.ViewState;
import io.mnemosyne.schemas.serde.LocalSchemaIds;
import io.mnemosyne.schemas.serde.TopicSerdes;
import io.mnemosyne.schemas.streams.StreamsSettings;
import io.mnemosyne.schemas.topics.TopicNames;

import static org.assertj.core.api.Assertions.assertThat;

/** What becomes of decisions about objects, whoever makes them. */
class SummariesTest {
    private static final ThreadKey THREAD = new ThreadKey("acme", "build-17");
    private static final Instant AT = Instant.parse("2026-11-21T12:00:00Z");
    private static final Policy POLICY = Policy.standard()
            .with(Policy.standard().fidelity().withSummaries(true));
    private static final String SMALL = "The build of module core failed.\n";
    private static final TopicNames NAMES = TopicNames.plain();
    private static final Form FORM = new Form("[Summary of TOOL_RESULT: make]\nfailed", List.of("step 17"), 12);

    private final TopicSerdes serdes = new TopicSerdes(new LocalSchemaIds(), NAMES);
    private final List<ViewInput> read = new ArrayList<>();
    private List<ViewEffect> next = List.of();
    private TopologyTestDriver driver;
    private TestInputTopic<String, TurnsRecord> turns;
    private TestOutputTopic<String, WorkerRequest<SummaryRequest>> requests;
    private TestOutputTopic<String, ViewRecord> view;

    @BeforeEach
    void start(@TempDir Path stateDir) {
        driver = new TopologyTestDriver(
                new ContextTopology(NAMES, serdes, POLICY, () -> (head, input, _, _) -> decide(head, input)).get(),
                new StreamsSettings("context", NAMES, "unused:9092", stateDir).properties());
        turns = driver.createInputTopic("turns", Serdes.String().serializer(), serdes.turns().serializer());
        requests = driver.createOutputTopic("summarizer.requests", Serdes.String().deserializer(),
                serdes.summaryRequests().deserializer());
        view = driver.createOutputTopic("view", Serdes.String().deserializer(), serdes.view().deserializer());
    }

    @AfterEach
    void stop() {
        driver.close();
    }

    private Decision<ViewState, ViewEffect> decide(ViewState head, ViewInput input) {
        read.add(input);
        return Decision.of(head, next);
    }

    @Test
    void shouldAskForASummaryOfTheObjectsWholeText() {
        // given
        SemanticObject object = object(1, SMALL);
        Turn turn = turn(object, new Part.Text(Content.of("Let me see.")),
                new Part.ToolResult("c", "bash", Content.of(SMALL), false));
        ViewEffect.Summarize ask = ask();
        // when
        apply(new ViewEffect.KeepTurn(new SizedTurn(turn, 30)), ask);
        // then
        TestRecord<String, WorkerRequest<SummaryRequest>> told = requests.readRecord();
        assertThat(told.key()).isEqualTo(THREAD.toString());
        assertThat(told.value()).isEqualTo(new WorkerRequest.Ask<>(new SummaryRequest(ask.requestId(), THREAD, 0, 2,
                AT.plus(Duration.ofMinutes(10)), object, Fidelity.COMPACT, 40, Content.of(SMALL))));
    }

    @Test
    void shouldAskWithTheExcerptOfATextThatHasNotArrivedAndWithAsMuchOfItAsFitsOnceItHas() {
        // given a text larger than a record
        String large = "first\n" + SMALL.repeat(60_000) + "last\n";
        Content reference = new Content.Reference(Sha256.hex(large), large.length(), "first … last");
        Turn turn = turn(object(0, large), new Part.ToolResult("c", "bash", reference, false));
        ViewEffect.Summarize ask = ask();
        // when
        apply(new ViewEffect.KeepTurn(new SizedTurn(turn, 30)), ask);
        // then
        assertThat(asked().content()).isEqualTo(reference);
        // when
        driver.createInputTopic("blobs", Serdes.String().serializer(), serdes.blobs().serializer()).pipeInput(
                THREAD.row(Sha256.hex(large)), new Blob(THREAD, 0, Sha256.hex(large), large));
        apply(ask);
        // then
        assertThat(asked().content()).isInstanceOfSatisfying(Content.Reference.class, content -> {
            assertThat(content.sha256()).isEqualTo(Sha256.hex(large));
            assertThat(content.bytes()).isEqualTo(large.length());
            assertThat(content.excerpt()).startsWith("first\n").endsWith("last\n").contains(" bytes left out ...]")
                    .hasSizeBetween(100_000, 900_000);
        });
    }

    @Test
    void shouldAskNothingAboutATurnThatDoesNotHaveTheObject() {
        // when
        apply(new ViewEffect.KeepTurn(new SizedTurn(turn(object(3, SMALL), new Part.Text(Content.of(SMALL))), 30)),
                ask());
        // then
        assertThat(requests.isEmpty()).isTrue();
        assertThat(driver.metrics().keySet()).anyMatch(name -> name.name().equals("summary.without-text-total"));
    }

    @Test
    void shouldKeepFormsUntilTheyAreDropped() {
        // given
        Forms forms = new Forms(FORM, FORM, FORM, FORM);
        DriverRows rows = new DriverRows(driver);
        // when
        apply(new ViewEffect.KeepForms("o1", forms), new ViewEffect.KeepForms("o2", forms));
        apply(new ViewEffect.DropForms(List.of("o1", "unknown")));
        // then
        assertThat(rows.forms(THREAD, "o1")).isEmpty();
        assertThat(rows.forms(THREAD, "o2")).contains(forms);
        assertThat(rows.forms(new ThreadKey("acme", "build-1"), "o2")).isEmpty();
    }

    @Test
    void shouldTakeBackTheJournalAndTellWorkersWhenAThreadIsDeleted() {
        // given
        ViewEvent fault = new ViewEvent.Faulted(1, 4, "o1", ViewEvent.FaultKind.IDENTICAL, Fidelity.EVICTED);
        ViewEvent regrouping = new ViewEvent.Regrouped(1, 4, List.of(new ViewEvent.Group("o1",
                SemanticObject.Type.PLAN, new SeqRange(1, 3), List.of("o1", "o2"), 700)));
        apply(new ViewEffect.KeepForms("o1", new Forms(FORM, FORM, FORM, FORM)), new ViewEffect.Journal(fault),
                new ViewEffect.Journal(regrouping));
        List<TestRecord<String, ViewRecord>> written = view.readRecordsToList();
        assertThat(written).extracting(row -> row.value().event()).containsExactly(fault, regrouping);
        // when
        apply(new ViewEffect.Forget(0, 0, 1, 1, 0));
        // then
        assertThat(view.readRecordsToList()).allMatch(row -> row.value() == null).extracting(TestRecord::key)
                .containsExactlyElementsOf(written.stream().map(TestRecord::key).toList())
                .containsExactly("acme/build-17#0.f0000000000000000001", "acme/build-17#0.g0000000000000000001");
        assertThat(requests.readValue()).isEqualTo(new WorkerRequest.Forget<SummaryRequest>(THREAD, 0));
        assertThat(new DriverRows(driver).forms(THREAD, "o1")).isEmpty();
    }

    @Test
    void shouldReadSummariesAndVectors() {
        // given
        SummaryResult result = new SummaryResult(THREAD, 0, "r", 1, new SummaryResult.Expired());
        EmbeddingVector vector = new EmbeddingVector(THREAD, 0, "o1", "m", "h", List.of(0.5f));
        // when
        driver.createInputTopic("summarizer.results", Serdes.String().serializer(),
                serdes.summaryResults().serializer()).pipeInput(THREAD.toString(), result);
        var vectors = driver.createInputTopic("vectors", Serdes.String().serializer(), serdes.vectors().serializer());
        vectors.pipeInput(THREAD.row("0.o1"), vector);
        vectors.pipeInput(THREAD.row("0.o1"), null);
        // then
        assertThat(read).containsExactly(new ViewInput.OfSummaries(result), new ViewInput.OfVectors(vector));
    }

    /** Lets the next record lead to these effects. */
    private void apply(ViewEffect... effects) {
        next = List.of(effects);
        turns.pipeInput(THREAD.row("0.s1"), new TurnsRecord(THREAD, 0, new Position("turns.raw", 2, 0),
                new TurnEvent.Skipped("e", TurnEvent.Reason.DUPLICATE)), AT);
    }

    private SummaryRequest asked() {
        return ((WorkerRequest.Ask<SummaryRequest>) requests.readValue()).request();
    }

    private static ViewEffect.Summarize ask() {
        return new ViewEffect.Summarize("0".repeat(32), 2, "o1", 4, Fidelity.COMPACT, 40);
    }

    private static SemanticObject object(int part, String text) {
        return new SemanticObject("o1", SemanticObject.Type.TOOL_RESULT, SeqRange.of(4), part, "make",
                Sha256.hex(text), text.length(), 400, "bash", Optional.empty(), true, Optional.empty(),
                new SemanticObject.Admission(true, 0.5, "score"),
                List.of(new SemanticObject.Relation(SemanticObject.Relation.Kind.DEPENDS_ON, "o0")),
                List.of(), Optional.empty());
    }

    private static Turn turn(SemanticObject object, Part... parts) {
        return new Turn(THREAD, 0, 4, new RawTurn("e4", Role.TOOL, List.of(parts), Origin.UNKNOWN), 20,
                List.of(object));
    }
}
