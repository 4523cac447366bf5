package io.mnemosyne.index.search;

import java.io.IOException;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;
import org.opensearch.client.opensearch.OpenSearchClient;
import org.opensearch.client.opensearch._types.FieldValue;
import org.opensearch.client.opensearch._types.OpenSearchException;
import org.opensearch.client.opensearch._types.query_dsl.Query;
import org.opensearch.client.opensearch._types.query_dsl.TextQueryType;
import org.opensearch.client.opensearch.core.SearchRequest;

import io.mnemosyne.index.Connection;
import io.mnemosyne.index.Field;
import io.mnemosyne.index.IndexSettings;
import io.mnemosyne.inference.embeddings.Embedding;

/**
 * Searches the index. Thread-safe. Every method throws {@link IOException} if the index does not answer or answers with an
 * error; {@code most} is 1 to 10,000.
 */
public final class SearchClient implements AutoCloseable {
    private static final List<String> WORDS = List.of(Field.TEXT, Field.STUB + "^2", Field.PATH + ".words^2");
    private static final List<String> TEXTS = List.of(Field.TEXT, Field.STUB, Field.PATH + ".words");
    private static final List<String> PLACE = Stream.concat(Stream.of(Field.SUBJECT, Field.KIND, Field.FROM_SEQ,
            Field.TO_SEQ, Field.CONTENT_HASH, Field.TAGS), Field.WINDOW_OBJECTS.stream()).toList();
    private static final List<String> LARGE = Stream.concat(Stream.of(Field.VECTOR), Field.WINDOW_TEXTS.stream())
            .toList();

    private final Connection connection;
    private final OpenSearchClient client;
    private final String index;

    /** A client that opens its connections with the first search. */
    public SearchClient(IndexSettings settings) {
        this.connection = Connection.open(settings);
        this.client = connection.client();
        this.index = settings.prefix();
    }

    /** The documents that hold the words of a question, best first (BM25), with their texts. */
    public List<Found> byWords(Scope scope, String question, int most) throws IOException {
        return search(words(scope, question), most, SearchClient::wholly);
    }

    /** The documents nearest in meaning, nearest first, with their texts. Those without a vector yet are not found. */
    public List<Found> byMeaning(Scope scope, Embedding question, int most) throws IOException {
        return search(meaning(scope, question, most), most, SearchClient::wholly);
    }

    /** Where {@link #byWords} finds something. */
    List<Found> placesByWords(Scope scope, String question, int most) throws IOException {
        return search(words(scope, question), most, SearchClient::places);
    }

    /** Where {@link #byMeaning} finds something. */
    List<Found> placesByMeaning(Scope scope, Embedding question, int most) throws IOException {
        return search(meaning(scope, question, most), most, SearchClient::places);
    }

    /** The windows of neighbouring turns that together hold the words of a question, best first. */
    List<Found> windows(Scope scope, String question, int most) throws IOException {
        Query words = Query.of(query -> query.combinedFields(
                match -> match.query(question).fields(Field.WINDOW_TEXTS)));
        return search(filtered(words, Filters.ofWindows(scope)), most, SearchClient::places);
    }

    /** Where names stand to the letter, those with the most and rarest first. */
    List<Found> placesByNames(Scope scope, Set<String> names, int most) throws IOException {
        List<Query> each = names.stream().map(SearchClient::holding).toList();
        Query any = Query.of(query -> query.bool(bool -> bool.should(each).minimumShouldMatch("1")));
        return search(filtered(any, Filters.of(scope)), most, SearchClient::places);
    }

    /** A name is one term of the index; what was quoted may be several words. */
    private static Query holding(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        return lower.chars().anyMatch(Character::isWhitespace)
                ? Query.of(query -> query.multiMatch(
                        match -> match.query(lower).fields(TEXTS).type(TextQueryType.Phrase)))
                : Query.of(query -> query.disMax(max -> max.queries(TEXTS.stream().map(field -> Query.of(
                        one -> one.term(term -> term.field(field).value(FieldValue.of(lower))))).toList())));
    }

    /** Those of the named documents that are in a scope, with their texts, in no order. */
    List<Found> named(Scope scope, Collection<String> subjects) throws IOException {
        return named(scope, subjects, SearchClient::wholly);
    }

    /** The same without their texts. */
    List<Found> placesOf(Scope scope, Collection<String> subjects) throws IOException {
        return named(scope, subjects, SearchClient::places);
    }

    private List<Found> named(Scope scope, Collection<String> subjects, Consumer<SearchRequest.Builder> fields)
            throws IOException {
        return subjects.isEmpty()
                ? List.of()
                : search(filtered(Filters.named(subjects), Filters.of(scope)), subjects.size(), fields);
    }

    private static Query words(Scope scope, String question) {
        return filtered(Query.of(query -> query.multiMatch(match -> match.query(question).fields(WORDS))),
                Filters.of(scope));
    }

    private static Query meaning(Scope scope, Embedding question, int most) {
        Query inScope = Query.of(query -> query.bool(bool -> bool.filter(Filters.of(scope))));
        return Query.of(query -> query.knn(
                knn -> knn.field(Field.VECTOR).vector(question.values()).k(most).filter(inScope)));
    }

    private static Query filtered(Query query, List<Query> filters) {
        return Query.of(both -> both.bool(bool -> bool.must(query).filter(filters)));
    }

    private static void places(SearchRequest.Builder request) {
        request.source(source -> source.filter(filter -> filter.includes(PLACE)));
    }

    private static void wholly(SearchRequest.Builder request) {
        request.source(source -> source.filter(filter -> filter.excludes(LARGE)));
    }

    private List<Found> search(Query query, int most, Consumer<SearchRequest.Builder> fields) throws IOException {
        SearchRequest.Builder request = new SearchRequest.Builder().index(index).size(most).query(query)
                .trackTotalHits(total -> total.enabled(false));
        fields.accept(request);
        try {
            return client.search(request.build(), JsonNode.class).hits().hits().stream()
                    .flatMap(hit -> Optional.ofNullable(hit.source())
                            .map(source -> Found.of(source,
                                    Optional.ofNullable(hit.score()).map(Number::doubleValue).orElse(0.0)))
                            .stream())
                    .toList();
        } catch (OpenSearchException e) {
            // Not its status: some errors come without one.
            throw new IOException("index " + index + " answered with " + e.error().type(), e);
        }
    }

    @Override
    public void close() {
        connection.close();
    }
}
