package io.mnemosyne.core.thread;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Tuple;
import net.jqwik.api.Tuple.Tuple2;

import io.mnemosyne.core.Command;
import io.mnemosyne.core.Content;
import io.mnemosyne.core.Origin;
import io.mnemosyne.core.Part;
import io.mnemosyne.core.Policy;
import io.mnemosyne.core.RawTurn;
import io.mnemosyne.core.Role;
import io.mnemosyne.core.SemanticObject;
import io.mnemosyne.core.ThreadKey;
import io.mnemosyne.core.ingest.RawEvent;

/** Makes lives of threads up: what is said, what workers answer, and what stages read, commit and lose in which order. */
final class Interleavings {
    private Interleavings() {
    }

    /** One thing that happens; the name makes a failing life readable. */
    record Step(String name, Consumer<Pipeline> what) {
        @Override
        public String toString() {
            return name;
        }

        Step then(Step next) {
            return new Step(name + ", " + next.name, pipeline -> {
                what.accept(pipeline);
                next.what.accept(pipeline);
            });
        }
    }

    static Arbitrary<List<Step>> lives() {
        return Combinators.combine(happening(), following()).as(Step::then).list().ofMinSize(10).ofMaxSize(28);
    }

    private static Arbitrary<Step> happening() {
        return Arbitraries.frequencyOf(Tuple.of(20, turn()), Tuple.of(10, observing()), Tuple.of(10, reflecting()),
                Tuple.of(2, control()), Tuple.of(4, objects()), Tuple.of(3, usage()), Tuple.of(2, clock()),
                Tuple.of(1, again()));
    }

    private static Arbitrary<Step> following() {
        Arbitrary<Step> settles = Arbitraries.integers().between(0, 3)
                .map(first -> new Step("all settle from " + first, pipeline -> pipeline.settle(first)));
        Arbitrary<Step> moves = move().list().ofMaxSize(5)
                .map(list -> list.stream().reduce(new Step("then", _ -> {
                }), Step::then));
        Step observed = new Step("all settle and observe", pipeline -> {
            pipeline.settle(0);
            while (Worker.observeAll(pipeline)) {
                pipeline.settle(0);
            }
        });
        return Arbitraries.frequencyOf(Tuple.of(5, settles), Tuple.of(2, Arbitraries.just(observed)),
                Tuple.of(4, moves));
    }

    private static Arbitrary<Step> move() {
        List<Tuple2<Integer, Step>> moves = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            int task = i;
            String name = List.of("ingest", "observer", "reflector", "view").get(i);
            for (int j = 0; j < (i == 0 ? 1 : 2); j++) {
                int input = j;
                moves.add(Tuple.of(4, new Step(name + " reads input " + input,
                        pipeline -> pipeline.tasks.get(task).read(input))));
            }
            moves.add(Tuple.of(2, new Step(name + " reads all", pipeline -> pipeline.tasks.get(task).readAll(0))));
            moves.add(Tuple.of(4, new Step(name + " commits", pipeline -> pipeline.tasks.get(task).commit())));
            moves.add(Tuple.of(1, new Step(name + " crashes", pipeline -> {
                pipeline.tally.count("crash");
                pipeline.tasks.get(task).crash();
            })));
            moves.add(Tuple.of(1, new Step(name + " is fenced", pipeline -> {
                pipeline.tally.count("rebalance");
                pipeline.tasks.get(task).rebalance(List.of(0, 1, 1, 0, 0));
            })));
            moves.add(Tuple.of(1, new Step(name + " looks at its deadlines",
                    pipeline -> pipeline.tasks.get(task).tick())));
        }
        return Arbitraries.frequency(moves);
    }

    private static Arbitrary<Step> turn() {
        Arbitrary<Integer> thread = Arbitraries.of(0, 0, 1);
        Arbitrary<String> id = Arbitraries.of("a", "b", "c");
        Arbitrary<Function<String, RawTurnMaker>> kinds = Arbitraries.frequency(
                Tuple.of(2, _ -> new RawTurnMaker("user", Role.USER, text -> List.of(text(text)))),
                Tuple.of(1, _ -> new RawTurnMaker("system", Role.SYSTEM, text -> List.of(text(text)))),
                Tuple.of(3, _ -> new RawTurnMaker("assistant", Role.ASSISTANT, text -> List.of(text(text)))),
                Tuple.of(5, one -> new RawTurnMaker("calls " + one, Role.ASSISTANT,
                        text -> List.of(text(text), call(one)))),
                Tuple.of(2, one -> new RawTurnMaker("calls " + one + " and z", Role.ASSISTANT,
                        _ -> List.of(call(one), call("z")))),
                Tuple.of(7, one -> new RawTurnMaker("result " + one, Role.TOOL, text -> List.of(result(one, text)))),
                Tuple.of(1, one -> new RawTurnMaker("results " + one + " and z", Role.USER,
                        text -> List.of(result("z", text), result(one, text)))),
                Tuple.of(2, one -> new RawTurnMaker("reads " + one, Role.ASSISTANT, _ -> List.of(read(one)))),
                Tuple.of(3, one -> new RawTurnMaker("file " + one, Role.TOOL,
                        text -> List
                                .of(new Part.ToolResult(one, "read", Content.of(file(one, text.length())), false)))),
                Tuple.of(2, one -> new RawTurnMaker("names " + one, Role.ASSISTANT,
                        _ -> List.of(text("What about " + path(one) + "?")))),
                Tuple.of(1, _ -> new RawTurnMaker("empty", Role.USER, _ -> List.of())));
        return Combinators.combine(thread, id, kinds, chars())
                .as((which, one, kind, chars) -> kind.apply(one).step(which, chars));
    }

    /** What a turn is like. */
    private record RawTurnMaker(String name, Role role, Function<String, List<Part>> parts) {
        Step step(int thread, int chars) {
            return new Step(name + " of " + chars + " in " + thread, pipeline -> {
                int number = pipeline.produced();
                String text = ("turn " + number + " says 17 things about it. ").repeat(1 + chars / 25).substring(0,
                        chars);
                Optional<Instant> at = number % 7 == 6 ? Optional.empty() : Optional.of(pipeline.now());
                Origin origin = new Origin(at, OptionalLong.empty(), Optional.empty(), Optional.empty(),
                        Optional.empty(), OptionalLong.empty(), Optional.empty(), Optional.empty(), Map.of());
                pipeline.produce(pipeline.thread(thread),
                        new RawEvent.Received(new RawTurn("e" + number, role, parts.apply(text), origin)));
            });
        }
    }

    private static Part text(String text) {
        return new Part.Text(Content.of(text));
    }

    private static Part call(String id) {
        return new Part.ToolCall(id, "bash", Content.of("{\"command\": \"ls\"}"));
    }

    private static Part read(String id) {
        return new Part.ToolCall(id, "read", Content.of("{\"path\": \"" + path(id) + "\"}"));
    }

    private static String path(String id) {
        return "src/" + id + ".java";
    }

    /** A file has two versions. */
    private static String file(String id, int chars) {
        return ("final int " + id + "Sum = " + id + "Base(" + chars % 2 + ");\n").repeat(5 + 10 * (chars % 2));
    }

    private static Part result(String id, String text) {
        return new Part.ToolResult(id, "bash", Content.of(text), false);
    }

    private static Arbitrary<Integer> chars() {
        return Arbitraries.frequencyOf(Tuple.of(3, Arbitraries.integers().between(1, 20)),
                Tuple.of(6, Arbitraries.integers().between(20, 120)),
                Tuple.of(3, Arbitraries.integers().between(120, 400)),
                Tuple.of(1, Arbitraries.integers().between(400, 3_000)));
    }

    private static Arbitrary<Integer> which() {
        return Arbitraries.frequencyOf(Tuple.of(5, Arbitraries.just(0)),
                Tuple.of(1, Arbitraries.integers().between(0, 20)));
    }

    private static Arbitrary<Integer> off() {
        return Arbitraries.frequency(Tuple.of(12, 0), Tuple.of(1, 1));
    }

    private static Arbitrary<Step> observing() {
        Arbitrary<Worker.Observing> how = Arbitraries.frequencyOf(Tuple.of(3, Arbitraries.just(Worker.Observing.WELL)),
                Tuple.of(2, Arbitraries.of(Worker.Observing.class)));
        return Combinators.combine(how, which(), off(), off()).as((answer, which, attempts, incarnations) -> new Step(
                "observation " + which + " " + answer + name(attempts, incarnations),
                pipeline -> pipeline.observationAsked(which).ifPresent(
                        request -> Worker.answer(pipeline, request, answer, attempts, incarnations))));
    }

    private static Arbitrary<Step> reflecting() {
        Arbitrary<Worker.Reflecting> how = Arbitraries.frequencyOf(
                Tuple.of(3, Arbitraries.just(Worker.Reflecting.WELL)),
                Tuple.of(3, Arbitraries.of(Worker.Reflecting.class)));
        return Combinators.combine(how, which(), off(), off()).as((answer, which, attempts, incarnations) -> new Step(
                "reflection " + which + " " + answer + name(attempts, incarnations),
                pipeline -> pipeline.reflectionAsked(which).ifPresent(
                        request -> Worker.answer(pipeline, request, answer, attempts, incarnations))));
    }

    private static String name(int attempts, int incarnations) {
        return (attempts == 0 ? "" : " of an older attempt") + (incarnations == 0 ? "" : " of an older incarnation");
    }

    private static Arbitrary<Step> control() {
        Arbitrary<Command> commands = Arbitraries.frequencyOf(
                Tuple.of(3, Arbitraries.just(command(Command.Kind.DELETE, Map.of()))),
                Tuple.of(3, Arbitraries.of("1", "700", "2000", "5000")
                        .map(budget -> command(Command.Kind.POLICY, Map.of("budget", budget)))),
                Tuple.of(3, Arbitraries.of(Policy.OBSERVATIONAL, Policy.HYBRID, Policy.FIDELITY)
                        .map(name -> command(Command.Kind.POLICY, Map.of("policy", name)))),
                Tuple.of(3, Arbitraries.of("add", "remove", "replace").map(op -> command(Command.Kind.EDIT,
                        Map.of("field", "goals", "op", op, "value", "ship it")))),
                Tuple.of(3, Arbitraries.of(Map.<String, String>of(), Map.of("epoch", "0"), Map.of("epoch", "1"))
                        .map(arguments -> command(Command.Kind.COMPACT, arguments))),
                Tuple.of(4, Arbitraries.integers().between(0, 25)
                        .map(seq -> command(Command.Kind.PIN, Map.of("seq", seq.toString())))));
        return Combinators.combine(commands, Arbitraries.of(0, 0, 1)).as((command, thread) -> new Step(
                command.kind() + " " + command.arguments() + " in " + thread,
                pipeline -> {
                    pipeline.tally.count(command.kind().name());
                    pipeline.produce(pipeline.thread(thread), new RawEvent.Instructed(new Command(
                            "c" + pipeline.produced(), command.kind(), Optional.empty(), command.arguments())));
                }));
    }

    /** What an agent wants to be done with objects of turns that there are, or are not; some it names twice. */
    private static Arbitrary<Step> objects() {
        Arbitrary<Command.Kind> kinds = Arbitraries.frequency(Tuple.of(5, Command.Kind.RESTORE),
                Tuple.of(3, Command.Kind.RELEASE), Tuple.of(1, Command.Kind.PIN), Tuple.of(1, Command.Kind.QUERY));
        return Combinators.combine(kinds, Arbitraries.integers().between(-1, 25), Arbitraries.of(true, true, false),
                Arbitraries.of("stub", "evicted"), Arbitraries.of(0, 0, 1))
                .as((kind, seq, bySeq, level, which) -> new Step(
                        kind + " " + (bySeq ? "" : "an object of ") + seq + " in " + which, pipeline -> {
                            ThreadKey thread = pipeline.thread(which);
                            Map<String, String> arguments = new HashMap<>(Map.of("level", level, "question", "where?"));
                            if (bySeq) {
                                arguments.put("seq", seq.toString());
                            } else {
                                arguments.put("objects", pipeline.shown(thread).turn(seq).stream()
                                        .flatMap(turn -> turn.turn().objects().stream()).map(SemanticObject::id)
                                        .collect(Collectors.joining(",")) + ",nowhere");
                            }
                            pipeline.tally.count(kind.name());
                            pipeline.produce(thread, new RawEvent.Instructed(new Command("c" + pipeline.produced(),
                                    kind, Optional.empty(), arguments)));
                        }));
    }

    /** An agent whose model counts other tokens than we do calls it once or several times, and tells so. */
    private static Arbitrary<Step> usage() {
        Arbitrary<Double> ratios = Arbitraries.frequencyOf(Tuple.of(6, Arbitraries.doubles().between(0.8, 2.2)),
                Tuple.of(1, Arbitraries.of(0.0, 0.1, 50.0)));
        return Combinators.combine(ratios, Arbitraries.of(0, 50, 200), Arbitraries.integers().between(1, 3),
                Arbitraries.of("one", "one", "other"), Arbitraries.of(0, 0, 1))
                .as((ratio, overhead, calls, model, which) -> new Step(
                        calls + " calls counted " + ratio + " x ours + " + overhead + " in " + which, pipeline -> {
                            ThreadKey thread = pipeline.thread(which);
                            long tokens = Math.round(ratio * pipeline.shown(thread).head().tokensInView() + overhead);
                            pipeline.tally.count(Command.Kind.USAGE.name());
                            for (int i = 0; i < calls; i++) {
                                pipeline.produce(thread, new RawEvent.Instructed(new Command(
                                        "c" + pipeline.produced(), Command.Kind.USAGE, Optional.empty(),
                                        Map.of("inputTokens", Long.toString(tokens), "model", model))));
                            }
                        }));
    }

    private static Command command(Command.Kind kind, Map<String, String> arguments) {
        return new Command("c", kind, Optional.empty(), arguments);
    }

    /** Time passes, jumps and goes back; then every stage looks at its deadlines, or does not get to it. */
    private static Arbitrary<Step> clock() {
        Arbitrary<Long> seconds = Arbitraries.of(10L, 301L, 601L, 1_300L, 86_400L, -3L, -700L, -86_400L);
        return Combinators.combine(seconds, Arbitraries.of(true, true, false)).as((by, looked) -> new Step(
                by + " s pass" + (looked ? " and deadlines with them" : ""), pipeline -> {
                    pipeline.pass(Duration.ofSeconds(by));
                    if (looked) {
                        pipeline.tasks.forEach(Task::tick);
                    }
                }));
    }

    private static Arbitrary<Step> again() {
        return Combinators.combine(Arbitraries.of(0, 1), Arbitraries.integers().between(0, 60)).as(
                (thread, which) -> new Step("again " + which + " in " + thread,
                        pipeline -> pipeline.produceAgain(pipeline.thread(thread), which)));
    }
}
