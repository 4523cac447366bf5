package io.mnemosyne.core.segment;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.mnemosyne.core.Content;
import io.mnemosyne.core.Part;
import io.mnemosyne.core.Role;
import io.mnemosyne.core.SemanticObject;
import io.mnemosyne.core.SemanticObject.Relation;

import static org.assertj.core.api.Assertions.assertThat;

class CutterTest {
    private final CutThread thread = new CutThread();

    @ParameterizedTest
    @CsvSource(delimiter = ';', value = {
            "read; {\"path\":\"src/A.java\"}; src/A.java",
            "Read; {\"file_path\":\"/repo/a.py\",\"offset\":10}; /repo/a.py",
            "str_replace_editor; {\"command\":\"view\",\"path\":\"/w/x.py\"}; /w/x.py",
            "bash; {\"command\":\"cat src/A.java\"}; src/A.java",
            "execute_bash; {\"command\":\"cd /app && sed -n '1,20p' lib/b.rb | grep x\"}; /app/lib/b.rb",
            "bash; {\"command\":\"head -n 40 notes.md\"}; notes.md"})
    void shouldKnowWhichFileAReadShows(String tool, String arguments, String path) {
        // when
        SemanticObject object = thread.call(tool, arguments, "some content\nof a file", false);
        // then
        assertThat(object.type()).isEqualTo(SemanticObject.Type.FILE_CONTEXT);
        assertThat(object.path()).contains(path);
        assertThat(object.stub()).contains("2 lines");
        assertThat(object.admission().admitted()).isTrue();
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', value = {"bash; {\"command\":\"cat > a.txt <<EOF\"}",
            "bash; {\"command\":\"make test\"}",
            "edit; {\"path\":\"a.txt\",\"newText\":\"x\"}", "bash; no json", "bash; []"})
    void shouldTakeAnyOtherResultForAToolResult(String tool, String arguments) {
        // when, then
        assertThat(thread.call(tool, arguments, "went well", false).type()).isEqualTo(SemanticObject.Type.TOOL_RESULT);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"path\":\"a\",\"start\":\"%s\"}", "{\"path\":\"a\",\"view_range\":[1,\"%s\"]}",
            "{\"command\":\"head -n %s a\"}"})
    void shouldRememberLittleOfACallHoweverLongItIs(String arguments) {
        // when
        CallFacts one = CallReader
                .read(new Part.ToolCall("c", "read", Content.of(arguments.formatted("7".repeat(4_000)))));
        CallFacts other = CallReader
                .read(new Part.ToolCall("c", "read", Content.of(arguments.formatted("8".repeat(4_000)))));
        // then
        assertThat(one.toString()).hasSizeLessThan(500);
        assertThat(one.stretch()).isNotEqualTo(other.stretch());
    }

    @Test
    void shouldNotJudgeAScriptOfMegabytesByItsFirstCommand() {
        // given
        String script = "cat a.txt" + "; a".repeat(5_000_000);
        // when
        SemanticObject object = thread.call("bash", "{\"command\":\"" + script + "\"}", "went well", false);
        // then
        assertThat(object.type()).isEqualTo(SemanticObject.Type.TOOL_RESULT);
    }

    @Test
    void shouldLetANewerReadOfTheSameFileSupersedeTheOlderOne() {
        // given
        SemanticObject first = thread.call("read", "{\"path\":\"a.txt\"}", "one", false);
        SemanticObject stretch = thread.call("read", "{\"path\":\"a.txt\",\"offset\":5}", "stretch", false);
        // when
        SemanticObject second = thread.call("read", "{\"path\":\"a.txt\"}", "two", false);
        // then
        assertThat(stretch.supersedes()).isEmpty();
        assertThat(second.supersedes()).contains(stretch.id());
        assertThat(second.relations()).contains(new Relation(Relation.Kind.SUPERSEDES, first.id()));
    }

    @Test
    void shouldTurnDownListingsAndRepeatedContentButKeepThem() {
        // when
        SemanticObject listing = thread.call("bash", "{\"command\":\"ls -la\"}", "a.txt b.txt", false);
        SemanticObject read = thread.call("read", "{\"path\":\"a.txt\"}", "same", false);
        SemanticObject again = thread.call("read", "{\"path\":\"a.txt\"}", "same", false);
        // then
        assertThat(listing.admission().reason()).isEqualTo("routine command");
        assertThat(read.admission().admitted()).isTrue();
        assertThat(again.admission().reason()).isEqualTo("duplicate content");
        assertThat(again.admission().admitted()).isFalse();
        assertThat(thread.objects).hasSize(3);
    }

    @Test
    void shouldSeeFailuresByFlagAndByWords() {
        // when
        SemanticObject flagged = thread.call("bash", "{\"command\":\"make\"}", "no luck", true);
        SemanticObject worded = thread.call("bash", "{\"command\":\"python a.py\"}",
                "Traceback (most recent call last):\n  File x\nValueError: bad", false);
        SemanticObject shown = thread.call("read", "{\"path\":\"Errors.java\"}", "ValueError: bad", false);
        // then
        assertThat(flagged.type()).isEqualTo(SemanticObject.Type.ERROR_CONTEXT);
        assertThat(worded.type()).isEqualTo(SemanticObject.Type.ERROR_CONTEXT);
        assertThat(worded.error()).isTrue();
        assertThat(shown.type()).isEqualTo(SemanticObject.Type.FILE_CONTEXT);
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', value = {"I decided to use a map rather than a list.; DESIGN_DECISION",
            "I will read the settings first and then move them.; PLAN",
            "The root cause is a missing lock.; DEBUGGING_SESSION",
            "The weather is fine.; CONVERSATION_PHASE"})
    void shouldTellByItsWordsWhatAMessageIsAbout(String text, SemanticObject.Type type) {
        // when
        thread.cut(Role.ASSISTANT, new Part.Text(Content.of(text)));
        // then
        assertThat(thread.objects.getLast().type()).isEqualTo(type);
    }

    @Test
    void shouldKeepStubsToOneShortLine() {
        // when
        thread.cut(Role.USER, new Part.Text(Content.of("first\n\nsecond " + "😀".repeat(200))));
        // then
        assertThat(thread.objects.getLast().stub()).startsWith("User: first second ").hasSizeLessThanOrEqualTo(160)
                .doesNotContain("\n").endsWith("😀…");
    }

    @Test
    void shouldMatchAResultToTheNewestOpenCallWithItsId() {
        // given
        thread.cut(Role.ASSISTANT, new Part.ToolCall("same", "read", Content.of("{\"path\":\"old.txt\"}")));
        thread.cut(Role.ASSISTANT, new Part.ToolCall("same", "read", Content.of("{\"path\":\"new.txt\"}")));
        // when
        thread.cut(Role.TOOL, new Part.ToolResult("same", "", Content.of("x"), false));
        // then
        assertThat(thread.objects.getLast().path()).contains("new.txt");
        assertThat(thread.objects.getLast().tool()).isEqualTo("read");
    }

    @Test
    void shouldForgetTheOldestCallsWhenManyStayUnanswered() {
        // when
        for (int i = 0; i < 100; i++) {
            thread.cut(Role.ASSISTANT, new Part.ToolCall("c" + i, "bash", Content.of("{}")));
        }
        // then
        assertThat(thread.recent.open()).hasSize(Recent.MAX_CALLS);
        assertThat(thread.recent.find("c99")).isPresent();
        assertThat(thread.recent.find("c0")).isEmpty();
    }
}
