package io.mnemosyne.index;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.opensearch.client.json.JsonData;
import org.opensearch.client.opensearch._types.FieldValue;
import org.opensearch.client.opensearch._types.query_dsl.Query;
import org.opensearch.client.opensearch.core.bulk.BulkOperation;
import org.opensearch.client.opensearch.core.bulk.BulkResponseItem;
import org.opensearch.client.opensearch.core.search.Hit;

/** The index over the wire. */
final class OpenSearchIndex implements Index {
    private static final int CONFLICT_RETRIES = 3;

    private final Requests requests;
    private final String name;
    private final Preparation preparation;

    /** @param name of the alias under which it is written */
    OpenSearchIndex(Requests requests, String name, Preparation preparation) {
        this.requests = requests;
        this.name = name;
        this.preparation = preparation;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public void prepare() throws IOException {
        preparation.run();
    }

    @Override
    public List<Answer> bulk(List<Change> changes) throws IOException {
        return requests.call(client -> client.bulk(bulk -> bulk.index(name()).requireAlias(true)
                .operations(changes.stream().map(OpenSearchIndex::operation).toList()))).items().stream()
                .map(OpenSearchIndex::answer).toList();
    }

    @Override
    public List<String> documentsOf(Change.ByQuery change) throws IOException {
        Query query = query(change);
        return requests.call(client -> {
            client.indices().refresh(refresh -> refresh.index(name()));
            return client.search(search -> search.index(name()).size(PAGE)
                    .source(source -> source.fetch(false)).query(query), Map.class);
        }).hits().hits().stream().map(Hit::id).toList();
    }

    private static Query query(Change.ByQuery change) {
        Query tenant = is(Field.TENANT, FieldValue.of(change.thread().tenant()));
        Query thread = is(Field.THREAD, FieldValue.of(change.thread().thread()));
        return switch (change) {
            case Change.RemoveThread removal -> Query.of(query -> query.bool(bool -> bool.filter(
                    Query.of(old -> old.range(
                            range -> range.field(Field.INCARNATION).lt(JsonData.of(removal.before())))))
                    .should(is(Field.OWNER, FieldValue.of(change.thread().toString())),
                            // The first mapping knows no owner.
                            Query.of(both -> both.bool(own -> own.filter(tenant, thread))))
                    .minimumShouldMatch("1")));
            case Change.Retire retire -> Query.of(query -> query.bool(bool -> bool.filter(tenant, thread,
                    is(Field.INCARNATION, FieldValue.of(retire.incarnation())),
                    Query.of(named -> named.terms(terms -> terms.field(Field.SUBJECT).terms(
                            in -> in.value(retire.segments().stream().map(FieldValue::of).toList())))))
                    .mustNot(Query.of(marked -> marked.exists(exists -> exists.field(Field.RETIRED_BY))))));
        };
    }

    private static BulkOperation operation(Change change) {
        return switch (change) {
            case Change.Merge merge -> BulkOperation.of(bulk -> bulk.update(update -> update.id(merge.id())
                    .document(merge.fields()).docAsUpsert(merge.create()).retryOnConflict(CONFLICT_RETRIES)));
            case Change.Remove remove -> BulkOperation.of(bulk -> bulk.delete(delete -> delete.id(remove.id())));
            case Change.ByQuery _ ->
                throw new IllegalArgumentException("a change by query cannot be sent in bulk: " + change);
        };
    }

    private static Answer answer(BulkResponseItem item) {
        return new Answer(item.status(), Optional.ofNullable(item.error()).map(Requests::describe).orElse(""));
    }

    private static Query is(String field, FieldValue value) {
        return Query.of(query -> query.term(term -> term.field(field).value(value)));
    }

    /** Makes sure that the index is there. */
    interface Preparation {
        void run() throws IOException;
    }
}
