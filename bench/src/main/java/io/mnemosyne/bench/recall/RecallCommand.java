package io.mnemosyne.bench.recall;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

import io.mnemosyne.bench.RecordedSession;
import io.mnemosyne.core.SeqRange;
import io.mnemosyne.core.ingest.Sequencer;
import io.mnemosyne.core.recall.MemoryQuery;
import io.mnemosyne.core.tokens.O200kTokenCounter;
import io.mnemosyne.index.DirectIndex;
import io.mnemosyne.index.search.IndexRecall;
import io.mnemosyne.index.search.Places;
import io.mnemosyne.index.search.Scope;
import io.mnemosyne.index.search.SearchClient;
import io.mnemosyne.replay.policy.Remembering;

/** {@code bench recall}: whether what an action needed is found. */
@Command(name = "recall", mixinStandardHelpOptions = true, description = {
        "Index recorded sessions in a real OpenSearch, ask for what recorded actions needed, and print how often each way to",
        "search finds the old object that held it. The question is the text just before the action without the sought entity."})
public final class RecallCommand implements Callable<Integer> {
    private static final int HEAP_MEGABYTES = 1_024;

    @Spec
    CommandSpec spec = CommandSpec.create();

    @Parameters(paramLabel = "SESSIONS", arity = "1..*", description = "Sessions in Mnemosyne's own form, a turn per line: files, or directories with *.jsonl.")
    List<Path> sessions = List.of();

    @Option(names = "--questions", paramLabel = "N", defaultValue = "300", description = "How many questions. Default: ${DEFAULT-VALUE}.")
    int questions;

    @Option(names = "--newest", paramLabel = "N", defaultValue = "8", description = "Old is what is not among so many turns before the action. Default: ${DEFAULT-VALUE}.")
    int newest;

    @Option(names = "--seed", paramLabel = "N", defaultValue = "1", description = "Of the choice; the same seed chooses the same questions. Default: ${DEFAULT-VALUE}.")
    long seed;

    @Option(names = "--fit", description = "Also look for the weights that do best on the half of the sessions for that.")
    boolean fit;

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
        List<Question> asked = new Questions(newest, 3, 40).of(threads, questions, seed);
        PrintWriter out = spec.commandLine().getOut();
        Path directory = Files.createTempDirectory("bench-recall");
        try (SearchNode node = SearchNode.start(directory, HEAP_MEGABYTES);
                Vectors vectors = Vectors.in(Optional.ofNullable(cache));
                DirectIndex index = DirectIndex.open(node.settings(), vectors.embedder())) {
            new IndexedSessions(index, vectors).addAll(threads, this::tell);
            try (SearchClient client = new SearchClient(node.settings());
                    IndexRecall recall = new IndexRecall(client, vectors.embedder(), O200kTokenCounter.shared())) {
                Map<Question, Places> found = new LinkedHashMap<>();
                for (Question question : asked) {
                    found.put(question, places(recall, question));
                }
                print(out, found);
            }
        }
        return 0;
    }

    private static Places places(IndexRecall recall, Question question) throws IOException {
        MemoryQuery all = MemoryQuery.of(question.text());
        MemoryQuery before = new MemoryQuery(all.question(), all.kinds(), all.types(), all.tags(), all.time(),
                Optional.of(new SeqRange(0, question.before() - 1)), all.k(), true);
        return recall.places(Scope.of(question.session().thread(), 0, before), before);
    }

    private void print(PrintWriter out, Map<Question, Places> found) {
        out.printf(Locale.ROOT,
                "%d questions, seed %d, gold not among the newest %d turns; %.1f gold objects a question%n",
                found.size(), seed, newest,
                found.keySet().stream().mapToInt(question -> question.gold().size()).average().orElse(0));
        if (fit) {
            out.println(WeightFit.best(found));
        }
        List<RecallTable.Row> rows = found.entrySet().stream()
                .map(entry -> RecallTable.Row.of(entry.getKey(), entry.getValue())).toList();
        out.print(RecallTable.of("all", rows, _ -> true));
        out.print(RecallTable.of("fitted on", rows, Question::isForFitting));
        out.print(RecallTable.of("held out", rows, question -> !question.isForFitting()));
        found.keySet().stream().map(Question::source).distinct().sorted().forEach(
                source -> out.print(RecallTable.of(source, rows, question -> question.source().equals(source))));
        out.flush();
    }

    private void tell(String session) {
        PrintWriter err = spec.commandLine().getErr();
        err.println("recall: indexed " + session);
        err.flush();
    }
}
