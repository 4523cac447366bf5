package io.mnemosyne.launcher.index;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

import com.fasterxml.jackson.databind.JsonNode;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

import io.mnemosyne.core.ObjectRecord;
import io.mnemosyne.core.ingest.RowKeys;
import io.mnemosyne.index.IndexSettings;
import io.mnemosyne.index.IndexSink;
import io.mnemosyne.inference.embeddings.Embedder;
import io.mnemosyne.inference.embeddings.Embedding;
import io.mnemosyne.launcher.stack.Addresses;
import io.mnemosyne.launcher.stack.Component;
import io.mnemosyne.launcher.stack.LocalStack;
import io.mnemosyne.launcher.stack.SharedServices;
import io.mnemosyne.launcher.stack.StackPlan;
import io.mnemosyne.schemas.topics.TopicNames;
import io.mnemosyne.schemas.topics.Topics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** What is in the index after OpenSearch was killed, and after a new version of the mapping was built. */
@ExtendWith(SharedServices.Extension.class)
class IndexMovesIT {
    private static final int BEFORE = 100;

    private static SharedServices services;

    @BeforeAll
    static void start(SharedServices shared) {
        services = shared;
    }

    @Test
    void shouldMissNothingAfterOpenSearchWasKilledInTheMiddleOfAnImport(@TempDir Path data) throws Exception {
        // given
        SearchedThread thread = SearchedThread.of("killed");
        StackPlan plan = StackPlan.onFreePorts(data, Component.OPENSEARCH);
        LocalStack search = LocalStack.start(plan);
        URI url = URI.create(search.addresses().opensearch());
        IndexSettings settings = new IndexSettings(List.of(url), Optional.empty(), Optional.empty(), "killed", 20,
                1024 * 1024, Duration.ofMillis(200));
        try (IndexUser user = new IndexUser(with(services.addresses(), url), new TopicNames("killed."));
                IndexSink sink = user.sink(settings, new Lengths())) {
            // when it is killed in the middle of an import
            CompletableFuture<Void> imported = CompletableFuture.runAsync(() -> produce(user, thread, 0, 3 * BEFORE));
            soon().until(() -> sink.stats().indexed() > BEFORE);
            ProcessHandle process = search.process(Component.OPENSEARCH).orElseThrow();
            process.destroyForcibly();
            process.onExit().join();
            search.close();
            imported.join();
            soon().until(() -> !sink.stats().reachable() && sink.stats().texts().documents() > 0);
            search = LocalStack.start(new StackPlan(plan.data(), plan.components(), Map.of(Component.OPENSEARCH,
                    url.getPort()), plan.serviceHost(), plan.existing(), plan.pipelineEnvironment()));
            // then
            soon().until(user::isCaughtUp);
            assertComplete(user.documents("killed", thread.key()), user.idsOf(thread.key()), 3 * BEFORE);
        } finally {
            search.close();
        }
    }

    @Test
    void shouldSearchAllTheTimeWhileANewVersionIsBuiltUnderLoad() throws Exception {
        // given an index of the first version, full and up to date
        SearchedThread thread = SearchedThread.of("moved");
        AtomicBoolean moved = new AtomicBoolean();
        try (IndexUser user = new IndexUser(services.addresses(), new TopicNames("moved."))) {
            produce(user, thread, 0, BEFORE);
            firstVersion(user, thread);
            user.readToTheEnd("index-sink", Topics.OBJECTS, Topics.MEMORY, Topics.VECTORS);
            // and someone who searches, and someone who writes, all the time
            AtomicInteger searches = new AtomicInteger();
            CompletableFuture<Void> searching = CompletableFuture.runAsync(() -> {
                while (!moved.get()) {
                    assertThat(found(user)).as("objects found by search %s", searches).isGreaterThanOrEqualTo(BEFORE);
                    searches.incrementAndGet();
                }
            });
            AtomicInteger next = new AtomicInteger(BEFORE);
            CompletableFuture<Void> writing = CompletableFuture.runAsync(() -> {
                while (!moved.get()) {
                    produce(user, thread, next.get(), next.addAndGet(5));
                }
            });
            // when a program of the second version starts
            try (IndexSink sink = user.sink(user.settings("moved"), new Lengths())) {
                soon().until(() -> user.http("GET", "/_alias/moved", "").has("moved-v2"));
                soon().until(() -> user.http("GET", "/_alias", "").path("moved-v1").isMissingNode()
                        && !user.groups().contains("moved.index-sink"));
                moved.set(true);
                // then
                searching.join();
                writing.join();
                assertThat(searches.get()).isPositive();
                soon().until(user::isCaughtUp);
                assertComplete(user.documents("moved", thread.key()), user.idsOf(thread.key()), next.get());
                assertThat(sink.stats().rebuild().documents()).isZero();
            }
        } finally {
            moved.set(true);
        }
    }

    /** As the first version left it: objects only. */
    private static void firstVersion(IndexUser user, SearchedThread thread) throws Exception {
        user.http("PUT", "/moved-v1",
                """
                {"settings": {"index.knn": true}, "aliases": {"moved": {"is_write_index": true}},
                 "mappings": {"dynamic": false, "_meta": {"version": 1}, "properties": {
                   "tenant": {"type": "keyword"}, "thread": {"type": "keyword"}, "incarnation": {"type": "long"},
                   "kind": {"type": "keyword"}, "text": {"type": "text"},
                   "vector": {"type": "knn_vector", "dimension": 4, "method": {"name": "hnsw", "engine": "lucene"}}}}}""");
        StringBuilder bulk = new StringBuilder();
        for (int i = 0; i < BEFORE; i++) {
            bulk.append("""
                        {"index": {"_id": "%s"}}
                        {"tenant": "acme", "thread": "moved", "incarnation": 0, "kind": "object", "text": "text %s"}
                        """.formatted(thread.row("o" + i), i));
        }
        user.http("POST", "/moved/_bulk?refresh=true", bulk.toString());
    }

    private static int found(IndexUser user) {
        try {
            JsonNode answer = user.http("POST", "/moved/_search",
                    """
                    {"size": 10, "track_total_hits": true, "query": {"bool": {"must": {"match": {"text": "text"}},
                      "filter": [{"term": {"tenant": "acme"}}, {"term": {"kind": "object"}}]}}}""");
            assertThat(answer.at("/_shards/failed").asInt()).isZero();
            return answer.at("/hits/total/value").asInt();
        } catch (Exception e) {
            throw new AssertionError("a query failed", e);
        }
    }

    private static void assertComplete(Map<String, JsonNode> documents, Set<String> ids, int turns) {
        assertThat(ids).hasSize(2 * turns);
        assertThat(documents.keySet()).isEqualTo(ids);
        assertThat(documents.values()).allSatisfy(document -> assertThat(document.path("said").asText()).isNotEmpty());
        assertThat(documents.values()).filteredOn(document -> document.path("kind").asText().equals("object"))
                .hasSize(turns)
                .allSatisfy(document -> assertThat(document.path("vector")).hasSize(4));
        assertThat(documents.values()).filteredOn(document -> document.path("kind").asText().equals("window")
                && document.path("from_seq").asInt() < turns - 2).hasSize(turns - 2)
                .allSatisfy(document -> assertThat(document.path("text2").asText()).isNotEmpty());
    }

    private static void produce(IndexUser user, SearchedThread thread, int from, int to) {
        try {
            for (int i = from; i < to; i++) {
                ObjectRecord object = thread.object("o" + i, "src/File" + i + ".java", "text " + i, 7);
                user.produce(Topics.TURNS, user.serdes.turns(), RowKeys.of(thread.turn(i, object)),
                        thread.turn(i, object));
                user.produce(Topics.OBJECTS, user.serdes.objects(), RowKeys.of(object), object);
            }
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static Addresses with(Addresses others, URI opensearch) {
        return new Addresses(others.kafka(), others.registry(), opensearch.toString(), others.service());
    }

    private static ConditionFactory soon() {
        return await().atMost(Duration.ofSeconds(60));
    }

    /** Costs nothing. */
    private static final class Lengths implements Embedder {
        @Override
        public String model() {
            return "lengths";
        }

        @Override
        public int dimensions() {
            return 4;
        }

        @Override
        public List<Embedding> embed(List<String> texts) {
            return texts.stream().map(text -> Embedding.normalized(new float[]{text.length(), 1, 0, 0})).toList();
        }

        @Override
        public void close() {
            // holds nothing
        }
    }
}
