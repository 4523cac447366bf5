package io.mnemosyne.bench.recall;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Callable;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

import io.mnemosyne.bench.Durations;
import io.mnemosyne.bench.RecordedSession;
import io.mnemosyne.core.ThreadKey;
import io.mnemosyne.core.ingest.Sequencer;
import io.mnemosyne.core.recall.Asked;
import io.mnemosyne.core.recall.MemoryQuery;
import io.mnemosyne.core.recall.Passages;
import io.mnemosyne.core.tokens.O200kTokenCounter;
import io.mnemosyne.index.DirectIndex;
import io.mnemosyne.index.search.IndexRecall;
import io.mnemosyne.index.search.Scope;
import io.mnemosyne.index.search.SearchClient;
import io.mnemosyne.replay.loss.CutObject;
import io.mnemosyne.replay.policy.Remembering;

/** {@code bench search}: how long a question takes among many objects, and what its answer costs. */
@Command(name = "search", mixinStandardHelpOptions = true, description = {
        "Fill a real OpenSearch with objects made of the lines of recorded ones, ask questions of recorded sessions in one very",
        "large thread and in small ones, and print how long that takes, and how many tokens the passages save against a restore."})
public final class SearchCommand implements Callable<Integer> {
    private static final int HEAP_MEGABYTES = 2_048;
    private static final int WARM_UP = 100;
    private static final long LARGE_OBJECT = 2_000;
    /** What the passages of an answer have together, where a question does not say otherwise. */
    private static final int ANSWER = 500;

    @Spec
    CommandSpec spec = CommandSpec.create();

    @Parameters(paramLabel = "SESSIONS", arity = "1..*", description = "Sessions in Mnemosyne's own form, a turn per line: files, or directories with *.jsonl.")
    List<Path> sessions = List.of();

    @Option(names = "--objects", paramLabel = "N", defaultValue = "100000", description = "How many objects, at least 100. Default: ${DEFAULT-VALUE}.")
    int objects;

    @Option(names = "--questions", paramLabel = "N", defaultValue = "500", description = "How many questions of each kind. Default: ${DEFAULT-VALUE}.")
    int questions;

    @Option(names = "--seed", paramLabel = "N", defaultValue = "1", description = "Of what is made up. Default: ${DEFAULT-VALUE}.")
    long seed;

    @Option(names = "--vectors", paramLabel = "FILE", description = "Keeps the vectors of objects for the next run.")
    @Nullable
    Path cache;

    @Override
    public Integer call() throws IOException, InterruptedException {
        Sequencer sequencer = Remembering.sequencer(O200kTokenCounter.shared());
        List<Session> threads = new ArrayList<>();
        for (RecordedSession file : RecordedSession.read(spec.commandLine(), sessions)) {
            threads.add(Session.of(file.recording(), threads.size(), sequencer));
        }
        List<CutObject> recorded = threads.stream().flatMap(session -> session.objects().stream()).toList();
        List<String> asked = new Questions(1, 3, 40).of(threads, questions, seed).stream().map(Question::text).toList();
        PrintWriter out = spec.commandLine().getOut();
        Path directory = Files.createTempDirectory("bench-search");
        try (SearchNode node = SearchNode.start(directory, HEAP_MEGABYTES);
                Vectors vectors = Vectors.in(Optional.ofNullable(cache));
                DirectIndex index = DirectIndex.open(node.settings(), vectors.embedder())) {
            long start = System.nanoTime();
            new Crowd(recorded, vectors, seed).write(index, objects);
            out.printf(Locale.ROOT,
                    "%,d objects in %,d threads, a fifth of them in one, written in %d s; %d processors%n",
                    objects, Crowd.threads(objects).size(), Duration.ofNanos(System.nanoTime() - start).toSeconds(),
                    Runtime.getRuntime().availableProcessors());
            try (SearchClient client = new SearchClient(node.settings());
                    IndexRecall recall = new IndexRecall(client, vectors.embedder(), O200kTokenCounter.shared())) {
                out.printf("%n%-60s %8s %8s %8s%n", "milliseconds", "p50", "p99", "longest");
                time(out, recall, asked);
            }
        }
        saved(out, recorded);
        out.flush();
        return 0;
    }

    private void time(PrintWriter out, IndexRecall recall, List<String> asked) throws IOException {
        List<ThreadKey> small = Crowd.threads(objects).subList(1, Crowd.threads(objects).size());
        Random random = new Random(seed);
        for (int i = 0; i < Math.min(WARM_UP, asked.size()); i++) {
            recall.find(Crowd.LARGE, 0, MemoryQuery.of(asked.get(i)));
        }
        for (boolean large : List.of(true, false)) {
            List<Duration> searches = new ArrayList<>();
            List<Duration> answers = new ArrayList<>();
            for (String question : asked) {
                ThreadKey thread = large ? Crowd.LARGE : small.get(random.nextInt(small.size()));
                MemoryQuery query = MemoryQuery.of(question);
                long start = System.nanoTime();
                recall.places(Scope.of(thread, 0, query), query);
                searches.add(Duration.ofNanos(System.nanoTime() - start));
                // Other words, so that the vector and the results are made anew.
                MemoryQuery other = MemoryQuery.of(question + " " + asked.get(random.nextInt(asked.size())));
                start = System.nanoTime();
                recall.find(thread, 0, other);
                answers.add(Duration.ofNanos(System.nanoTime() - start));
            }
            String where = large ? "in the large thread" : "in small threads";
            out.println(line("fused search, with the question's vector, " + where, Durations.of(searches)));
            out.println(line("micro-fault, offline, " + where, Durations.of(answers)));
        }
    }

    private static String line(String name, Durations spread) {
        return String.format(Locale.ROOT, "%-60s %8.1f %8.1f %8.1f", name, spread.p50(), spread.p99(),
                spread.longest());
    }

    /** What an answer about a large object has, against all of the object. */
    private static void saved(PrintWriter out, List<CutObject> recorded) {
        Passages passages = new Passages(O200kTokenCounter.shared());
        long whole = 0;
        long answered = 0;
        int count = 0;
        for (CutObject cut : recorded) {
            if (cut.object().tokens() > LARGE_OBJECT) {
                count++;
                whole += cut.object().tokens();
                answered += O200kTokenCounter.shared()
                        .count(passages.of(cut.text(), Asked.in(cut.object().stub()), ANSWER));
            }
        }
        out.printf(Locale.ROOT,
                "%n%d recorded objects over %,d tokens: %,d tokens in the mean, %,d in the passages of an answer"
                        + " about it (%.1f %% fewer)%n",
                count, LARGE_OBJECT, whole / Math.max(1, count),
                answered / Math.max(1, count), 100.0 * (whole - answered) / Math.max(1, whole));
    }
}
