package io.mnemosyne.core.segment;

import org.junit.jupiter.api.Test;

import io.mnemosyne.core.Content;
import io.mnemosyne.core.Part;
import io.mnemosyne.core.Role;
import io.mnemosyne.core.SemanticObject;
import io.mnemosyne.core.SemanticObject.Relation;
import io.mnemosyne.core.SemanticObject.Relation.Kind;

import static org.assertj.core.api.Assertions.assertThat;

class RelationsTest {
    private static final String DEFINITION = "class OrderIndex:\n    def rebuild_index(self):\n        pass\n";
    private final CutThread thread = new CutThread();

    @Test
    void shouldNameTheMessageThatAskedForAResult() {
        // given
        SemanticObject question = thread.say(Role.USER, "How large is it?");
        thread.cut(Role.ASSISTANT, new Part.ToolCall("1", "bash", Content.of("{\"command\":\"du\"}")));
        // when
        SemanticObject silently = thread.cut(Role.TOOL, result("1", "12 a")).getFirst();
        SemanticObject words = thread.cut(Role.ASSISTANT, new Part.Text(Content.of("I look again.")),
                new Part.ToolCall("2", "bash", Content.of("{\"command\":\"du\"}"))).getFirst();
        SemanticObject spoken = thread.cut(Role.TOOL, result("2", "13 a")).getFirst();
        // then
        assertThat(silently.relations()).containsExactly(new Relation(Kind.PARENT_OF, question.id()));
        assertThat(spoken.relations()).containsExactly(new Relation(Kind.PARENT_OF, words.id()));
    }

    @Test
    void shouldTieAFailureToTheEditBeforeItAndItsCauseToTheFailure() {
        // given
        SemanticObject edit = thread.call("edit", "{\"path\":\"a.py\"}", "done", false);
        // when
        SemanticObject failure = thread.bash("pytest", "E   assert 1 == 2\n1 failed in 2 s");
        SemanticObject cause = thread.say(Role.ASSISTANT, "The root cause is a missing lock.");
        SemanticObject passes = thread.bash("pytest", "1 passed in 2 s");
        SemanticObject later = thread.say(Role.ASSISTANT, "The other root cause is a missing latch.");
        // then
        assertThat(failure.relations()).contains(new Relation(Kind.DEPENDS_ON, edit.id()));
        assertThat(cause.relations()).contains(new Relation(Kind.DEPENDS_ON, failure.id()));
        assertThat(passes.relations()).isEmpty();
        assertThat(later.relations()).isEmpty();
    }

    @Test
    void shouldReferToTheFileThatDefinesAName() {
        // given
        SemanticObject file = thread.bash("cat src/order_index.py", DEFINITION);
        // when
        SemanticObject byName = thread.say(Role.USER, "Does OrderIndex.rebuild_index() lock?");
        SemanticObject byFile = thread.say(Role.ASSISTANT, "I had a look at order_index.py just now.");
        SemanticObject byWord = thread.say(Role.USER, "Does the order of the index matter?");
        // then
        assertThat(byName.relations()).containsExactly(new Relation(Kind.REFERENCES, file.id()));
        assertThat(byFile.relations()).containsExactly(new Relation(Kind.REFERENCES, file.id()));
        assertThat(byWord.relations()).isEmpty();
    }

    @Test
    void shouldRelateAnObjectToFewOthersHoweverManyItNames() {
        // given
        StringBuilder names = new StringBuilder();
        for (int i = 0; i < 50; i++) {
            thread.bash("cat file_" + i + ".py", "content " + i);
            names.append("file_").append(i).append(".py ");
        }
        // when, then
        assertThat(thread.say(Role.USER, names.toString()).relations()).hasSize(4);
    }

    private static Part result(String call, String text) {
        return new Part.ToolResult(call, "bash", Content.of(text), false);
    }
}
