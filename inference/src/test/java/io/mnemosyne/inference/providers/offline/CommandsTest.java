package io.mnemosyne.inference.providers.offline;

import org.junit.jupiter.api.Test;

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
