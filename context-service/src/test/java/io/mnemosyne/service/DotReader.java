package io.mnemosyne.service;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads a directed graph in Graphviz's language by its published grammar, without ports, and refuses what is not in it. A text
 * is given back as it is shown: without its escapes.
 */
final class DotReader {
    private static final Pattern TOKEN = Pattern.compile(
            "\\s*(?:(?<arrow>->)|(?<mark>[{}\\[\\];,=])|(?<id>[A-Za-z_\\x{80}-\\x{ff}][A-Za-z_0-9\\x{80}-\\x{ff}]*|-?(?:\\.\\d+|\\d+(?:\\.\\d*)?))"
                    + "|\"(?<quoted>(?:[^\"\\\\]|\\\\.)*)\"|(?<end>$))",
            Pattern.DOTALL);

    private final Matcher matcher;
    private String token = "";
    private boolean text;
    private int begin;

    /** Attributes of nodes by their names, in the order in which they come. */
    final Map<String, Map<String, String>> nodes = new LinkedHashMap<>();
    final List<Edge> edges = new ArrayList<>();
    final Map<String, String> graph = new LinkedHashMap<>();

    /** A line between two nodes. */
    record Edge(String from, String to, Map<String, String> attributes) {
    }

    private DotReader(String dot) {
        matcher = TOKEN.matcher(dot);
    }

    static DotReader read(String dot) {
        DotReader reader = new DotReader(dot);
        reader.next();
        reader.expect("digraph");
        reader.name();
        reader.statements();
        if (!reader.token.isEmpty() || reader.text) {
            throw new IllegalArgumentException("something follows the graph: " + reader.token);
        }
        return reader;
    }

    private void statements() {
        expect("{");
        while (!is("}")) {
            if (is("subgraph")) {
                next();
                name();
                statements();
            } else if (is("graph") || is("node") || is("edge")) {
                boolean ofGraph = is("graph");
                next();
                Map<String, String> attributes = attributes();
                if (ofGraph && graph.isEmpty()) {
                    graph.putAll(attributes);
                }
            } else {
                nodeOrEdge();
            }
            if (is(";")) {
                next();
            }
        }
        expect("}");
    }

    private void nodeOrEdge() {
        String from = name();
        if (is("->")) {
            next();
            String to = name();
            edges.add(new Edge(from, to, is("[") ? attributes() : Map.of()));
        } else if (nodes.put(from, attributes()) != null) {
            throw new IllegalArgumentException("there are two nodes " + from);
        }
    }

    private Map<String, String> attributes() {
        Map<String, String> attributes = new LinkedHashMap<>();
        expect("[");
        while (!is("]")) {
            String name = name();
            expect("=");
            attributes.put(name, name());
            if (is(",")) {
                next();
            } else if (!is("]")) {
                throw new IllegalArgumentException("no comma in front of " + token);
            }
        }
        expect("]");
        return attributes;
    }

    private String name() {
        if (!text) {
            throw new IllegalArgumentException("a name was expected, not '" + token + "'");
        }
        String name = token;
        next();
        return name;
    }

    private boolean is(String wanted) {
        return token.equals(wanted);
    }

    private void expect(String wanted) {
        if (!is(wanted)) {
            throw new IllegalArgumentException("'" + wanted + "' was expected, not '" + token + "'");
        }
        next();
    }

    private void next() {
        if (!matcher.find() || matcher.start() != begin) {
            throw new IllegalArgumentException("no token at " + begin);
        }
        begin = matcher.end();
        text = matcher.group("id") != null || matcher.group("quoted") != null;
        if (matcher.group("quoted") != null) {
            token = shown(matcher.group("quoted"));
        } else {
            token = matcher.group().strip();
        }
    }

    /** As Graphviz shows a label. */
    private static String shown(String quoted) {
        StringBuilder shown = new StringBuilder();
        for (int i = 0; i < quoted.length(); i++) {
            char c = quoted.charAt(i);
            if (c == '\\') {
                i++;
                switch (quoted.charAt(i)) {
                    case 'n' -> shown.append('\n');
                    case '"', '\\' -> shown.append(quoted.charAt(i));
                    default -> throw new IllegalArgumentException("an escape that stands for something else: \\"
                            + quoted.charAt(i));
                }
            } else if (c == '&') {
                if (!quoted.startsWith("&amp;", i)) {
                    throw new IllegalArgumentException("an ampersand that may be an entity");
                }
                shown.append('&');
                i += "amp;".length();
            } else if (Character.isISOControl(c)) {
                throw new IllegalArgumentException("a control character");
            } else {
                shown.append(c);
            }
        }
        return shown.toString();
    }
}
