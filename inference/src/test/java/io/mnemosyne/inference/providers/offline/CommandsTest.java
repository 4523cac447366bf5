package io.mnemosyne.inference.providers.offline;

import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.mnemosyne.core.LogEntry;
import io.mnemosyne.core.SeqRange;

import static org.assertj.core.api.Assertions.assertThat;

class CommandsTest {

    @Test
    void shouldTellWhatWasWrongWhenTheSameCommandPassesLater() {
        // given
        Transcript transcript = new Conversation()
                .bash("cd /app && pytest -q", "E   ValueError: bad width\n1 failed in 0.1s\n").bash("ls", "a\nb\n")
                .bash("cd /app && pytest -q", "4 passed in 0.1s\n").transcript();
        // when
        LogEntry entry = Commands.in(transcript).getFirst().entry();
        // then
        assertThat(entry.kind()).isEqualTo(LogEntry.Kind.RESOLUTION);
        assertThat(entry.priority()).isEqualTo(LogEntry.Priority.DONE);
        assertThat(entry.seqs()).isEqualTo(new SeqRange(0, 5));
        assertThat(entry.text()).contains("pytest -q", "2 runs", "4 passed", "ValueError: bad width");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "python3 - <<'EOF'\\nimport yaml\\nEOF | python3 - <<'EOF'\\nprint(3)\\nEOF",
            "set -e\\n./migrate.sh prod | set -e\\necho hi", "cd tui && npm test | cd agent && npm test"})
    void shouldNotTakeOneCommandForAnotherThatBeginsAlike(String failing, String passing) {
        // given
        Transcript transcript = new Conversation().bash(failing, "Error: no module yaml\n").bash(passing, "hi\n")
                .transcript();
        // when
        List<LogEntry> entries = Commands.in(transcript).stream().map(Candidate::entry).toList();
        // then
        assertThat(entries).extracting(LogEntry::kind).containsExactly(LogEntry.Kind.ERROR, LogEntry.Kind.COMMAND);
    }

    @Test
    void shouldNotTakeACommandThatNeverEndedForARepair() {
        // given
        Transcript transcript = new Conversation().bash("./run", "Error: no disk\n")
                .call("2", "bash", "{\"command\":\"./run\"}").user("stop").transcript();
        // when / then
        assertThat(Commands.in(transcript).getFirst().entry().kind()).isEqualTo(LogEntry.Kind.ERROR);
    }

    @ParameterizedTest
    @ValueSource(strings = {"cat pytest.ini && python -m pytest", "ls && npm test", "cat pytest.ini; tox | tail -3",
            "cat cases.txt | xargs pytest", "cat a | sort > b", "grep -c 'a;b' x || pytest",
            "cat <<EOF | pytest\\nls\\nEOF"})
    void shouldReportFailingTestsWhateverElseTheCommandShows(String command) {
        // given
        Transcript transcript = new Conversation().bash(command, "[pytest]\n3 failed, 1 passed in 0.2s\n").transcript();
        // when
        LogEntry entry = Commands.in(transcript).getFirst().entry();
        // then
        assertThat(entry.priority()).isEqualTo(LogEntry.Priority.CRITICAL);
        assertThat(entry.text()).contains("1 passed, 3 failed");
    }

    @Test
    void shouldReportAFailureWithExitCodeAndReason() {
        // given
        Transcript transcript = new Conversation()
                .bash("make", "cc main.c\nmain.c:3:5: error: unknown type name 'foo'\nCommand exited with code 2")
                .transcript();
        // when
        LogEntry entry = Commands.in(transcript).getFirst().entry();
        // then
        assertThat(entry.kind()).isEqualTo(LogEntry.Kind.ERROR);
        assertThat(entry.text()).isEqualTo(
                "`make` fails with exit code 2: main.c:3:5: error: unknown type name 'foo'");
    }

    @Test
    void shouldReportABuildThatBreaksAfterGreenTests() {
        // given a pipe, which hides the exit code
        Transcript transcript = new Conversation()
                .bash("mvn -fae test 2>&1 | tail -30", """
                                                       [INFO] Tests run: 5, Failures: 0, Errors: 0, Skipped: 0
                                                       [ERROR] COMPILATION ERROR :
                                                       [ERROR] /app/Foo.java:[3,5] cannot find symbol
                                                       [INFO] BUILD FAILURE
                                                       """).transcript();
        // when
        LogEntry entry = Commands.in(transcript).getFirst().entry();
        // then
        assertThat(entry.kind()).isEqualTo(LogEntry.Kind.ERROR);
        assertThat(entry.text()).contains("fails", "5 passed, 0 failed", "Foo.java:[3,5] cannot find symbol");
    }

    @ParameterizedTest
    @ValueSource(strings = {"[INFO] BUILD FAILURE\nTests run: 5, Failures: 0, Errors: 0, Skipped: 0\n",
            "4 passed in 0.1s\nbash: coverage: command not found\n", "> Task :test\n\nBUILD FAILED in 3s\n"})
    void shouldReportAFailureThatNoTestCounts(String output) {
        // given
        Transcript transcript = new Conversation().bash("./check", output).transcript();
        // when / then
        assertThat(Commands.in(transcript).getFirst().entry().kind()).isEqualTo(LogEntry.Kind.ERROR);
    }

    @Test
    void shouldTrustGreenTestsThatPrintExceptionsOnTheirWay() {
        // given
        Transcript transcript = new Conversation()
                .bash("mvn test", "java.io.IOException: expected\nTests run: 5, Failures: 0, Errors: 0, Skipped: 0\n")
                .transcript();
        // when / then
        assertThat(Commands.in(transcript).getFirst().entry().kind()).isEqualTo(LogEntry.Kind.TEST);
    }

    @ParameterizedTest
    @ValueSource(strings = {"grep -rn raise src", "grep -rnE 'raise|a && b; c' src # don't | stop",
            "ls && rg raise | sort",
            "find src -name '*.py' | xargs -n 1 grep raise", "echo 'raising:'\\ngit grep raise | head -3"})
    void shouldNotTakeErrorsThatASearchFoundForFailures(String command) {
        // given
        Transcript transcript = new Conversation().bash(command, "ValueError: no\nError: raise\n").transcript();
        // when / then
        assertThat(Commands.in(transcript).getFirst().entry().kind()).isEqualTo(LogEntry.Kind.COMMAND);
    }

    @ParameterizedTest
    @ValueSource(strings = {"cat src/a.py", "cd src && ls && sed -n '/a;b/p' a.py 2>/dev/null | head -3"})
    void shouldLeaveReadingToTheFiles(String command) {
        assertThat(Commands.in(new Conversation().bash(command, "x = 1\n").transcript())).isEmpty();
    }
}
