package io.mnemosyne.core.assemble;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Tuple;

import io.mnemosyne.core.Content;
import io.mnemosyne.core.Origin;
import io.mnemosyne.core.Part;
import io.mnemosyne.core.RawTurn;
import io.mnemosyne.core.Role;
import io.mnemosyne.core.ThreadKey;
import io.mnemosyne.core.Turn;
import io.mnemosyne.core.tokens.O200kTokenCounter;
import io.mnemosyne.core.tokens.TokenCounter;

/** Conversations as agents have them, and some as they should not have them. */
public final class Conversations {
    public static final ThreadKey THREAD = new ThreadKey("acme", "build-17");
    public static final TokenCounter COUNTER = O200kTokenCounter.shared();

    private Conversations() {
    }

    /** Up to {@code size} exchanges, turns numbered from 0. */
    public static Arbitrary<List<Turn>> conversations(int size) {
        return Combinators.combine(exchange().list().ofMaxSize(size), pauses())
                .as((exchanges, pauses) -> timed(numbered(exchanges), pauses));
    }

    /** Minutes between turns; a clock may go back, and a time of -1 is not known. None at all for turns without times. */
    private static Arbitrary<List<Integer>> pauses() {
        return Arbitraries.frequencyOf(Tuple.of(8, Arbitraries.of(0, 1, 5)), Tuple.of(1, Arbitraries.of(60, 300)),
                Tuple.of(1, Arbitraries.of(1_440, 20_160)), Tuple.of(2, Arbitraries.of(-1, -60))).list().ofMaxSize(8);
    }

    private static List<Turn> timed(List<Turn> turns, List<Integer> pauses) {
        List<Turn> timed = new ArrayList<>();
        Instant now = Instant.parse("2026-03-01T22:30:00Z");
        for (Turn turn : turns) {
            int pause = pauses.isEmpty() ? -1 : pauses.get((int) (turn.seq() % pauses.size()));
            now = pause == -1 ? now : now.plusSeconds(60L * pause);
            RawTurn body = new RawTurn("e", turn.role(), turn.parts(), pause == -1 ? Origin.UNKNOWN : Origin.at(now));
            timed.add(new Turn(THREAD, 0, turn.seq(), body, turn.tokens(), turn.objects()));
        }
        return timed;
    }

    /** Turns of one exchange, before they have their seqs. */
    private static Arbitrary<List<RawTurn>> exchange() {
        Arbitrary<List<RawTurn>> said = Combinators
                .combine(Arbitraries.of(Role.USER, Role.ASSISTANT, Role.ASSISTANT, Role.SYSTEM), texts())
                .as((role, text) -> List.of(turn(role, new Part.Text(Content.of(text)))));
        Arbitrary<List<RawTurn>> empty = Arbitraries.of(Role.USER, Role.ASSISTANT)
                .map(role -> List.of(new RawTurn("e", role, List.of(), Origin.UNKNOWN)));
        Arbitrary<List<RawTurn>> tools = Combinators
                .combine(Arbitraries.of("a", "b", "call-1", "call:2", ""), Arbitraries.integers().between(1, 3),
                        Arbitraries.integers().between(0, 3), texts(), Arbitraries.of(true, false),
                        Arbitraries.of(Role.TOOL, Role.TOOL, Role.USER))
                .as(Conversations::toolGroup);
        Arbitrary<List<RawTurn>> pictures = Combinators
                .combine(Arbitraries.of(Role.USER, Role.TOOL), texts(), Arbitraries.integers().between(1, 3),
                        Arbitraries.integers().between(1, 4_000))
                .as(Conversations::pictures);
        Arbitrary<List<RawTurn>> orphan = texts().map(text -> List.of(result("gone", text)));
        return Arbitraries.frequencyOf(Tuple.of(4, said), Tuple.of(6, tools), Tuple.of(1, pictures),
                Tuple.of(1, orphan), Tuple.of(1, empty));
    }

    private static Arbitrary<String> texts() {
        Arbitrary<String> nasty = Arbitraries.strings().withChars("ab Z09\n\t/.:{}\"'\\ü漢\ud83d\ude00-_#[]")
                .ofMaxLength(60);
        Arbitrary<String> prose = Arbitraries.integers().between(1, 400).map(
                n -> "The build of module core failed: expected 12 but was 13.\n".repeat(1 + n / 12).substring(0, n));
        Arbitrary<String> giant = Arbitraries.integers().between(2_000, 6_000)
                .map(n -> "src/main/java/io/App.java:42: error\n\n".repeat(1 + n / 36).substring(0, n));
        return Arbitraries.frequencyOf(Tuple.of(5, nasty), Tuple.of(5, prose),
                Tuple.of(1, giant));
    }

    /**
     * Calls with the same id several times over, more or fewer results than calls, or results in another order. Results
     * in the user's name come in one turn.
     */
    private static List<RawTurn> toolGroup(String id, int calls, int results, String text, boolean together,
            Role answerer) {
        List<RawTurn> turns = new ArrayList<>();
        List<Part> parts = new ArrayList<>();
        for (int i = 0; i < calls; i++) {
            Part call = new Part.ToolCall(id + i, "bash", Content.of("{\"command\": \"ls " + i + "\"}"));
            parts.add(call);
            if (!together) {
                turns.add(turn(Role.ASSISTANT, call));
            }
        }
        if (together) {
            turns.add(new RawTurn("e", Role.ASSISTANT, parts, Origin.UNKNOWN));
        }
        List<Part> answers = IntStream.range(0, results).mapToObj(i -> answer(id + (results - 1 - i), text)).toList();
        if (answerer == Role.USER) {
            turns.add(new RawTurn("e", Role.USER, answers, Origin.UNKNOWN));
        } else {
            answers.forEach(answer -> turns.add(turn(Role.TOOL, answer)));
        }
        return turns;
    }

    private static List<RawTurn> pictures(Role role, String text, int count, int size) {
        List<Part> parts = new ArrayList<>(List.of(new Part.Text(Content.of(text))));
        for (int i = 0; i < count; i++) {
            parts.add(new Part.Image("image/png", Content.of("iVBORw0KGgo" + i + "A".repeat(4 * size))));
        }
        return List.of(new RawTurn("e", role, parts, Origin.UNKNOWN));
    }

    private static RawTurn result(String id, String text) {
        return turn(Role.TOOL, answer(id, text));
    }

    private static Part answer(String id, String text) {
        return new Part.ToolResult(id, "bash", Content.of(text), text.length() % 2 == 0);
    }

    private static RawTurn turn(Role role, Part part) {
        return new RawTurn("e", role, List.of(part), Origin.UNKNOWN);
    }

    private static List<Turn> numbered(List<List<RawTurn>> exchanges) {
        List<Turn> turns = new ArrayList<>();
        exchanges.stream().flatMap(List::stream).forEach(raw -> turns.add(numbered(raw, turns.size())));
        return turns;
    }

    public static Turn numbered(RawTurn raw, long seq) {
        return new Turn(THREAD, 0, seq, raw, COUNTER.count(raw), List.of());
    }

    public static Turn said(long seq, Role role, String text) {
        return numbered(turn(role, new Part.Text(Content.of(text))), seq);
    }

    public static Turn saidAt(long seq, Role role, String text, Instant at) {
        return numbered(new RawTurn("e", role, List.of(new Part.Text(Content.of(text))), Origin.at(at)), seq);
    }

    public static Turn call(long seq, String id, String arguments) {
        return numbered(turn(Role.ASSISTANT, new Part.ToolCall(id, "bash", Content.of(arguments))), seq);
    }

    public static Turn result(long seq, String id, String text) {
        return numbered(result(id, text), seq);
    }

    public static List<SizedTurn> sized(List<Turn> turns) {
        return turns.stream().map(turn -> SizedTurn.of(turn, COUNTER)).toList();
    }
}
