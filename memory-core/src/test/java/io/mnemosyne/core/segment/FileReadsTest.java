package io.mnemosyne.core.segment;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.mnemosyne.core.SemanticObject;
import io.mnemosyne.core.SemanticObject.Relation;

import static org.assertj.core.api.Assertions.assertThat;

/** Which reads of a file make which others stale. */
class FileReadsTest {
    private final CutThread thread = new CutThread();

    @ParameterizedTest
    @CsvSource(delimiter = ';', value = {"sed -n '50,100p' a.py; sed -n '1,200p' a.py",
            "cat -n a.py | sed -n '50,100p'; head -n 200 a.py", "nl -ba a.py | sed -n '7p'; head -20 a.py",
            "tail -n 20 a.py; tail -50 a.py", "sed -n '50,100p' ./a.py; cat a.py", "head a.py; head -n 11 a.py",
            "tail -n +50 a.py; tail -n +20 a.py", "tail -n 20 a.py; nl a.py", "grep -A 40 'def x' a.py; cat a.py",
            "cd src && head a.py; cat src/a.py"})
    void shouldLetAReadSupersedeAnotherOneThatShowsLess(String narrow, String wide) {
        // given
        SemanticObject less = thread.bash(narrow, "some lines");
        // when
        SemanticObject more = thread.bash(wide, "more lines");
        SemanticObject lessAgain = thread.bash(narrow, "some other lines");
        // then
        assertThat(more.supersedes()).contains(less.id());
        assertThat(lessAgain.supersedes()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', value = {"read; {\"path\":\"a\",\"offset\":50,\"limit\":51}",
            "str_replace_editor; {\"command\":\"view\",\"path\":\"a\",\"view_range\":[50,100]}",
            "read_range; {\"filepath\":\"a\",\"startline\":\"50\",\"endline\":\"100\"}"})
    void shouldKnowTheLinesThatToolsAreAskedFor(String tool, String arguments) {
        // given
        SemanticObject inside = thread.bash("sed -n '60,70p' a", "inside");
        SemanticObject outside = thread.bash("sed -n '60,101p' a", "outside");
        // when
        SemanticObject read = thread.call(tool, arguments, "the lines", false);
        // then
        assertThat(outside.supersedes()).contains(inside.id());
        assertThat(read.supersedes()).isEmpty();
        assertThat(thread.bash("sed -n '50,100p' a", "new").supersedes()).contains(read.id());
    }

    @Test
    void shouldTakeTheLinesFromTheNumbersOfAWindowThatNobodyAskedFor() {
        // given
        SemanticObject window = thread.call("open", "{\"path\":\"a\",\"line_number\":42}",
                "[File: a]\n41:x\n42:y\n43:z",
                false);
        // when, then
        assertThat(thread.bash("sed -n '40,50p' a", "a stretch").supersedes()).contains(window.id());
    }

    @Test
    void shouldTakeAnIdenticalReadForTheObjectThatItRepeats() {
        // given
        SemanticObject first = thread.bash("cat a.py", "same");
        // when
        SemanticObject again = thread.bash("cat a.py", "same");
        // then
        assertThat(again.admission().reason()).isEqualTo("duplicate content");
        assertThat(again.supersedes()).isEmpty();
        assertThat(again.relations()).contains(new Relation(Relation.Kind.REFERENCES, first.id()));
        assertThat(thread.bash("cat a.py", "changed").supersedes()).contains(first.id());
    }

    @Test
    void shouldAdmitAReadThatRepeatsWhatANewerOneMadeStale() {
        // given a file that is changed and changed back
        thread.bash("cat a.py", "old");
        SemanticObject changed = thread.bash("cat a.py", "new");
        // when
        SemanticObject back = thread.bash("cat a.py", "old");
        // then
        assertThat(back.admission().admitted()).isTrue();
        assertThat(back.supersedes()).contains(changed.id());
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', value = {"edit; {\"path\":\"a.py\",\"oldText\":\"x\"}",
            "str_replace_editor; {\"command\":\"str_replace\",\"path\":\"a.py\"}",
            "apply_patch; {\"input\":\"*** Begin Patch\\n*** Update File: a.py\\n@@\"}",
            "bash; {\"command\":\"sed -i 's/x/y/' a.py\"}", "bash; {\"command\":\"cat > a.py <<'EOF'\\nx > y\\nEOF\"}",
            "bash; {\"command\":\"ls && echo 'a > b' >> a.py 2>/dev/null\"}"})
    void shouldLetAnEditDependOnWhatWasReadAndALaterReadSupersedeThat(String tool, String arguments) {
        // given
        SemanticObject read = thread.bash("cat a.py", "x");
        // when
        SemanticObject edit = thread.call(tool, arguments, "done", false);
        // then
        assertThat(edit.relations()).contains(new Relation(Relation.Kind.DEPENDS_ON, read.id()));
        assertThat(edit.tags()).contains("edit", "python");
        assertThat(edit.supersedes()).isEmpty();
        assertThat(thread.bash("cat a.py", "y").supersedes()).contains(read.id());
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', value = {"python -c 'print(1 > 0)' a.py", "make 2> a.py", "make > /dev/null 2>&1",
            "grep -rn '>' a.py"})
    void shouldNotTakeACommandForAnEditThatChangesNoFile(String command) {
        // given
        thread.bash("cat a.py", "x");
        // when, then
        assertThat(thread.bash(command, "done").tags()).doesNotContain("edit");
    }

    @Test
    void shouldKeepFewFactsOfAFileHoweverOftenItIsRead() {
        // when
        for (int i = 1; i <= 100; i++) {
            thread.bash("sed -n '" + 10 * i + "," + (10 * i + 5) + "p' a.py", "stretch " + i);
        }
        // then
        assertThat(thread.files).hasSize(1);
        assertThat(thread.files.get("a.py")).hasSizeLessThan(500);
    }
}
