package io.mnemosyne.index.search;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

import com.fasterxml.jackson.databind.JsonNode;
import org.opensearch.client.json.JsonData;
import org.opensearch.client.opensearch.OpenSearchClient;
import org.opensearch.client.opensearch._types.FieldValue;
import org.opensearch.client.opensearch._types.OpenSearchException;
import org.opensearch.client.opensearch._types.query_dsl.Query;
import org.opensearch.client.opensearch.core.search.Hit;

import io.mnemosyne.core.SeqRange;
import io.mnemosyne.index.Connection;
import io.mnemosyne.index.Field;
import io.mnemosyne.index.IndexSettings;
import io.mnemosyne.inference.embeddings.Embedding;

/** Searches the index. Thread-safe. */
public final class SearchClient implements AutoCloseable {
    private static final List<String> WORDS = List.of(Field.TEXT, Field.STUB + "^2", Field.PATH + ".words^2");

    private final Connection connection;
    private final OpenSearchClient client;
    private final String index;

    /** A client that opens its connections with the first search. */
    public SearchClient(IndexSettings settings) {
        this.connection = Connection.open(settings);
        this.client = connection.client();
        this.index = settings.prefix();
    }

    /**
     * The documents that hold the words of a question, best first (BM25).
     *
     * @param most documents to find, 1 to 10,000
     * @throws IOException if the index does not answer or answers with an error
     */
    public List<Found> byWords(Scope scope, String question, int most) throws IOException {
        Query words = Query.of(query -> query.multiMatch(match -> match.query(question).fields(WORDS)));
        return search(Query.of(query -> query.bool(bool -> bool.must(words).filter(filters(scope)))), most);
    }

    /**
     * The documents nearest in meaning, nearest first. Those without a vector yet are not found.
     *
     * @param most documents to find, 1 to 10,000
     * @throws IOException if the index does not answer or answers with an error
     */
    public List<Found> byMeaning(Scope scope, Embedding question, int most) throws IOException {
        Query inScope = Query.of(query -> query.bool(bool -> bool.filter(filters(scope))));
        return search(Query.of(query -> query.knn(
                knn -> knn.field(Field.VECTOR).vector(question.values()).k(most).filter(inScope))), most);
    }

    private List<Found> search(Query query, int most) throws IOException {
        try {
            return client.search(search -> search.index(index).size(most).query(query)
                    .source(source -> source.filter(filter -> filter.excludes(Field.VECTOR))), JsonNode.class).hits()
                    .hits().stream().flatMap(hit -> found(hit).stream()).toList();
        } catch (OpenSearchException e) {
            // Not its status: some errors come without one.
            throw new IOException("index " + index + " answered with " + e.error().type(), e);
        }
    }

    private static Optional<Found> found(Hit<JsonNode> hit) {
        return Optional.ofNullable(hit.source()).map(source -> new Found(source.path(Field.SUBJECT).asText(),
                source.path(Field.KIND).asText(),
                new SeqRange(source.path(Field.FROM_SEQ).asLong(), source.path(Field.TO_SEQ).asLong()),
                source.path(Field.STUB).asText(""), source.path(Field.TEXT).asText(),
                Optional.ofNullable(hit.score()).map(Number::doubleValue).orElse(0.0)));
    }

    private static List<Query> filters(Scope scope) {
        List<Query> filters = new ArrayList<>();
        filters.add(is(Field.TENANT, FieldValue.of(scope.thread().tenant())));
        filters.add(is(Field.THREAD, FieldValue.of(scope.thread().thread())));
        filters.add(is(Field.INCARNATION, FieldValue.of(scope.incarnation())));
        oneOf(Field.KIND, scope.kinds()).ifPresent(filters::add);
        oneOf(Field.TYPE, scope.types()).ifPresent(filters::add);
        scope.seqs().ifPresent(seqs -> {
            filters.add(Query.of(query -> query.range(
                    range -> range.field(Field.FROM_SEQ).lte(JsonData.of(seqs.to())))));
            filters.add(Query.of(query -> query.range(
                    range -> range.field(Field.TO_SEQ).gte(JsonData.of(seqs.from())))));
        });
        if (!scope.stale()) {
            filters.add(Query.of(query -> query.bool(
                    bool -> bool.mustNot(has(Field.SUPERSEDED_BY), has(Field.RETIRED_BY)))));
        }
        return filters;
    }

    private static Query is(String field, FieldValue value) {
        return Query.of(query -> query.term(term -> term.field(field).value(value)));
    }

    private static Query has(String field) {
        return Query.of(query -> query.exists(exists -> exists.field(field)));
    }

    private static Optional<Query> oneOf(String field, Collection<String> values) {
        List<FieldValue> all = values.stream().map(FieldValue::of).toList();
        return all.isEmpty()
                ? Optional.empty()
                : Optional.of(Query.of(
                        query -> query.terms(terms -> terms.field(field).terms(in -> in.value(all)))));
    }

    @Override
    public void close() {
        connection.close();
    }
}
