package io.mnemosyne.index;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.opensearch.client.json.JsonData;
import org.opensearch.client.opensearch.OpenSearchClient;
import org.opensearch.client.opensearch._types.Conflicts;
import org.opensearch.client.opensearch._types.ErrorCause;
import org.opensearch.client.opensearch._types.FieldValue;
import org.opensearch.client.opensearch._types.OpenSearchException;
import org.opensearch.client.opensearch._types.Refresh;
import org.opensearch.client.opensearch._types.query_dsl.Query;
import org.opensearch.client.opensearch.core.DeleteByQueryResponse;
import org.opensearch.client.opensearch.core.bulk.BulkOperation;
import org.opensearch.client.opensearch.core.bulk.BulkResponseItem;
import org.opensearch.client.opensearch.core.search.Hit;
import org.opensearch.client.opensearch.generic.Body;
import org.opensearch.client.opensearch.generic.Requests;
import org.opensearch.client.opensearch.generic.Response;
import org.opensearch.client.transport.OpenSearchTransport;
import org.opensearch.client.transport.httpclient5.ResponseException;

import io.mnemosyne.core.ThreadKey;

/** The index over the wire. */
final class OpenSearchIndex implements Index {
    private static final int CONFLICT_RETRIES = 3;

    private final OpenSearchClient client;
    private final Template template;

    OpenSearchIndex(OpenSearchTransport transport, Template template) {
        this.client = new OpenSearchClient(transport);
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
        if (!reply.body().contains("resource_already_exists_exception")) {
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
    public void removeThread(ThreadKey thread, long before) throws IOException {
        DeleteByQueryResponse removed = calling(() -> {
            client.indices().refresh(refresh -> refresh.index(name()));
            return client.deleteByQuery(removal -> removal.index(name()).conflicts(Conflicts.Proceed)
                    .refresh(Refresh.True)
                    .query(all(term(Field.TENANT, thread.tenant()), term(Field.THREAD, thread.thread()),
                            Query.of(query -> query
                                    .range(range -> range.field(Field.INCARNATION).lt(JsonData.of(before)))))));
        });
        Long conflicts = removed.versionConflicts();
        if (!removed.failures().isEmpty() || (conflicts != null && conflicts > 0)) {
            throw new IOException("documents of a deleted thread were written while they were removed");
        }
    }

    @Override
    public List<String> documentsOf(Change.Retire retire) throws IOException {
        if (retire.segments().isEmpty()) {
            return List.of();
        }
        List<FieldValue> segments = retire.segments().stream().map(FieldValue::of).toList();
        return calling(() -> {
            client.indices().refresh(refresh -> refresh.index(name()));
            return client.search(search -> search.index(name()).size(segments.size())
                    .source(source -> source.fetch(false))
                    .query(all(term(Field.TENANT, retire.thread().tenant()),
                            term(Field.THREAD, retire.thread().thread()),
                            Query.of(query -> query.term(term -> term.field(Field.INCARNATION)
                                    .value(FieldValue.of(retire.incarnation())))),
                            Query.of(query -> query.terms(
                                    terms -> terms.field(Field.SUBJECT).terms(in -> in.value(segments)))))),
                    Map.class);
        }).hits().hits().stream().map(Hit::id).toList();
    }

    private static BulkOperation operation(Change change) {
        return switch (change) {
            case Change.Merge merge -> BulkOperation.of(bulk -> bulk.update(update -> update.id(merge.id())
                    .document(merge.fields()).docAsUpsert(merge.create()).retryOnConflict(CONFLICT_RETRIES)));
            case Change.Remove remove -> BulkOperation.of(bulk -> bulk.delete(delete -> delete.id(remove.id())));
            case Change.RemoveThread _,Change.Retire _ ->
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

    private static Query term(String field, String value) {
        return Query.of(query -> query.term(term -> term.field(field).value(FieldValue.of(value))));
    }

    private static Query all(Query... filters) {
        return Query.of(query -> query.bool(bool -> bool.filter(List.of(filters))));
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
            throw new RefusedException(e.status(), describe(e.error()), e);
        } catch (ResponseException e) {
            throw new RefusedException(e.status(), "without a readable body", e);
        }
    }

    private record Reply(int status, String body) {
    }

    private interface Call<T> {
        T run() throws IOException;
    }
}
