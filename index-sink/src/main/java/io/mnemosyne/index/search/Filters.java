package io.mnemosyne.index.search;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

import org.opensearch.client.json.JsonData;
import org.opensearch.client.opensearch._types.FieldValue;
import org.opensearch.client.opensearch._types.query_dsl.Query;

import io.mnemosyne.core.SeqRange;
import io.mnemosyne.core.recall.TimeRange;
import io.mnemosyne.index.Field;

/** What a document must be for a search to find it. Every list begins with the tenant and the thread. */
final class Filters {
    static final String WINDOW = "window";

    private Filters() {
    }

    /** Objects, segments and project state in a scope. */
    static List<Query> of(Scope scope) {
        List<Query> filters = ofThread(scope);
        oneOf(Field.KIND, scope.kinds())
                .ifPresentOrElse(filters::add, () -> filters.add(not(is(Field.KIND, FieldValue.of(WINDOW)))));
        oneOf(Field.TYPE, scope.types()).ifPresent(filters::add);
        oneOf(Field.TAGS, scope.tags()).ifPresent(filters::add);
        scope.time().ifPresent(time -> filters.add(within(time)));
        if (!scope.stale()) {
            filters.add(not(has(Field.SUPERSEDED_BY), has(Field.RETIRED_BY)));
        }
        return filters;
    }

    /** Windows of turns in a scope, without any that reach beyond its last turn. What it asks of objects is asked of those that they name. */
    static List<Query> ofWindows(Scope scope) {
        List<Query> filters = ofThread(scope);
        scope.seqs().ifPresent(seqs -> filters.add(Query.of(query -> query.range(
                range -> range.field(Field.TO_SEQ).lte(JsonData.of(seqs.to()))))));
        filters.add(is(Field.KIND, FieldValue.of(WINDOW)));
        return filters;
    }

    /** Documents with one of these ids. */
    static Query named(Collection<String> subjects) {
        return oneOf(Field.SUBJECT, subjects).orElseThrow();
    }

    private static List<Query> ofThread(Scope scope) {
        List<Query> filters = new ArrayList<>();
        filters.add(is(Field.TENANT, FieldValue.of(scope.thread().tenant())));
        filters.add(is(Field.THREAD, FieldValue.of(scope.thread().thread())));
        filters.add(is(Field.INCARNATION, FieldValue.of(scope.incarnation())));
        scope.seqs().ifPresent(seqs -> filters.addAll(overlapping(seqs)));
        return filters;
    }

    private static List<Query> overlapping(SeqRange seqs) {
        return List.of(Query.of(query -> query.range(range -> range.field(Field.FROM_SEQ).lte(JsonData.of(seqs.to())))),
                Query.of(query -> query.range(range -> range.field(Field.TO_SEQ).gte(JsonData.of(seqs.from())))));
    }

    private static Query within(TimeRange time) {
        return Query.of(query -> query.range(range -> {
            range.field(Field.SAID);
            time.from().ifPresent(from -> range.gte(JsonData.of(from.toString())));
            time.to().ifPresent(to -> range.lt(JsonData.of(to.toString())));
            return range;
        }));
    }

    private static Query is(String field, FieldValue value) {
        return Query.of(query -> query.term(term -> term.field(field).value(value)));
    }

    private static Query has(String field) {
        return Query.of(query -> query.exists(exists -> exists.field(field)));
    }

    private static Query not(Query... queries) {
        return Query.of(query -> query.bool(bool -> bool.mustNot(List.of(queries))));
    }

    private static Optional<Query> oneOf(String field, Collection<String> values) {
        List<FieldValue> all = values.stream().map(FieldValue::of).toList();
        return all.isEmpty()
                ? Optional.empty()
                : Optional.of(Query.of(
                        query -> query.terms(terms -> terms.field(field).terms(in -> in.value(all)))));
    }
}
