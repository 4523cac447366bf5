package io.mnemosyne.replay.recording;

import java.util.Optional;
import java.util.OptionalInt;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class RecordingTest {

    @Test
    void shouldLeaveOutThinkingAndWriteCallsAsJsonAfterTheContent() {
        // given
        String line = """
                      {"role": "assistant", "content": "I look", "thinking": "hm", "tool_calls": [
                       {"id": "a", "name": "read", "arguments": {"path":"ä.py","n":1.50,"all":[true,null,{}]}},
                       {"id": "b", "name": "noop", "arguments": "free"}]}""";

        // when
        Event event = Sessions.of("s/1", line).events().getFirst();

        // then
        assertThat(event.content()).isEqualTo("I look");
        assertThat(event.text())
                .isEqualTo("""
                           I look
                           {"name": "read", "arguments": {"path": "ä.py", "n": 1.5, "all": [true, null, {}]}}
                           {"name": "noop", "arguments": "free"}""");
    }

    @Test
    void shouldDescribeAnImageWithoutItsData() {
        // given
        String line = """
                      {"role": "user", "content": [{"type": "text", "text": "see"},
                       {"type": "image", "media_type": "image/png", "data": "AAAA"}]}""";

        // when
        Event event = Sessions.of("s/1", line).events().getFirst();

        // then
        assertThat(event.text()).isEqualTo("see\n[image image/png]");
    }

    @Test
    void shouldGiveAResultToTheNearestCallBeforeItWhenIdsRepeat() {
        // given
        Recording recording = Sessions.of("s/1", call("x", "one"), result("x"), call("x", "two"), result("x"),
                result("x"));

        // when
        Call first = recording.calls().get(0);
        Call second = recording.calls().get(1);

        // then the third result finds its call answered
        assertThat(recording.resultOf(first)).hasValue(1);
        assertThat(recording.resultOf(second)).hasValue(3);
        assertThat(recording.events().get(3).answers()).contains(second);
        assertThat(recording.events().get(4).answers()).isEmpty();
    }

    @Test
    void shouldGiveResultsWithoutIdToTheLatestAssistantsCallsInOrder() {
        // given
        Recording recording = Sessions.of("s/1", call("old", "one"),
                """
                {"role": "assistant", "tool_calls": [{"id": "p", "name": "t", "arguments": {}},
                 {"id": "q", "name": "t", "arguments": {}}]}""", "{\"role\": \"tool\", \"content\": \"1\"}",
                "{\"role\": \"tool\", \"content\": \"2\"}", "{\"role\": \"tool\", \"content\": \"3\"}");

        // when
        var results = recording.calls().stream().map(recording::resultOf).toList();

        // then
        assertThat(results).containsExactly(OptionalInt.empty(), OptionalInt.of(2), OptionalInt.of(3));
    }

    @Test
    void shouldFindBothCallsThatOneTurnAnswers() {
        // given
        Recording recording = Sessions.of("s/1", call("p", "one"), call("q", "two"),
                """
                {"role": "tool", "content": [{"type": "tool_result", "tool_call_id": "p", "content": "1"},
                 {"type": "tool_result", "tool_call_id": "q", "content": "2", "is_error": true}]}""");

        // when
        Event event = recording.events().get(2);

        // then
        assertThat(recording.calls()).allMatch(call -> recording.resultOf(call).equals(OptionalInt.of(2)));
        assertThat(event.answers()).contains(recording.calls().getFirst());
        assertThat(event.content()).isEqualTo("1\n2");
        assertThat(event.error()).isTrue();
    }

    @Test
    void shouldCountStepsAndCodePoints() {
        // given a character outside of the basic plane
        Recording recording = Sessions.of("folder/file", "{\"role\": \"system\", \"content\": \"a\"}",
                "{\"role\": \"assistant\", \"content\": \"😀b\"}", "{\"role\": \"user\", \"content\": \"c\"}",
                call("x", "one"));

        // when
        Optional<Call> call = recording.calls().stream().findFirst();

        // then
        assertThat(recording.steps()).containsExactly(1, 3);
        assertThat(recording.firstUser()).hasValue(2);
        assertThat(recording.source()).isEqualTo("folder");
        assertThat(call.orElseThrow().step()).isEqualTo(1);
        assertThat(recording.characters())
                .isEqualTo(1 + 2 + 1 + "{\"name\": \"one\", \"arguments\": {}}".length());
    }

    private static String call(String id, String name) {
        return "{\"role\": \"assistant\", \"tool_calls\": [{\"id\": \"" + id + "\", \"name\": \"" + name
                + "\", \"arguments\": {}}]}";
    }

    private static String result(String id) {
        return "{\"role\": \"tool\", \"tool_call_id\": \"" + id + "\", \"content\": \"done\"}";
    }
}
