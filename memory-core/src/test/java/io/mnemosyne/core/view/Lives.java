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
import io.mnemosyne.core.LogEntry;
import io.mnemosyne.core.MemoryEvent;
import io.mnemosyne.core.ProjectState;
import io.mnemosyne.core.Segment;
import io.mnemosyne.core.SegmentText;
import io.mnemosyne.core.SeqRange;
import io.mnemosyne.core.Turn;
import io.mnemosyne.core.assemble.Conversations;

/** Makes lives up. */
final class Lives {
    private Lives() {
    }

    static Arbitrary<Life> lives() {
        return Combinators.combine(Conversations.conversations(25), Arbitraries.integers().between(1, 6).list()
                .ofMaxSize(8), orders(), commands())
                .as((turns, lengths, order, commands) -> new Life(turns, memory(turns, lengths), commands, order));
    }

    /** Commands by the number of turns after which they are given. */
    private static Arbitrary<Map<Integer, Command>> commands() {
        Arbitrary<Command> pins = Arbitraries.integers().between(-2, 30)
                .map(seq -> command(Command.Kind.PIN, Map.of("seq", Integer.toString(seq))));
        Arbitrary<Command> budgets = Arbitraries.of(1, 1_500, 2_000, 3_000)
                .map(tokens -> command(Command.Kind.POLICY, Map.of("budget", Integer.toString(tokens))));
        return Arbitraries.maps(Arbitraries.integers().between(0, 25),
                Arbitraries.frequencyOf(Tuple.of(4, pins), Tuple.of(1, budgets))).ofMaxSize(3);
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
