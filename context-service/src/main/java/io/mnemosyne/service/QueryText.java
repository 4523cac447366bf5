package io.mnemosyne.service;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import io.mnemosyne.core.Excerpt;
import io.mnemosyne.core.Sha256;
import io.mnemosyne.core.ThreadKey;
import io.mnemosyne.core.recall.Answered;
import io.mnemosyne.core.recall.MemoryQuery;
import io.mnemosyne.core.recall.Recalled;
import io.mnemosyne.core.recall.Recollection;
import io.mnemosyne.core.recall.Recollection.Source;
import io.mnemosyne.core.tokens.TokenCounter;

/**
 * What an agent reads as the answer to a question. The sources come last, so that no passage can pass off a line of its own as
 * one of them.
 */
final class QueryText {
    /** The first line of every answer, by which it is known among turns. */
    static final String HEADING = "[Memory Query Result]";
    /** Said where the index does not answer. */
    static final String AWAY = "[The search index does not answer. This was found by word in the state store, and may be less than there is.]";
    /** Said where a reader asked for its own writes and the index is behind. */
    static final String BEHIND = "[The newest turns may be missing: the search index is behind.]";
    /** An excerpt of fewer tokens says too little. */
    private static final long SHORTEST = 40;
    private static final int SHORTEST_BYTES = 120;

    private final ThreadKey thread;
    private final Recollection recollection;
    private final TokenCounter counter;

    QueryText(ThreadKey thread, Recollection recollection, TokenCounter counter) {
        this.thread = thread;
        this.recollection = recollection;
        this.counter = counter;
    }

    /** The passages that fit, and their sources. */
    String passages(long tokens, boolean behind) {
        List<Recalled> found = recollection.found();
        if (found.isEmpty()) {
            return head(behind) + "Nothing in the memory of " + thread + " was found for this.\n";
        }
        List<String> quoted = new ArrayList<>();
        long room = tokens;
        for (Recalled one : found) {
            String passage = within(one.passage().strip(), room, quoted.isEmpty());
            if (passage.isEmpty()) {
                break;
            }
            quoted.add("[" + (quoted.size() + 1) + "]\n" + passage + "\n\n");
            room -= counter.count(passage);
        }
        return head(behind) + String.join("", quoted)
                + sources(IntStream.rangeClosed(1, quoted.size()).boxed().toList());
    }

    /** An answer in a model's words, and what it rests on; all that was found where it says that it is not told. */
    String told(Answered.Told answer, boolean behind) {
        return head(behind) + answer.text().strip() + "\n\n" + sources(answer.told()
                ? answer.cited()
                : IntStream.rangeClosed(1, recollection.found().size()).boxed().toList());
    }

    private String head(boolean behind) {
        return HEADING + "\n" + (recollection.source() == Source.STORE ? AWAY + "\n" : "")
                + (behind ? BEHIND + "\n" : "");
    }

    /** The passage, an excerpt of it, or nothing. */
    private String within(String passage, long room, boolean always) {
        long tokens = counter.count(passage);
        if (tokens <= room) {
            return passage;
        }
        if (room < SHORTEST && !always) {
            return "";
        }
        int bytes = (int) Math.max(SHORTEST_BYTES, Sha256.utf8Length(passage) * room / tokens);
        return Excerpt.of(passage, bytes);
    }

    private String sources(List<Integer> numbers) {
        String lines = numbers.stream().map(this::source).collect(Collectors.joining());
        return "Sources in " + thread + ":\n" + lines + restore(numbers);
    }

    private String source(int number) {
        Recalled one = recollection.found().get(number - 1);
        String name = one.type().map(Fields::lower).orElseGet(() -> Fields.lower(one.kind()));
        String stub = one.stub().replaceAll("\\s+", " ").strip();
        return "[" + number + "] " + name + " " + one.id() + ", " + turns(one)
                + one.at().map(at -> ", " + at).orElse("") + ", " + one.tokens() + " tokens"
                + (stub.isEmpty() ? "" : ": " + stub) + superseded(one) + "\n";
    }

    private static String turns(Recalled one) {
        return one.seqs().size() == 1 ? "turn " + one.seqs().from() : "turns " + one.seqs();
    }

    /** Those that were found, by their numbers, since nobody reads ids. */
    private String superseded(Recalled one) {
        List<Recalled> found = recollection.found();
        String numbers = IntStream.range(0, found.size()).filter(i -> one.supersedes().contains(found.get(i).id()))
                .mapToObj(i -> "[" + (i + 1) + "]").collect(Collectors.joining(", "));
        return numbers.isEmpty() ? "" : " (in place of " + numbers + ")";
    }

    private String restore(List<Integer> numbers) {
        List<Recalled> cited = numbers.stream().map(number -> recollection.found().get(number - 1)).toList();
        Optional<String> object = cited.stream().filter(one -> one.kind() == MemoryQuery.Kind.OBJECT)
                .map(Recalled::id).findFirst();
        return object.map(id -> "In full: POST /v1/tenants/" + thread.tenant() + "/threads/" + thread.thread()
                + "/restore {\"object\": \"" + id + "\"}\n")
                .orElseGet(() -> cited.isEmpty()
                        ? ""
                        : "In full: GET /v1/tenants/" + thread.tenant() + "/threads/" + thread.thread()
                                + "/turns?from=" + cited.getFirst().seqs().from() + "&to="
                                + cited.getFirst().seqs().to() + "\n");
    }
}
