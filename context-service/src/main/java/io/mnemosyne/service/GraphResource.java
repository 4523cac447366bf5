package io.mnemosyne.service;

import java.util.List;
import java.util.OptionalLong;

import io.javalin.http.Context;

import io.mnemosyne.context.ThreadHead;
import io.mnemosyne.context.ThreadReader;
import io.mnemosyne.core.SeqRange;
import io.mnemosyne.core.ThreadKey;

/** {@code /graph}: objects and what ties them, as JSON or in Graphviz's language. */
final class GraphResource {
    private static final int DEFAULT_LIMIT = 1_000;
    private static final int MAX_LIMIT = 10_000;

    private final ThreadReader reader;

    GraphResource(ThreadReader reader) {
        this.reader = reader;
    }

    void get(Context request) {
        ThreadKey thread = Requests.thread(request);
        long from = Requests.number(request, "from", 0, Long.MAX_VALUE).orElse(0);
        OptionalLong to = Requests.number(request, "to", from, Long.MAX_VALUE);
        int limit = (int) Requests.number(request, "limit", 1, MAX_LIMIT).orElse(DEFAULT_LIMIT);
        String format = Requests.choice(request, "format", "json", "dot");
        ThreadHead head = ThreadResource.existing(reader, thread);
        long last = Math.min(to.orElse(Long.MAX_VALUE), head.nextSeq() - 1);
        MemoryGraph graph = from <= last
                ? MemoryGraph.of(reader, head, new SeqRange(from, last), limit)
                : new MemoryGraph(thread.tenant(), thread.thread(), List.of(), List.of(), List.of(), 0);
        if (format.equals("dot")) {
            Answers.text(request, "text/vnd.graphviz; charset=utf-8", Dot.of(graph));
        } else {
            Answers.json(request, Json.of(graph));
        }
    }
}
