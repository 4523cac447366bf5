package io.mnemosyne.core.observe;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

import io.mnemosyne.core.Command;
import io.mnemosyne.core.Decision;
import io.mnemosyne.core.LogEntry;
import io.mnemosyne.core.Policy;
import io.mnemosyne.core.Provenance;
import io.mnemosyne.core.Role;
import io.mnemosyne.core.Segment;
import io.mnemosyne.core.SeqRange;
import io.mnemosyne.core.ThreadKey;
import io.mnemosyne.core.TurnFacts;

import static org.assertj.core.api.Assertions.assertThat;

/** A thread with its observer, seen from outside: what it was told, what it emitted, and what must hold at every step. */
final class ObservedThread {
    static final ThreadKey KEY = new ThreadKey("acme", "t-1");
    private static final Provenance OFFLINE = new Provenance("offline", "extractor", "1", 0, 0);

    private final Observer observer = new Observer(text -> text.length() / 4 + 1);
    private final Policy policy;
    private final List<TurnFacts> turns = new ArrayList<>();
    private final List<Segment> memory = new ArrayList<>();
    private final List<ObserverEffect.Request> requests = new ArrayList<>();
    private final List<ObservationResult> delivered = new ArrayList<>();
    private final List<String> counts = new ArrayList<>();
    private final List<Command> relayed = new ArrayList<>();
    private Optional<ObserverEffect.Request> unanswered = Optional.empty();
    private ObserverState state = ObserverState.fresh(KEY, 0);
    private Instant now = Instant.parse("2026-11-01T09:00:00Z");

    ObservedThread(Policy policy) {
        this.policy = policy;
    }

    ObserverState state() {
        return state;
    }

    Policy policy() {
        return Observer.governing(state, policy);
    }

    List<TurnFacts> turns() {
        return turns;
    }

    List<Segment> memory() {
        return memory;
    }

    List<ObserverEffect.Request> requests() {
        return requests;
    }

    List<Command> relayed() {
        return relayed;
    }

    List<String> counts() {
        return counts;
    }

    Optional<ObserverEffect.Request> unanswered() {
        return unanswered;
    }

    ObservedThread says(Role role, long tokens) {
        return turn(role, tokens, List.of(), List.of());
    }

    ObservedThread calls(long tokens, String... ids) {
        return turn(Role.ASSISTANT, tokens, List.of(ids), List.of());
    }

    ObservedThread answers(long tokens, String... ids) {
        return turn(Role.TOOL, tokens, List.of(), List.of(ids));
    }

    /** An assistant's turn that names its model. */
    ObservedThread repliesAs(String model, long tokens) {
        return turn(Role.ASSISTANT, tokens, List.of(), List.of(), Optional.of(model));
    }

    private ObservedThread turn(Role role, long tokens, List<String> opens, List<String> closes) {
        return turn(role, tokens, opens, closes, Optional.empty());
    }

    private ObservedThread turn(Role role, long tokens, List<String> opens, List<String> closes,
            Optional<String> model) {
        TurnFacts turn = new TurnFacts(turns.size(), role, tokens, Optional.empty(), opens, closes);
        turns.add(turn);
        live(new ObserverEvent.TurnAppended(state.incarnation(), turn, model, later(Duration.ofSeconds(1))));
        return this;
    }

    /** The agent reports what its provider counted. */
    ObservedThread reports(long inputTokens) {
        obeys(Command.Kind.USAGE, Map.of("inputTokens", Long.toString(inputTokens)));
        return this;
    }

    ObservedThread compacts() {
        obeys(Command.Kind.COMPACT, Map.of());
        return this;
    }

    void isTold(TurnFacts turn) {
        live(new ObserverEvent.TurnAppended(state.incarnation(), turn, later(Duration.ofSeconds(1))));
    }

    void obeys(Command.Kind kind) {
        obeys(kind, Map.of());
    }

    void obeys(Command.Kind kind, Map<String, String> arguments) {
        Command command = new Command("c" + now, kind, Optional.empty(), arguments);
        long incarnation = state.incarnation();
        if (kind == Command.Kind.DELETE) {
            incarnation++;
            turns.clear();
            memory.clear();
            unanswered = Optional.empty();
        }
        live(new ObserverEvent.Controlled(incarnation, command, later(Duration.ofSeconds(1))));
    }

    /** The worker answers what is in flight, if anything is. */
    ObservedThread worker(ObservationResult.Outcome outcome) {
        unanswered.ifPresent(request -> answer(request, outcome));
        return this;
    }

    ObservedThread observes() {
        unanswered.ifPresent(request -> answer(request, observed(request.range(), "noted " + request.range())));
        return this;
    }

    void answer(ObserverEffect.Request request, ObservationResult.Outcome outcome) {
        deliver(new ObservationResult(KEY, state.incarnation(), request.requestId(), request.attempt(), outcome));
    }

    void deliver(ObservationResult result) {
        delivered.add(result);
        live(new ObserverEvent.ResultArrived(result, later(Duration.ofMillis(500))));
    }

    /** Something delivered before is delivered once more. */
    void deliverAgain(int which) {
        if (!delivered.isEmpty()) {
            deliver(delivered.get(which % delivered.size()));
        }
    }

    void isQuietFor(Duration quiet) {
        deliver(new ObservationResult(KEY, state.incarnation(), "", 0, new ObservationResult.Idle(later(quiet))));
    }

    static ObservationResult.Observed observed(SeqRange range, String text) {
        return new ObservationResult.Observed(
                List.of(new LogEntry(LogEntry.Priority.NOTABLE, LogEntry.Kind.FACT, range, Optional.empty(), text)),
                Optional.empty(), Optional.empty(), Optional.empty(), OFFLINE);
    }

    static ObservationResult.Nothing nothing() {
        return new ObservationResult.Nothing(OFFLINE);
    }

    /** Ranges of the memory, and then the raw turns: those that the observer keeps, and the system's, which it only passes. */
    List<SeqRange> baseForms() {
        List<SeqRange> forms = new ArrayList<>();
        memory.forEach(segment -> forms.add(segment.range()));
        Stream<TurnFacts> system = turns.stream()
                .filter(turn -> turn.role() == Role.SYSTEM && turn.seq() > state.watermark());
        Stream.concat(state.uncovered().stream(), system).map(turn -> SeqRange.of(turn.seq()))
                .sorted(Comparator.comparingLong(SeqRange::from)).forEach(forms::add);
        return forms;
    }

    private Instant later(Duration by) {
        now = now.plus(by);
        return now;
    }

    private void live(ObserverEvent event) {
        ObserverState before = state;
        Decision<ObserverState, ObserverEffect> decision = observer.decide(before, event, policy);
        state = decision.state();
        counts.addAll(decision.counts());
        if (event instanceof ObserverEvent.ResultArrived arrived && isApplied(before)) {
            unanswered = unanswered.filter(request -> !request.requestId().equals(arrived.result().requestId()));
        }
        decision.effects().forEach(this::record);
        checkEveryStep(before);
    }

    private boolean isApplied(ObserverState before) {
        return before.inFlight().isPresent() && !state.inFlight().equals(before.inFlight())
                && !state.inFlight().map(InFlight::requestId).equals(before.inFlight().map(InFlight::requestId));
    }

    private void record(ObserverEffect effect) {
        switch (effect) {
            case ObserverEffect.Request request -> record(request);
            case ObserverEffect.Append(Segment segment) -> {
                assertThat(segment.range().from()).as("appended ranges follow each other")
                        .isEqualTo(memory.isEmpty() ? 0 : memory.getLast().range().to() + 1);
                memory.add(segment);
            }
            case ObserverEffect.Relay(Command command) -> relayed.add(command);
            case ObserverEffect.Forget(SeqRange range) ->
                assertThat(range.to()).as("only what is observed is forgotten")
                        .isLessThanOrEqualTo(state.observedThrough());
            case ObserverEffect.Keep(long seq) -> assertThat(seq).isEqualTo(state.nextSeq() - 1);
            case ObserverEffect.Purge _ -> assertThat(memory).isEmpty();
        }
    }

    private void record(ObserverEffect.Request request) {
        unanswered.ifPresent(open -> {
            assertThat(request.requestId()).as("one in flight: only a retry of it may be sent")
                    .isEqualTo(open.requestId());
            assertThat(request.attempt()).isGreaterThan(open.attempt());
        });
        assertThat(request.range().from()).as("nothing is requested that is observed").isEqualTo(
                state.observedThrough() + 1);
        assertThat(request.leaseUntil()).isAfter(now);
        requests.add(request);
        unanswered = Optional.of(request);
    }

    private void checkEveryStep(ObserverState before) {
        assertThat(state.inFlight().map(InFlight::requestId)).as("what is in flight was sent")
                .isEqualTo(unanswered.map(ObserverEffect.Request::requestId));
        if (before.incarnation() == state.incarnation()) {
            assertThat(state.watermark()).as("the watermark never moves back").isGreaterThanOrEqualTo(
                    before.watermark());
        }
        assertThat(state.watermark()).as("the watermark is the end of the memory")
                .isEqualTo(memory.isEmpty() ? -1 : memory.getLast().range().to());
        long through = state.watermark();
        for (Segment chunk : state.chunks().buffered()) {
            assertThat(chunk.range().from()).as("buffered chunks follow each other").isEqualTo(through + 1);
            through = chunk.range().to();
        }
        assertThat(state.uncovered()).as("raw turns are those after the watermark").isEqualTo(turns.stream()
                .filter(turn -> turn.seq() > state.watermark() && turn.role() != Role.SYSTEM).toList());
    }
}
