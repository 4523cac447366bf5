package io.mnemosyne.core.segment;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

import io.mnemosyne.core.Content;
import io.mnemosyne.core.Origin;
import io.mnemosyne.core.Part;
import io.mnemosyne.core.RawTurn;
import io.mnemosyne.core.Role;
import io.mnemosyne.core.SemanticObject;
import io.mnemosyne.core.SemanticObject.Relation;

import static org.assertj.core.api.Assertions.assertThat;

class CutPropertiesTest {
    private static final int MAX_RELATIONS = 8;

    @Property(tries = 300)
    void everyTextOfATurnIsInExactlyOneObject(@ForAll("turns") List<RawTurn> turns) {
        // given
        CutThread thread = new CutThread();
        for (RawTurn turn : turns) {
            // when
            List<SemanticObject> objects = thread.cut(turn);
            // then
            List<Integer> texts = IntStream.range(0, turn.parts().size()).filter(i -> isText(turn.parts().get(i)))
                    .boxed().toList();
            assertThat(objects).extracting(SemanticObject::part).isEqualTo(texts);
        }
    }

    @Property(tries = 100)
    void theSameTurnsGiveTheSameObjects(@ForAll("turns") List<RawTurn> turns) {
        // given
        CutThread one = new CutThread();
        CutThread other = new CutThread();
        // when
        turns.forEach(one::cut);
        turns.forEach(other::cut);
        // then
        assertThat(one.objects).isEqualTo(other.objects).extracting(SemanticObject::id).doesNotHaveDuplicates();
    }

    @Property(tries = 300)
    void whatRelatesObjectsPointsBackToOtherObjects(@ForAll("turns") List<RawTurn> turns) {
        // given
        CutThread thread = new CutThread();
        // when
        turns.forEach(thread::cut);
        // then
        Set<String> earlier = new HashSet<>();
        for (SemanticObject object : thread.objects) {
            List<String> others = new ArrayList<>(object.relations().stream().map(Relation::object).toList());
            object.supersedes().ifPresent(others::add);
            assertThat(others).isSubsetOf(earlier).doesNotHaveDuplicates();
            assertThat(object.relations()).hasSizeLessThanOrEqualTo(MAX_RELATIONS);
            assertThat(object.stub()).hasSizeBetween(1, 160).doesNotContain("\n");
            earlier.add(object.id());
        }
    }

    @Property(tries = 300)
    void nothingIsMadeStaleTwice(@ForAll("turns") List<RawTurn> turns) {
        // given
        CutThread thread = new CutThread();
        // when
        turns.forEach(thread::cut);
        // then
        List<String> stale = thread.objects.stream()
                .flatMap(object -> Stream.concat(object.supersedes().stream(),
                        object.relations().stream().filter(relation -> relation.kind() == Relation.Kind.SUPERSEDES)
                                .map(Relation::object)))
                .toList();
        assertThat(stale).doesNotHaveDuplicates();
    }

    private static boolean isText(Part part) {
        return (part instanceof Part.Text || part instanceof Part.ToolResult) && !part.content().shown().isBlank();
    }

    /** Few paths, texts and ids, so that they meet often. */
    @Provide
    Arbitrary<List<RawTurn>> turns() {
        Arbitrary<String> ids = Arbitraries.of("c1", "c2", "c3", "");
        Arbitrary<String> paths = Arbitraries.of("src/a_file.py", "./b.py", "src/a_file.py | sed -n '3,9p'", "b.py");
        Arbitrary<String> commands = Combinators.combine(
                Arbitraries.of("cat ", "head -n 5 ", "tail -20 ", "sed -n '2,4p' ", "sed -i s/a/b/ ", "echo > ",
                        "pytest ", "ls "),
                paths).as(String::concat);
        Arbitrary<String> texts = Arbitraries.of("", " \n", "class OrderIndex:\n  pass", "Error: no such thing",
                "see OrderIndex in a_file.py", "1 failed", "I will look first and then change b.py.", "ok",
                "\t3\tx\n\t4\ty\n\t5\tz", "The root cause is OrderIndex.");
        Arbitrary<Part> parts = Arbitraries.oneOf(
                texts.map(text -> new Part.Text(Content.of(text))),
                Combinators.combine(ids, commands).as((id, command) -> new Part.ToolCall(id, "bash",
                        Content.of("{\"command\":\"" + command + "\"}"))),
                Combinators.combine(ids, texts, Arbitraries.of(true, false, false)).as(
                        (id, text, error) -> new Part.ToolResult(id, "bash", Content.of(text), error)));
        Arbitrary<RawTurn> turn = Combinators.combine(Arbitraries.of(Role.USER, Role.ASSISTANT, Role.TOOL),
                parts.list().ofMaxSize(4)).as((role, some) -> new RawTurn("e", role, some, Origin.UNKNOWN));
        Arbitrary<RawTurn> exchange = Combinators.combine(commands, texts).as((command, text) -> new RawTurn("e",
                Role.ASSISTANT,
                List.of(new Part.ToolCall("c", "bash", Content.of("{\"command\":\"" + command + "\"}")),
                        new Part.ToolResult("c", "bash", Content.of(text), false)),
                Origin.UNKNOWN));
        return Arbitraries.oneOf(turn, exchange).list().ofMaxSize(25);
    }
}
