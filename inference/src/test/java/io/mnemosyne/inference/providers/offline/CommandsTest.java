package io.mnemosyne.inference.providers.offline;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.mnemosyne.core.LogEntry;
import io.mnemosyne.core.SeqRange;

import static org.assertj.core.api.Assertions.assertThat;

class CommandsTest {

    @Test
    void shouldTellWhatWasWrongWhenTheSameCommandPassesLater() {
        // given
        Transcript transcript = new Conversation().bash("pytest -q", "E   ValueError: bad width\n1 failed in 0.1s\n")
                .bash("ls", "a\nb\n").bash("cd /app && pytest -q", "4 passed in 0.1s\n").transcript();
        // when
        LogEntry entry = Commands.in(transcript).getFirst().entry();
        // then
        assertThat(entry.kind()).isEqualTo(LogEntry.Kind.RESOLUTION);
        assertThat(entry.priority()).isEqualTo(LogEntry.Priority.DONE);
        assertThat(entry.seqs()).isEqualTo(new SeqRange(0, 5));
        assertThat(entry.text()).contains("pytest -q", "2 runs", "4 passed", "ValueError: bad width");
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

    @Test
    void shouldNotTakeErrorsThatASearchFoundForFailures() {
        // given
        Transcript transcript = new Conversation().bash("grep -rn raise src", "src/a.py:3: raise ValueError: no\n")
                .transcript();
        // when / then
        assertThat(Commands.in(transcript).getFirst().entry().kind()).isEqualTo(LogEntry.Kind.COMMAND);
    }

    @Test
    void shouldLeaveReadingToTheFiles() {
        assertThat(Commands.in(new Conversation().bash("cat src/a.py", "x = 1\n").transcript())).isEmpty();
    }
}
