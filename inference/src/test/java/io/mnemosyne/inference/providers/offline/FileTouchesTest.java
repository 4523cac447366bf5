package io.mnemosyne.inference.providers.offline;

import java.util.List;

import org.junit.jupiter.api.Test;

import io.mnemosyne.core.LogEntry;
import io.mnemosyne.core.SeqRange;

import static org.assertj.core.api.Assertions.assertThat;

class FileTouchesTest {

    @Test
    void shouldGroupRepeatedReadsOfAFile() {
        // given
        Transcript transcript = new Conversation()
                .call("1", "read", "{\"path\":\"src/a.ts\",\"offset\":10,\"limit\":20}").result("1", "x".repeat(1_500))
                .bash("cat src/a.ts", "const a = 1;\n").transcript();
        // when
        List<Candidate> entries = FileTouches.in(transcript);
        // then
        assertThat(entries).hasSize(1);
        assertThat(entries.getFirst().entry().seqs()).isEqualTo(new SeqRange(0, 3));
        assertThat(entries.getFirst().entry().text()).contains("read src/a.ts", "20 lines from 10", "2 times");
    }

    @Test
    void shouldNameTheFilesOfEveryReadingStep() {
        // given
        Transcript transcript = new Conversation()
                .bash("cd src && cat a.ts; echo --- && sed -n 5,9p lib/b.ts | head -3", "a\n---\nb\n").transcript();
        // when / then
        assertThat(FileTouches.in(transcript)).extracting(candidate -> candidate.entry().text()).satisfiesExactly(
                first -> assertThat(first).startsWith("read a.ts"),
                second -> assertThat(second).startsWith("read lib/b.ts").contains("sed -n 5,9p"));
    }

    @Test
    void shouldShowWhereAnEditDiffers() {
        // given
        Transcript transcript = new Conversation().call("1", "edit",
                "{\"path\":\"src/a.ts\",\"oldText\":\"same\\nconst width = 1;\",\"newText\":\"same\\nconst width = 2;\"}")
                .result("1", "ok").transcript();
        // when
        LogEntry entry = FileTouches.in(transcript).getFirst().entry();
        // then
        assertThat(entry.text()).isEqualTo("changed src/a.ts: `const width = 1;` → `const width = 2;`");
        assertThat(entry.priority()).isEqualTo(LogEntry.Priority.NOTABLE);
    }

    @Test
    void shouldReportAFailedEditAsAnError() {
        // given
        Transcript transcript = new Conversation().call("1", "str_replace_editor",
                "{\"command\":\"str_replace\",\"path\":\"a.py\",\"old_str\":\"x\",\"new_str\":\"y\"}")
                .result("1", "No replacement was performed, old_str `x` did not appear verbatim in a.py.").transcript();
        // when
        LogEntry entry = FileTouches.in(transcript).getFirst().entry();
        // then
        assertThat(entry.kind()).isEqualTo(LogEntry.Kind.ERROR);
        assertThat(entry.text()).startsWith("changing a.py failed: No replacement was performed");
    }

    @Test
    void shouldFindTheFileInNestedAndClippedArguments() {
        // given
        Transcript transcript = new Conversation().call("1", "write_fix",
                "{\"changes\":[{\"file_name\":\"org/Range.java\",\"modifications\":[{\"modified_line\":\"int a\\n[... 9 bytes")
                .result("1", "Lines written, There are 2 failing test cases\n").transcript();
        // when / then
        assertThat(FileTouches.in(transcript).getFirst().entry().text()).startsWith("changed org/Range.java");
    }
}
