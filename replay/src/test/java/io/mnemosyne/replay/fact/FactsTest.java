package io.mnemosyne.replay.fact;

import java.util.List;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.mnemosyne.replay.recording.Recording;
import io.mnemosyne.replay.recording.Sessions;

import static io.mnemosyne.replay.recording.Sessions.event;
import static org.assertj.core.api.Assertions.assertThat;

class FactsTest {

    @ParameterizedTest
    @ValueSource(strings = {"ValueError: the total is negative", "E   AssertionError: 17 != 18",
            "java.lang.IllegalStateException: closed", "Caused by: java.io.IOException: gone",
            "Error: Cannot find module 'ledger'", "error: pathspec 'x' did not match",
            "src/ledger.c:12:5: error: expected ';'", "src/a.ts(28,2): error TS2739: Type '{ }' is missing",
            "error[E0308]: mismatched types", "FAILED tests/test_ledger.py::test_sum", "fatal: not a git repository",
            "panic: runtime error: index out of range"})
    void shouldFindTheLineOfAnyResultThatSaysWhatWentWrong(String line) {
        // given
        String result = "running it\n  " + line + "  \nTraceback (most recent call last):\ndone with everything now";

        // when
        List<String> found = ErrorLines.of(result, false);

        // then
        assertThat(found).containsExactly(line);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Traceback (most recent call last):", "except ValueError: return nothing",
            "    raise ValueError('the total is negative')", "error: ColorValueSchema,", "0 errors in 17 files found",
            "throw new IllegalStateException(\"closed\");", "Error: short", "12-    error: it is in a listing"})
    void shouldNotTakeCodeForAnErrorLine(String line) {
        // given, when
        List<String> found = ErrorLines.of(line, false);

        // then
        assertThat(found).isEmpty();
    }

    @Test
    void shouldAskLessOfALineWhenTheToolSaysThatItFailed() {
        // given
        String result = "cp: cannot stat 'ledger.txt'\nplain words that say nothing\nisError: event.isError,";

        // when, then
        assertThat(ErrorLines.of(result, true)).containsExactly("cp: cannot stat 'ledger.txt'");
        assertThat(ErrorLines.of(result, false)).isEmpty();
    }

    @Test
    void shouldTakeTheFirstFiveDistinctErrorLinesOfAResult() {
        // given
        String result = "FAILED tests/test_of_number_0\n" + String.join("\n",
                IntStream.range(0, 9).mapToObj(i -> "FAILED tests/test_of_number_" + i).toList())
                + "\nFAILED " + "x".repeat(300);

        // when, then
        assertThat(ErrorLines.of(result, false)).hasSize(5).endsWith("FAILED tests/test_of_number_4");
        assertThat(ErrorLines.of("FAILED " + "x".repeat(300), false)).isEmpty();
    }

    @Test
    void shouldFindSentencesThatGiveAReasonOutsideOfCode() {
        // given
        String text = """
                      I looked at it. Turns out the sum is rounded twice! Now the tests.
                      - Uses a ledger instead of a list
                      ```
                      // the sum is kept because of the report
                      ```
                      The fix is it. It was undecidedly slow, that much is clear.
                      """;

        // when
        List<String> found = Decisions.of(text);

        // then
        assertThat(found).containsExactly("Turns out the sum is rounded twice!", "- Uses a ledger instead of a list");
    }

    @Test
    void shouldGiveEachFactToTheFirstEventThatTellsIt() {
        // given
        Recording recording = Sessions.of("s/1", event("user", "see src/ledger.py and/or invoice 4711 of 2026, 12"),
                """
                {"role": "assistant", "content": "4711 it is, because \\"src/ledger.py\\" says so",
                 "tool_calls": [{"id": "c", "name": "read", "arguments": {"path": "src/other.py", "from": 300}}]}""",
                event("tool", "KeyError: no row for invoice 5555 in lib/rows.py"),
                event("tool", "KeyError: no row for invoice 5555 in lib/rows.py"));

        // when
        List<Fact> facts = Facts.of(recording);

        // then
        assertThat(facts).containsExactly(new Fact(FactKind.NUMBER, "2026", 0), new Fact(FactKind.NUMBER, "4711", 0),
                new Fact(FactKind.PATH, "src/ledger.py", 0),
                new Fact(FactKind.DECISION, "4711 it is, because \"src/ledger.py\" says so", 1),
                new Fact(FactKind.PATH, "src/other.py", 1), new Fact(FactKind.NUMBER, "300", 1),
                new Fact(FactKind.ERROR_LINE, "KeyError: no row for invoice 5555 in lib/rows.py", 2));
    }
}
