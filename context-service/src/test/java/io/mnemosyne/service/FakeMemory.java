package io.mnemosyne.service;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

import io.mnemosyne.core.SemanticObject;
import io.mnemosyne.core.SeqRange;
import io.mnemosyne.core.ThreadKey;
import io.mnemosyne.core.recall.AnswerRequest;
import io.mnemosyne.core.recall.Answered;
import io.mnemosyne.core.recall.Answerer;
import io.mnemosyne.core.recall.MemoryQuery;
import io.mnemosyne.core.recall.Recalled;
import io.mnemosyne.core.recall.Recollection;
import io.mnemosyne.core.tokens.TokenCounter;

/** A memory that finds all that was put into the thread that it is asked for, whatever the question. */
final class FakeMemory {
    static final Instant AT = Instant.parse("2026-03-01T10:02:00Z");
    static final TokenCounter TOKENS = text -> text.split("\\s+").length;

    final List<MemoryQuery> asked = new CopyOnWriteArrayList<>();
    final List<AnswerRequest> put = new CopyOnWriteArrayList<>();
    private final Map<ThreadKey, List<Recalled>> found = new ConcurrentHashMap<>();
    volatile Recollection.Source source = Recollection.Source.INDEX;
    volatile Answerer answerer = Answerer.NOBODY;
    volatile boolean searchable = true;

    void put(ThreadKey thread, Recalled one) {
        found.computeIfAbsent(thread, _ -> new ArrayList<>()).add(one);
    }

    /** An object in one turn of the thread {@code default/t}. */
    void object(String id, long seq, String passage, String... supersedes) {
        put(new ThreadKey("default", "t"), found(id, seq, passage, supersedes));
    }

    static Recalled found(String id, long seq, String passage, String... supersedes) {
        return new Recalled(id, MemoryQuery.Kind.OBJECT, Optional.of(SemanticObject.Type.TOOL_RESULT),
                SeqRange.of(seq), Optional.of(AT), "ran " + id, passage, 2_310, 0.5, List.of(supersedes));
    }

    Memory memory() {
        return new Memory((thread, _, query) -> {
            asked.add(query);
            List<Recalled> all = found.getOrDefault(thread, List.of());
            return new Recollection(all.subList(0, Math.min(query.k(), all.size())), source, query.time());
        }, this::answer, (_, _) -> searchable, new Memory.Defaults(Memory.Answer.MODEL, 10, 100), TOKENS);
    }

    private Answered answer(AnswerRequest request) throws InterruptedException {
        put.add(request);
        return answerer.answer(request);
    }

}
