package io.mnemosyne.core.view;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import io.mnemosyne.core.Command;
import io.mnemosyne.core.Content;
import io.mnemosyne.core.MemoryEvent;
import io.mnemosyne.core.Origin;
import io.mnemosyne.core.Part;
import io.mnemosyne.core.Policy;
import io.mnemosyne.core.RawTurn;
import io.mnemosyne.core.Role;
import io.mnemosyne.core.Segment;
import io.mnemosyne.core.SemanticObject;
import io.mnemosyne.core.SeqRange;
import io.mnemosyne.core.Turn;
import io.mnemosyne.core.TurnEvent;
import io.mnemosyne.core.TurnsRecord;
import io.mnemosyne.core.assemble.Conversations;
import io.mnemosyne.core.fidelity.Ageing;
import io.mnemosyne.core.fidelity.Fidelity;
import io.mnemosyne.core.fidelity.FidelityRules;
import io.mnemosyne.core.fidelity.HeldObject;
import io.mnemosyne.core.fidelity.ReuseCurve;
import io.mnemosyne.core.ingest.RawEvent;
import io.mnemosyne.core.view.group.GroupRules;

/** An agent at work: its turns are cut into objects as ingest does it, and a view grades them. */
final class GradedThread {
    private static final Ageing SOON = new Ageing(2, 4, 6, new ReuseCurve(0.5, 3));
    /** Objects age within a few calls. */
    static final FidelityRules RULES = rules(0.9, SOON, false);
    /** An epoch costs so much that none is opened because it pays, so that a test says when one is. */
    static final Policy POLICY = at(new Policy.CachePrices(0.1, 1_000_000, 300));

    private static FidelityRules rules(double withheld, Ageing ageing, boolean summaries) {
        return new FidelityRules(0.5, 0.7, 0.85, 0.95, 60, withheld, 2, 3, 0.2, 20, ageing, ageing, ageing, summaries);
    }

    static Policy at(Policy.CachePrices prices) {
        return new Policy(Policy.HYBRID, 40_000, 20_000, 25_600, 6_000, 1_000, 6_000, 8_000, 2, prices, Policy.UTC,
                RULES, GroupRules.DEFAULT, Policy.COMPACT_AT);
    }

    /** Large results are shown shorter from the beginning. */
    static Policy withholding() {
        return POLICY.with(rules(0.04, SOON, false));
    }

    /** What is shown shorter is to be summarized. */
    static Policy summarizing() {
        return POLICY.with(rules(0.9, new Ageing(2, 8, 20, new ReuseCurve(0.5, 3)), true));
    }

    final ThreadUnderTest view;
    private final Ingested ingested = new Ingested();
    private Instant now = Instant.parse("2026-11-21T12:00:00Z");

    GradedThread(Policy policy) {
        view = new ThreadUnderTest(policy);
    }

    GradedThread user(String text) {
        take(Role.USER, text(text));
        return this;
    }

    GradedThread system(String text) {
        take(Role.SYSTEM, text(text));
        return this;
    }

    GradedThread says(String text) {
        take(Role.ASSISTANT, text(text));
        return this;
    }

    /** The agent makes calls in which nothing is named. */
    GradedThread goesOn(int calls) {
        for (int i = 0; i < calls; i++) {
            says("Well.");
        }
        return this;
    }

    /** The agent reads a file; the object of its content. */
    SemanticObject reads(String path, String content) {
        return calls("read", "{\"path\": \"" + path + "\"}", content, false);
    }

    SemanticObject runs(String command, String output) {
        return calls("bash", "{\"command\": \"" + command + "\"}", output, false);
    }

    SemanticObject fails(String command, String output) {
        return calls("bash", "{\"command\": \"" + command + "\"}", output, true);
    }

    SemanticObject calls(String tool, String arguments, String result, boolean error) {
        String call = "call-" + ingested.records();
        take(Role.ASSISTANT, new Part.ToolCall(call, tool, Content.of(arguments)));
        return take(Role.TOOL, new Part.ToolResult(call, tool, Content.of(result), error)).objects().getLast();
    }

    /** What a user or an agent instructs. */
    GradedThread instructs(Command.Kind kind, Map<String, String> arguments) {
        ingest(new RawEvent.Instructed(new Command("c" + ingested.records(), kind, Optional.empty(), arguments)));
        return this;
    }

    /** The prompt is written anew with everything as it should be, since the provider's cache has expired. */
    GradedThread pauses() {
        now = now.plusSeconds(3_600);
        return says("Well.");
    }

    /** A segment covers all turns up to one that no segment covers. */
    GradedThread observes(long to) {
        SeqRange range = new SeqRange(view.head.available().watermark() + 1, to);
        view.remember(ingested.incarnation(),
                new MemoryEvent.Observed(Lives.segment(Segment.Kind.OBSERVATION, range, 0)));
        return this;
    }

    Turn take(Role role, Part... parts) {
        now = now.plusSeconds(1);
        return ingest(
                new RawEvent.Received(new RawTurn("e" + ingested.records(), role, List.of(parts), Origin.at(now))))
                .orElseThrow();
    }

    private Optional<Turn> ingest(RawEvent event) {
        TurnsRecord record = ingested.of(event);
        view.live(new ViewInput.OfTurns(record));
        return record.event() instanceof TurnEvent.Appended(Turn appended) ? Optional.of(appended) : Optional.empty();
    }

    HeldObject held(SemanticObject object) {
        return view.head.held().find(object.id()).orElseThrow();
    }

    Fidelity shown(SemanticObject object) {
        return held(object).shown();
    }

    List<ViewEvent.Faulted> faults() {
        return view.journal.stream().filter(ViewEvent.Faulted.class::isInstance).map(ViewEvent.Faulted.class::cast)
                .toList();
    }

    List<ViewEvent.EpochOpened> epochs() {
        return view.journal.stream().filter(ViewEvent.EpochOpened.class::isInstance)
                .map(ViewEvent.EpochOpened.class::cast).toList();
    }

    /** Commands about objects, oldest first. */
    List<ViewEvent.Obeyed> obeyed() {
        return view.journal.stream().filter(ViewEvent.Obeyed.class::isInstance).map(ViewEvent.Obeyed.class::cast)
                .toList();
    }

    String prompt() {
        return view.prompt().text();
    }

    /** A file of its own: no other has its names and passages. */
    static String file(String name, int lines) {
        return IntStream.range(0, lines)
                .mapToObj(i -> "final int " + name + "Field" + i + " = " + name + "Compute" + i + "(" + name + "Base"
                        + i * 7 + ");")
                .collect(Collectors.joining("\n"));
    }

    private static Part text(String text) {
        return new Part.Text(Content.of(text));
    }
}
