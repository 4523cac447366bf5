package io.mnemosyne.service;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import io.mnemosyne.core.SemanticObject;
import io.mnemosyne.core.SemanticObject.Relation;
import io.mnemosyne.core.fidelity.Fidelity;
import io.mnemosyne.service.MemoryGraph.Edge;
import io.mnemosyne.service.MemoryGraph.Node;
import io.mnemosyne.service.MemoryGraph.Stretch;

/**
 * Draws a graph in Graphviz's language: shapes by type, colours by fidelity, lines by relation, a box around what a segment
 * stands for. Time goes from left to right: invisible lines hold the objects in columns, and those that are seen move nothing,
 * so that hundreds of objects stay in their order.
 */
final class Dot {
    private static final Map<String, String> SHAPES = Map.of("file_context", "folder", "tool_result", "box",
            "error_context", "octagon", "plan", "parallelogram", "design_decision", "hexagon", "debugging_session",
            "house", "conversation_phase", "ellipse");
    private static final List<String> COLOURS = List.of("#a6d96a", "#d9ef8b", "#fee08b", "#fdae61", "#d9d9d9");
    private static final String UNSEEN = "#ffffff";
    private static final Map<String, String> LINES = Map.of("references", "color=\"#888888\", style=dotted",
            "depends_on", "color=\"#222222\"", "parent_of", "color=\"#1b7837\", style=dashed",
            "supersedes", "color=\"#b2182b\", style=bold");
    private static final String INVISIBLE = "[style=invis, weight=10]";
    private static final int LONGEST_STUB = 48;
    private static final int SHORTEST_COLUMN = 8;

    private final StringBuilder dot = new StringBuilder();
    private final MemoryGraph graph;

    private Dot(MemoryGraph graph) {
        this.graph = graph;
    }

    static String of(MemoryGraph graph) {
        Dot drawing = new Dot(graph);
        drawing.draw();
        return drawing.dot.toString();
    }

    private void draw() {
        String left = graph.leftOut() == 0 ? "" : ", " + graph.leftOut() + " older objects left out";
        line("digraph memory {");
        line("  graph [rankdir=LR, charset=\"UTF-8\", fontname=\"sans-serif\", nodesep=0.12, ranksep=0.6, "
                + "newrank=true, labelloc=t, label=" + quoted(graph.tenant() + "/" + graph.thread() + left) + "];");
        line("  node [fontname=\"sans-serif\", fontsize=9, style=filled, margin=\"0.08,0.04\"];");
        line("  edge [fontname=\"sans-serif\", fontsize=8, arrowsize=0.6];");
        legend();
        groups().forEach(this::draw);
        columns();
        for (Edge edge : graph.edges()) {
            line("  " + quoted(edge.from()) + " -> " + quoted(edge.to()) + " [" + LINES.getOrDefault(edge.kind(), "")
                    + ", constraint=false, tooltip=" + quoted(edge.kind()) + "];");
        }
        line("}");
    }

    /** What stands in one box, or behind all of them. */
    private record Group(int number, Optional<Stretch> segment, List<Node> nodes) {
        /** Names of its nodes, the segment first. */
        List<String> names() {
            List<String> names = new ArrayList<>();
            segment.ifPresent(stretch -> names.add(name(stretch)));
            nodes.forEach(node -> names.add(node.id()));
            return names;
        }
    }

    private List<Group> groups() {
        List<Group> groups = new ArrayList<>();
        List<Node> rest = new ArrayList<>(graph.nodes());
        for (Stretch segment : graph.segments()) {
            List<Node> covered = rest.stream().filter(node -> segment.seqs().contains(node.seq())).toList();
            rest.removeAll(covered);
            groups.add(new Group(groups.size(), Optional.of(segment), covered));
        }
        groups.add(new Group(groups.size(), Optional.empty(), rest));
        return groups;
    }

    private void draw(Group group) {
        group.segment().ifPresent(segment -> {
            line("  subgraph cluster_segment_" + group.number() + " {");
            line("    graph [style=\"rounded,filled\", color=\"#bbbbbb\", fillcolor=\"#f7f7f7\", fontsize=9, label="
                    + quoted(segment.kind() + " of turns " + segment.seqs()) + "];");
            line("    " + quoted(name(segment)) + " [shape=note, fillcolor=\"#c6dbef\", label="
                    + label(segment.kind(), segment.title().orElse(""), segment.tokens() + " tokens") + "];");
        });
        for (Node node : group.nodes()) {
            String shown = node.level().map(level -> "L" + level).orElse("in memory");
            line("    " + quoted(node.id()) + " [shape=" + shape(node.type()) + ", fillcolor=\""
                    + node.level().map(COLOURS::get).orElse(UNSEEN) + "\", label="
                    + label(node.type() + ", " + shown, node.stub(),
                            node.tokens() + " tokens, turn " + node.seq())
                    + ", tooltip=" + quoted(node.id() + ": " + node.stub()) + "];");
        }
        group.segment().ifPresent(_ -> line("  }"));
    }

    /** Each group has columns of its own, all of them of one height. */
    private void columns() {
        int height = Math.max(SHORTEST_COLUMN, (int) Math.ceil(Math.sqrt(graph.nodes().size())));
        Optional<String> before = Optional.empty();
        for (Group group : groups()) {
            List<String> names = group.names();
            for (int i = 0; i < names.size(); i++) {
                if (i >= height) {
                    line("  " + quoted(names.get(i - height)) + " -> " + quoted(names.get(i)) + " " + INVISIBLE + ";");
                } else if (before.isPresent()) {
                    line("  " + quoted(before.get()) + " -> " + quoted(names.get(i)) + " " + INVISIBLE + ";");
                }
            }
            before = names.isEmpty() ? before : Optional.of(names.getLast());
        }
    }

    private void legend() {
        line("  subgraph cluster_legend {");
        line("    graph [label=\"Legend\", color=\"#bbbbbb\", fontsize=9];");
        for (Fidelity fidelity : Fidelity.values()) {
            line("    " + quoted("legend L" + fidelity.level()) + " [shape=box, fillcolor=\""
                    + COLOURS.get(fidelity.level()) + "\", label=" + quoted("L" + fidelity.level() + " "
                            + Fields.lower(fidelity))
                    + "];");
        }
        line("    " + quoted("legend unseen") + " [shape=box, fillcolor=\"" + UNSEEN
                + "\", label=\"only in memory\"];");
        for (SemanticObject.Type type : SemanticObject.Type.values()) {
            String name = Fields.lower(type);
            line("    " + quoted("legend " + name) + " [shape=" + shape(name) + ", fillcolor=\"#eeeeee\", label="
                    + quoted(name) + "];");
        }
        line("    " + quoted("legend segment") + " [shape=note, fillcolor=\"#c6dbef\", label=\"segment\"];");
        for (Map.Entry<String, String> kind : lines().entrySet()) {
            line("    " + quoted("legend from " + kind.getKey()) + " [shape=point];");
            line("    " + quoted("legend to " + kind.getKey()) + " [shape=plaintext, style=solid, label="
                    + quoted(kind.getKey()) + "];");
            line("    " + quoted("legend from " + kind.getKey()) + " -> " + quoted("legend to " + kind.getKey()) + " ["
                    + kind.getValue() + "];");
        }
        line("  }");
    }

    private static Map<String, String> lines() {
        Map<String, String> lines = new LinkedHashMap<>();
        for (Relation.Kind kind : Relation.Kind.values()) {
            lines.put(Fields.lower(kind), LINES.getOrDefault(Fields.lower(kind), ""));
        }
        return lines;
    }

    private static String shape(String type) {
        return SHAPES.getOrDefault(type, "box");
    }

    private static String name(Stretch segment) {
        return "segment " + segment.id();
    }

    private static String label(String first, String stub, String last) {
        String middle = stub.codePointCount(0, stub.length()) <= LONGEST_STUB
                ? stub
                : stub.substring(0, stub.offsetByCodePoints(0, LONGEST_STUB)) + "…";
        return "\"" + escaped(first) + (middle.isBlank() ? "" : "\\n" + escaped(middle)) + "\\n" + escaped(last) + "\"";
    }

    private static String quoted(String text) {
        return "\"" + escaped(text) + "\"";
    }

    /**
     * Text that Graphviz shows as it is: it would take a backslash and an ampersand for the beginning of something else. What XML
     * cannot carry, which SVG is, becomes a space or U+FFFD.
     */
    static String escaped(String text) {
        StringBuilder escaped = new StringBuilder();
        text.codePoints().forEach(c -> {
            switch (c) {
                case '"' -> escaped.append("\\\"");
                case '\\' -> escaped.append("\\\\");
                case '&' -> escaped.append("&amp;");
                case 0xFFFE, 0xFFFF -> escaped.append('\uFFFD');
                default -> {
                    if (c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE) {
                        escaped.append('\uFFFD');
                    } else {
                        escaped.appendCodePoint(Character.isISOControl(c) ? ' ' : c);
                    }
                }
            }
        });
        return escaped.toString();
    }

    private void line(String line) {
        dot.append(line).append('\n');
    }
}
