package io.mnemosyne.index.search;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;
import java.util.stream.Collectors;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.mnemosyne.core.SemanticObject;
import io.mnemosyne.core.ThreadKey;
import io.mnemosyne.core.recall.Asked;
import io.mnemosyne.core.recall.Contradictions;
import io.mnemosyne.core.recall.MemoryQuery;
import io.mnemosyne.core.recall.MemoryQuery.Kind;
import io.mnemosyne.core.recall.Passages;
import io.mnemosyne.core.recall.RankFusion;
import io.mnemosyne.core.recall.Recall;
import io.mnemosyne.core.recall.Recalled;
import io.mnemosyne.core.recall.Recollection;
import io.mnemosyne.core.tokens.TokenCounter;
import io.mnemosyne.inference.embeddings.Embedder;
import io.mnemosyne.inference.embeddings.EmbeddingException;

/**
 * Recall out of the search index: by word in single documents and in windows of neighbouring turns, by meaning, and by name, at
 * the same time, in one order. {@link #find} throws {@link UncheckedIOException} if the index does not answer.
 */
public final class IndexRecall implements Recall, AutoCloseable {
    /** Tokens of a passage. */
    public static final int PASSAGE = 300;
    private static final Logger LOG = LoggerFactory.getLogger(IndexRecall.class);
    private static final int DEEP = 50;

    private final SearchClient search;
    private final Embedder embedder;
    private final Passages passages;
    private final Places.Weights weights;
    private final ExecutorService searches = Executors.newVirtualThreadPerTaskExecutor();

    /**
     * @param search to close is the caller's
     * @param embedder with the model of the indexed vectors; to close is the caller's
     */
    public IndexRecall(SearchClient search, Embedder embedder, TokenCounter counter) {
        this(search, embedder, counter, Places.Weights.STANDARD);
    }

    /** With other weights, to compare them. */
    public IndexRecall(SearchClient search, Embedder embedder, TokenCounter counter, Places.Weights weights) {
        this.search = search;
        this.embedder = embedder;
        this.passages = new Passages(counter);
        this.weights = weights;
    }

    @Override
    public Recollection find(ThreadKey thread, long incarnation, MemoryQuery query) {
        Asked asked = Asked.in(query.question());
        Scope scope = Scope.of(thread, incarnation, query);
        try {
            List<RankFusion.Candidate> best = places(scope, query).fused(weights).stream().limit(query.k()).toList();
            Map<String, Found> documents = search.named(scope, best.stream().map(RankFusion.Candidate::id).toList())
                    .stream().collect(Collectors.toMap(Found::subject, Function.identity(), (one, _) -> one));
            List<Contradictions.Known> found = best.stream()
                    .flatMap(candidate -> Optional.ofNullable(documents.get(candidate.id())).stream()
                            .map(document -> known(document, candidate.score(), asked)))
                    .toList();
            return new Recollection(Contradictions.newerFirst(found), Recollection.Source.INDEX, query.time());
        } catch (IOException e) {
            throw new UncheckedIOException("the search index did not answer", e);
        }
    }

    /**
     * What each search finds, before it is made one order.
     *
     * @throws IOException if the index does not answer
     */
    public Places places(Scope scope, MemoryQuery query) throws IOException {
        Asked asked = Asked.in(query.question());
        String words = String.join(" ", asked.words());
        int most = Math.max(DEEP, 2 * query.k());
        boolean objects = scope.kinds().isEmpty() || scope.kinds().contains("object");
        Future<List<Found>> byWords = searches.submit(() -> search.placesByWords(scope, words, most));
        Future<List<Found>> byWindows = submit(objects, () -> search.windows(scope, words, most));
        Future<List<Found>> byNames = submit(!asked.names().isEmpty(),
                () -> search.placesByNames(scope, asked.names(), most));
        Future<List<Found>> byMeaning = searches.submit(() -> meaning(scope, query.question(), most));
        List<Future<List<Found>>> all = List.of(byWords, byWindows, byMeaning, byNames);
        try {
            Places places = new Places(byWords.get(), byWindows.get(), byMeaning.get(), byNames.get(), List.of());
            return places.with(search.placesOf(scope, places.unknown()));
        } catch (ExecutionException e) {
            throw e.getCause() instanceof IOException failure ? failure : new IOException(e.getCause());
        } catch (InterruptedException | CancellationException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while the search index was asked", e);
        } finally {
            all.forEach(one -> one.cancel(true));
        }
    }

    private Future<List<Found>> submit(boolean needed, Callable<List<Found>> one) {
        Callable<List<Found>> task = needed ? one : List::of;
        return searches.submit(task);
    }

    /** What has no vector can still be found by word. */
    private List<Found> meaning(Scope scope, String question, int most) throws IOException {
        try {
            return search.placesByMeaning(scope, embedder.embed(question), most);
        } catch (EmbeddingException e) {
            LOG.atWarn().setCause(e).log("a question has no vector; it is looked for by word only");
            return List.of();
        }
    }

    private Contradictions.Known known(Found document, double score, Asked asked) {
        return new Contradictions.Known(new Recalled(document.subject(),
                Kind.valueOf(document.kind().toUpperCase(Locale.ROOT)),
                document.type().isEmpty()
                        ? Optional.empty()
                        : Optional.of(SemanticObject.Type.valueOf(document.type().toUpperCase(Locale.ROOT))),
                document.seqs(), document.at(), document.stub(), passages.of(document.text(), asked, PASSAGE),
                document.tokens(), score, document.supersedes()), document.text(), document.staleBy());
    }

    @Override
    public void close() {
        searches.close();
    }
}
