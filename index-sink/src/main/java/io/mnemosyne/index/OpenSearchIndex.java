package io.mnemosyne.index;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.opensearch.client.json.JsonData;
import org.opensearch.client.opensearch.OpenSearchClient;
import org.opensearch.client.opensearch._types.ErrorCause;
import org.opensearch.client.opensearch._types.FieldValue;
import org.opensearch.client.opensearch._types.OpenSearchException;
import org.opensearch.client.opensearch._types.query_dsl.Query;
import org.opensearch.client.opensearch.core.bulk.BulkOperation;
import org.opensearch.client.opensearch.core.bulk.BulkResponseItem;
import org.opensearch.client.opensearch.core.search.Hit;
import org.opensearch.client.opensearch.generic.Body;
import org.opensearch.client.opensearch.generic.Requests;
import org.opensearch.client.opensearch.generic.Response;
import org.opensearch.client.transport.httpclient5.ResponseException;

/** The index over the wire. */
final class OpenSearchIndex implements Index {
    private static final int CONFLICT_RETRIES = 3;

    private final OpenSearchClient client;
    private final Template template;

    OpenSearchIndex(OpenSearchClient client, Template template) {
        this.client = client;
        this.template = template;
    }

    @Override
    public String name() {
        return template.alias();
    }

    @Override
    public void prepare() throws IOException {
        calling(() -> {
            require(raw("PUT", "/_index_template/" + template.name(), template.json()));
            if (!client.indices().existsAlias(alias -> alias.name(name())).value()) {
                createIndex();
            }
            return Optional.empty();
        });
    }

    private void createIndex() throws IOException {
        Reply reply = raw("PUT", "/" + template.index(),
                "{\"aliases\":{\"" + name() + "\":{\"is_write_index\":true}}}");
        if (reply.body().contains("resource_already_exists_exception")) {
            // Another instance was faster, or the index was restored without its alias.
            require(raw("PUT", "/" + template.index() + "/_alias/" + name(), "{\"is_write_index\":true}"));
        } else {
            require(reply);
        }
    }

    @Override
    public List<Answer> bulk(List<Change> changes) throws IOException {
        return calling(() -> client.bulk(bulk -> bulk.index(name()).requireAlias(true)
                .operations(changes.stream().map(OpenSearchIndex::operation).toList()))).items().stream()
                .map(OpenSearchIndex::answer).toList();
    }

    @Override
    public List<String> documentsOf(Change.ByQuery change) throws IOException {
        Query query = query(change);
        return calling(() -> {
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
        return new Answer(item.status(), Optional.ofNullable(item.error()).map(OpenSearchIndex::describe).orElse(""));
    }

    /** Types only: the reasons that the index gives can quote the document. */
    private static String describe(ErrorCause error) {
        ErrorCause cause = error.causedBy();
        return cause == null ? error.type() : error.type() + " caused by " + describe(cause);
    }

    private static Query is(String field, FieldValue value) {
        return Query.of(query -> query.term(term -> term.field(field).value(value)));
    }

    private Reply raw(String method, String path, String json) throws IOException {
        try (Response response = client.generic()
                .execute(Requests.builder().method(method).endpoint(path).json(json).build())) {
            return new Reply(response.getStatus(), response.getBody().map(Body::bodyAsString).orElse(""));
        }
    }

    private static void require(Reply reply) throws RefusedException {
        if (reply.status() >= 300) {
            throw new RefusedException(reply.status(), reply.body());
        }
    }

    /** Gives the client's ways to report an error answer one name. */
    private static <T> T calling(Call<T> call) throws IOException {
        try {
            return call.run();
        } catch (OpenSearchException e) {
            throw new RefusedException(statusOf(e), describe(e.error()), e);
        } catch (ResponseException e) {
            throw new RefusedException(e.status(), "without a readable body", e);
        }
    }

    /** Some errors, such as that of an unknown address, come without their status. */
    private static int statusOf(OpenSearchException e) {
        return Optional.ofNullable(e.response().status()).orElse(500);
    }

    private record Reply(int status, String body) {
    }

    private interface Call<T> {
        T run() throws IOException;
    }
}
