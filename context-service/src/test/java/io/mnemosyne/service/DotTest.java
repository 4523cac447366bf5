package io.mnemosyne.service;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

import io.mnemosyne.core.SeqRange;
import io.mnemosyne.service.MemoryGraph.Edge;
import io.mnemosyne.service.MemoryGraph.Node;
import io.mnemosyne.service.MemoryGraph.Stretch;

import static org.assertj.core.api.Assertions.assertThat;

class DotTest {

    @Property(tries = 200)
    void shouldShowEveryStubAsItIsWhateverIsInIt(@ForAll("stubs") String stub, @ForAll("stubs") String title) {
        // given
        MemoryGraph graph = new MemoryGraph("default", "t", List.of(node("a", 0, stub), node("b", 1, "ran make")),
                List.of(new Edge("b", "a", "depends_on")),
                List.of(new Stretch("s", "observation", new SeqRange(0, 0), 12, Optional.of(title))), 0);

        // when
        DotReader dot = DotReader.read(Dot.of(graph));

        // then
        String shown = plain(stub);
        assertThat(dot.nodes.get("a").get("tooltip")).isEqualTo("a: " + shown);
        assertThat(dot.nodes.get("a").get("label")).startsWith("tool_result, L2\n").endsWith("7 tokens, turn 0");
        assertThat(dot.nodes.keySet()).contains("a", "b", "segment s");
        assertThat(dot.edges).filteredOn(edge -> edge.from().equals("b") && edge.to().equals("a")).hasSize(1);
    }

    @Provide
    static Arbitrary<String> stubs() {
        return Arbitraries.strings().withChars("\"\\&;<>{}[]|=,->#\n\r\t\0\u0085\u2028\uD83D\uDE00\uFFFE éß漢 aNnl")
                .ofMaxLength(60);
    }

    @Test
    void shouldDrawFiveHundredObjectsInColumns() {
        // given half of them in segments
        List<Node> nodes = IntStream.range(0, 500).mapToObj(seq -> node("o" + seq, seq, "ran make " + seq)).toList();
        List<Edge> edges = IntStream.range(1, 500).mapToObj(seq -> new Edge("o" + seq, "o" + seq / 2, "references"))
                .toList();
        List<Stretch> segments = IntStream.range(0, 10).mapToObj(
                i -> new Stretch("s" + i, "observation", new SeqRange(25L * i, 25L * i + 24), 90, Optional.empty()))
                .toList();

        // when
        DotReader dot = DotReader.read(Dot.of(new MemoryGraph("default", "t", nodes, edges, segments, 3)));

        // then what is seen moves nothing, and everything has its place through what is not seen
        List<String> placed = new ArrayList<>();
        dot.edges.stream().filter(edge -> edge.to().startsWith("o")).forEach(edge -> {
            if ("invis".equals(edge.attributes().get("style"))) {
                placed.add(edge.to());
            } else {
                assertThat(edge.attributes()).containsEntry("constraint", "false");
            }
        });
        assertThat(placed).doesNotHaveDuplicates().hasSizeGreaterThan(470);
        assertThat(dot.graph.get("label")).isEqualTo("default/t, 3 older objects left out");
    }

    @Test
    void shouldTellTypesLevelsAndRelationsApart() {
        // when
        DotReader dot = DotReader.read(Dot.of(new MemoryGraph("default", "t",
                List.of(new Node("a", "file_context", 0, Optional.of(0), 7, "A.java"),
                        new Node("b", "error_context", 1, Optional.of(3), 7, "boom"),
                        new Node("c", "plan", 2, Optional.empty(), 7, "do it")),
                List.of(new Edge("b", "a", "depends_on"), new Edge("c", "b", "supersedes")), List.of(), 0)));

        // then
        assertThat(List.of("a", "b", "c").stream().map(name -> dot.nodes.get(name).get("shape")))
                .doesNotHaveDuplicates();
        assertThat(List.of("a", "b", "c").stream().map(name -> dot.nodes.get(name).get("fillcolor")))
                .doesNotHaveDuplicates().containsExactly(dot.nodes.get("legend L0").get("fillcolor"),
                        dot.nodes.get("legend L3").get("fillcolor"), dot.nodes.get("legend unseen").get("fillcolor"));
        assertThat(dot.nodes.get("c").get("label")).isEqualTo("plan, in memory\ndo it\n7 tokens, turn 2");
        assertThat(dot.edges.stream().filter(edge -> List.of("a", "b").contains(edge.to()))
                .filter(edge -> edge.attributes().containsKey("color")).map(edge -> edge.attributes().get("color")))
                .hasSize(2).doesNotHaveDuplicates();
    }

    @Test
    void shouldDrawAnEmptyGraph() {
        assertThat(DotReader.read(Dot.of(new MemoryGraph("default", "t", List.of(), List.of(), List.of(), 0))).graph)
                .containsEntry("label", "default/t");
    }

    private static Node node(String id, long seq, String stub) {
        return new Node(id, "tool_result", seq, Optional.of(2), 7, stub);
    }

    /** What can be shown of a text. */
    private static String plain(String text) {
        return text.replaceAll("[\\x00-\\x1f\\x7f-\\x9f]", " ").replace('\uFFFE', '\uFFFD')
                .replaceAll("[\\uD800-\\uDFFF&&[^\\x{10000}-\\x{10FFFF}]]", "\uFFFD");
    }
}
