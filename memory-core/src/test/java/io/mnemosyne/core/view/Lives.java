package io.mnemosyne.core.view;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Tuple;

import io.mnemosyne.core.Command;
import io.mnemosyne.core.Content;
import io.mnemosyne.core.LogEntry;
import io.mnemosyne.core.MemoryEvent;
import io.mnemosyne.core.Origin;
import io.mnemosyne.core.Part;
import io.mnemosyne.core.ProjectState;
import io.mnemosyne.core.RawTurn;
import io.mnemosyne.core.Role;
import io.mnemosyne.core.Segment;
import io.mnemosyne.core.SegmentText;
import io.mnemosyne.core.SeqRange;
import io.mnemosyne.core.Turn;
import io.mnemosyne.core.TurnEvent;
import io.mnemosyne.core.assemble.Conversations;
import io.mnemosyne.core.ingest.RawEvent;

/** Makes lives up. */
final class Lives {
    private Lives() {
    }

    static Arbitrary<Life> lives() {
        return Combinators.combine(Conversations.conversations(25), Arbitraries.integers().between(1, 6).list()
                .ofMaxSize(8), orders(), commands())
                .as((turns, lengths, order, commands) -> new Life(turns, memory(turns, lengths), commands, order));
    }

    /** Those of agents that read files and run commands, so that there are objects to be shown shorter. */
    static Arbitrary<Life> working() {
        return Combinators.combine(action().list().ofMinSize(8).ofMaxSize(30), Arbitraries.integers().between(1, 6)
                .list().ofMaxSize(4), orders(), commands())
                .as((actions, lengths, order, commands) -> {
                    List<Turn> turns = turns(actions);
                    return new Life(turns, memory(turns, lengths), commands, order);
                });
    }

    /** What an agent does in one turn and what comes of it, as parts by role. */
    private record Action(String name, Role role, List<Part> parts, List<Part> results) {
        @Override
        public String toString() {
            return name;
        }
    }

    private static Arbitrary<Action> action() {
        Arbitrary<String> paths = Arbitraries.of("src/App.java", "src/Bus.java", "doc/cost.md");
        Arbitrary<Integer> lines = Arbitraries.of(3, 12, 30);
        Arbitrary<Action> reads = Combinators.combine(paths, lines, Arbitraries.of(0, 0, 1))
                .as((path, count, version) -> {
                    String name = path.substring(4, 7) + version;
                    return calls("read", "path", path, GradedThread.file(name, count), false);
                });
        Arbitrary<Action> runs = Combinators.combine(Arbitraries.of("make", "make test", "ls -R"), lines,
                Arbitraries.of(true, false, false))
                .as((command, count, failed) -> calls("bash", "command", command,
                        GradedThread.file("out" + command.length(), count), failed));
        Arbitrary<Action> names = paths.map(path -> said(Role.ASSISTANT, "What did " + path + " say?"));
        return Arbitraries.frequencyOf(Tuple.of(4, reads), Tuple.of(3, runs), Tuple.of(2, names),
                Tuple.of(4, Arbitraries.of(said(Role.ASSISTANT, "Well."), said(Role.USER, "Go on, please."),
                        said(Role.ASSISTANT, GradedThread.file("plan", 9)), said(Role.SYSTEM, "Be brief."))));
    }

    private static Action said(Role role, String text) {
        return new Action(role + " says " + text.substring(0, 5), role, List.of(new Part.Text(Content.of(text))),
                List.of());
    }

    private static Action calls(String tool, String argument, String value, String result, boolean error) {
        return new Action(tool + " " + value, Role.ASSISTANT,
                List.of(new Part.ToolCall("c", tool, Content.of("{\"" + argument + "\": \"" + value + "\"}"))),
                List.of(new Part.ToolResult("c", tool, Content.of(result), error)));
    }

    private static List<Turn> turns(List<Action> actions) {
        Ingested ingested = new Ingested();
        List<Turn> turns = new ArrayList<>();
        for (Action action : actions) {
            turns.add(turn(ingested, action.role(), action.parts()));
            if (!action.results().isEmpty()) {
                turns.add(turn(ingested, Role.TOOL, action.results()));
            }
        }
        return turns;
    }

    private static Turn turn(Ingested ingested, Role role, List<Part> parts) {
        var raw = new RawTurn("e" + ingested.records(), role, parts, Origin.UNKNOWN);
        return switch (ingested.of(new RawEvent.Received(raw)).event()) {
            case TurnEvent.Appended(Turn turn) -> turn;
            case TurnEvent.Controlled _,TurnEvent.Skipped _ -> throw new AssertionError("no turn: " + raw);
        };
    }

    /** Commands by the number of turns after which they are given. */
    private static Arbitrary<Map<Integer, Command>> commands() {
        Arbitrary<Command> pins = Arbitraries.integers().between(-2, 30)
                .map(seq -> command(Command.Kind.PIN, Map.of("seq", Integer.toString(seq))));
        Arbitrary<Command> objects = Combinators.combine(
                Arbitraries.of(Command.Kind.RESTORE, Command.Kind.RESTORE, Command.Kind.RELEASE, Command.Kind.QUERY),
                Arbitraries.integers().between(0, 25), Arbitraries.of("stub", "evicted"))
                .as((kind, seq, level) -> command(kind,
                        Map.of("seq", Integer.toString(seq), "level", level, "question", "Where is it?")));
        Arbitrary<Command> budgets = Arbitraries.of(1, 1_500, 2_000, 3_000)
                .map(tokens -> command(Command.Kind.POLICY, Map.of("budget", Integer.toString(tokens))));
        return Arbitraries.maps(Arbitraries.integers().between(0, 25),
                Arbitraries.frequencyOf(Tuple.of(2, pins), Tuple.of(6, objects), Tuple.of(1, budgets))).ofMaxSize(5);
    }

    private static Command command(Command.Kind kind, Map<String, String> arguments) {
        return new Command("c", kind, Optional.empty(), arguments);
    }

    static Arbitrary<List<Boolean>> orders() {
        return Arbitraries.frequencyOf(Tuple.of(3, Arbitraries.of(true)),
                Tuple.of(1, Arbitraries.of(false))).list().ofMinSize(1).ofMaxSize(40);
    }

    /** Observations of the given lengths; after each third a project state and a reflection of two. */
    private static List<MemoryEvent> memory(List<Turn> turns, List<Integer> lengths) {
        List<MemoryEvent> memory = new ArrayList<>();
        List<Segment> live = new ArrayList<>();
        int from = 0;
        for (int length : lengths) {
            int to = Math.min(turns.size(), from + length) - 1;
            if (to >= from) {
                Segment segment = segment(Segment.Kind.OBSERVATION, new SeqRange(from, to), 0);
                live.add(segment);
                memory.add(new MemoryEvent.Observed(segment));
                from = to + 1;
            }
            if (length % 3 == 0 && live.size() >= 2) {
                Segment first = live.removeFirst();
                Segment second = live.removeFirst();
                Segment denser = segment(Segment.Kind.REFLECTION, first.range().span(second.range()),
                        first.level() + 1);
                live.addFirst(denser);
                memory.add(new MemoryEvent.StateChanged(state(memory.size() + 1)));
                memory.add(new MemoryEvent.Reflected(denser, List.of(first.id(), second.id())));
            }
        }
        return memory;
    }

    static Segment segment(Segment.Kind kind, SeqRange range, int level) {
        List<LogEntry> entries = List.of(new LogEntry(LogEntry.Priority.NOTABLE, LogEntry.Kind.FACT, range,
                Optional.empty(), "What was worth keeping of turns " + range + "."));
        Segment uncounted = new Segment(kind + "-" + range + "-" + level, kind, range, level, entries, Optional.empty(),
                Optional.empty(), Optional.empty(), 0);
        return new Segment(uncounted.id(), kind, range, level, entries, uncounted.title(), uncounted.currentTask(),
                uncounted.nextStep(), Conversations.COUNTER.count(SegmentText.of(uncounted)));
    }

    static ProjectState state(long version) {
        return new ProjectState(version, List.of(new ProjectState.Item("Goal number " + version, SeqRange.of(0))),
                List.of(), List.of(), Map.of(), List.of(), List.of(), List.of());
    }
}
