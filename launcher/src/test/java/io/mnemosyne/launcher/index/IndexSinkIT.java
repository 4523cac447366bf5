package io.mnemosyne.launcher.index;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

import com.fasterxml.jackson.databind.JsonNode;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import io.mnemosyne.core.DeadLetter;
import io.mnemosyne.core.EmbeddingVector;
import io.mnemosyne.core.ObjectRecord;
import io.mnemosyne.core.Position;
import io.mnemosyne.core.Sha256;
import io.mnemosyne.index.Connection;
import io.mnemosyne.index.IndexSettings;
import io.mnemosyne.index.IndexSink;
import io.mnemosyne.index.IndexedWait;
import io.mnemosyne.index.search.Found;
import io.mnemosyne.index.search.Scope;
import io.mnemosyne.index.search.SearchClient;
import io.mnemosyne.inference.embeddings.MiniLmEmbedder;
import io.mnemosyne.launcher.index.IndexUser.Written;
import io.mnemosyne.launcher.stack.SharedServices;
import io.mnemosyne.schemas.topics.TopicNames;
import io.mnemosyne.schemas.topics.Topics;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** The sink between a real broker, a real registry and a real OpenSearch, with the real embedding model. */
@ExtendWith(SharedServices.Extension.class)
class IndexSinkIT {
    private static final String INDEX = "notes";
    private static final String SECRET = "quinoa-7731";

    private static final MiniLmEmbedder EMBEDDER = new MiniLmEmbedder();
    private static IndexUser user;
    private static IndexSettings settings;

    @BeforeAll
    static void start(SharedServices services) {
        user = new IndexUser(services.addresses(), new TopicNames("index."));
        settings = user.settings(INDEX);
    }

    @AfterAll
    static void stop() throws Exception {
        user.close();
        EMBEDDER.close();
    }

    @Test
    void shouldFindObjectsAndSegmentsByWordAndByMeaning() throws Exception {
        // given
        SearchedThread thread = SearchedThread.of("found");
        Scope scope = Scope.of(thread.key(), 0);
        try (IndexSink _ = user.sink(settings, EMBEDDER);
                SearchClient search = new SearchClient(settings);
                Connection connection = Connection.open(settings)) {
            // when
            produce(thread);
            // then
            assertThat(new IndexedWait(connection, settings).await(List.of(IndexedWait.id(thread.key(), 0, "a1"),
                    thread.row("a2"), thread.row("s1")), Duration.ofSeconds(60))).isTrue();
            assertThat(search.byWords(scope, "LedgerStore", 5)).extracting(Found::subject).containsExactly("a1");
            assertThat(search.byWords(scope, "RocksDB", 5)).extracting(Found::subject).containsExactly("s1");
            soon().untilAsserted(() -> {
                assertThat(nearest(search, scope, "How do I make dough?")).isEqualTo("a2");
                assertThat(nearest(search, scope, "Which database was selected?")).isEqualTo("s1");
            });
            assertThat(search.byWords(Scope.of(SearchedThread.of("another").key(), 0), "LedgerStore", 5)).isEmpty();
        }
    }

    @Test
    void shouldFindWhatIsNamedExactlyOrInPart() throws Exception {
        // given texts as agents see them, and one that shares only everyday words with them
        SearchedThread thread = SearchedThread.of("exact");
        Scope scope = Scope.of(thread.key(), 0);
        object(thread,
                thread.object("a1", "src/foo/BarBaz.java",
                        """
                        see src/foo/BarBaz.java:12, (foo_bar), x.y.z() and HTTPServer2; v1.2.3 failed with E1234, HTTP 404.
                        {"id":"abc-77","cmd":"cat /etc/app/max_retries.conf\\nls -la \\"$HOME/.m2\\"\\ngrep --colour needle_word"}
                        Dr Müller retries ORA-00942 at 10.20.30.40:9092 for user@host.org""",
                        90));
        object(thread, thread.object("a2", "notes.md", "see and for at with failed user id, as in any text 1 2 3", 9));
        try (IndexSink _ = user.sink(settings, EMBEDDER); SearchClient search = new SearchClient(settings)) {
            soon().untilAsserted(() -> assertThat(search.byWords(scope, "see", 5)).hasSize(2));
            // then
            for (String exact : List.of("src/foo/BarBaz.java", "foo/BarBaz.java", "BarBaz.java", "`BarBaz`", "bar",
                    "foo_bar", "x.y.z", "x.y.z()", "HTTPServer2", "server", "v1.2.3", "E1234", "1234", "404", "abc-77",
                    "max_retries", "needle_word", "needle", "Müller", "ORA-00942", "942 00942", "10.20.30.40", "9092",
                    "user@host.org", "maxRetries BarBazTest")) {
                assertThat(search.byWords(scope, exact, 5)).as(exact).extracting(Found::subject).startsWith("a1");
            }
            for (String other : List.of("retried", "arba", "E123", "405", "...", "")) {
                assertThat(search.byWords(scope, other, 5)).as(other).isEmpty();
            }
            String tooLong = IntStream.range(0, 2_000).mapToObj(i -> "a.long/question" + i).collect(joining(" "));
            assertThat(search.byWords(scope, "BarBaz " + tooLong, 5)).extracting(Found::subject).contains("a1");
        }
    }

    @Test
    void shouldDoubleNothingWhenRecordsComeAgainOrTheSinkStartsFromTheBeginning() throws Exception {
        // given
        SearchedThread thread = SearchedThread.of("again");
        Map<String, JsonNode> once;
        try (IndexSink _ = user.sink(settings, EMBEDDER)) {
            produce(thread);
            soon().until(user::isCaughtUp);
            once = user.documents(INDEX, thread.key());
            assertThat(once).containsOnlyKeys(thread.row("a1"), thread.row("a2"), thread.row("s1"));
            assertThat(once.values()).allSatisfy(document -> assertThat(document.path("vector")).hasSize(384));
            // when the same records come again
            produce(thread);
            soon().until(user::isCaughtUp);
            // then
            assertThat(user.documents(INDEX, thread.key())).isEqualTo(once);
        }
        // and when everything is read once more
        user.readFromTheBeginning();
        try (IndexSink sink = user.sink(settings, EMBEDDER)) {
            soon().until(user::isCaughtUp);
            // then
            assertThat(sink.stats().indexed()).isGreaterThanOrEqualTo(2 * once.size());
            assertThat(user.documents(INDEX, thread.key())).isEqualTo(once);
        }
    }

    @Test
    void shouldReportWhatOpenSearchRefusesAndIndexTheRest() throws Exception {
        // given an index that somebody made, without the alias and for smaller numbers
        user.http("PUT", "/older-v2",
                """
                {"settings": {"index.knn": true},
                 "mappings": {"properties": {"tenant": {"type": "keyword"}, "thread": {"type": "keyword"},
                   "incarnation": {"type": "long"}, "tokens": {"type": "short"},
                   "vector": {"type": "knn_vector", "dimension": 384, "method": {"name": "hnsw", "engine": "lucene"}}}}}""");
        SearchedThread thread = SearchedThread.of("refused");
        // and, before the sink reads them, an object with a larger number and a vector with too few values
        object(thread, thread.object("a1", "src/One.java", "the first text", 7));
        Written tooLarge = object(thread, thread.object("a2", "src/Two.java", "the text " + SECRET, 40_000));
        object(thread, thread.object("a3", "src/Three.java", "the third text", 7));
        Written tooShort = vector(thread, "a3", List.of(0.25f, 0.5f, 0.75f));
        // when
        try (IndexSink sink = user.sink(user.settings("older"), EMBEDDER)) {
            soon().until(user::isCaughtUp);
            // then
            assertThat(sink.stats().deadLettered()).isEqualTo(2);
        }
        assertThat(user.documents("older", thread.key())).containsOnlyKeys(thread.row("a1"), thread.row("a3"));
        List<ConsumerRecord<String, byte[]>> letters = user.records(Topics.INDEX_DEAD_LETTERS).stream()
                .filter(letter -> letter.key().startsWith(thread.key().toString())).toList();
        assertThat(letters).extracting(letter -> user.serdes.deadLetters().deserializer()
                .deserialize(letter.topic(), letter.value())).containsExactlyInAnyOrder(
                        letter(thread.row("a2"), "objects", tooLarge, "input_coercion_exception"),
                        letter(thread.row("a3"), "vectors", tooShort, "illegal_argument_exception"));
        assertThat(letters).allSatisfy(letter -> assertThat(new String(letter.value(), StandardCharsets.UTF_8))
                .doesNotContain(SECRET, "src/Two.java"));
    }

    @Test
    void shouldForgetADeletedThreadAlsoWhenTheIndexIsBuiltAnew() throws Exception {
        // given
        SearchedThread thread = SearchedThread.of("deleted");
        SearchedThread other = SearchedThread.of("kept");
        try (IndexSink _ = user.sink(settings, EMBEDDER)) {
            produce(thread);
            produce(other);
            soon().until(user::isCaughtUp);
            assertThat(user.documents(INDEX, thread.key())).hasSize(3);
            // when
            user.produce(Topics.MEMORY, user.serdes.memory(), thread.key().row("1.c-1"), thread.deletion());
            soon().until(user::isCaughtUp);
            // then
            assertThat(user.documents(INDEX, thread.key())).isEmpty();
            assertThat(user.documents(INDEX, other.key())).hasSize(3);
            // and when the stages take their rows back, as they do, and the index is made again from the topics
            user.produce(Topics.OBJECTS, user.serdes.objects(), thread.row("a1"), null);
            user.produce(Topics.OBJECTS, user.serdes.objects(), thread.row("a2"), null);
            user.produce(Topics.MEMORY, user.serdes.memory(), thread.row("s1"), null);
            soon().until(user::isCaughtUp);
        }
        user.http("DELETE", "/" + INDEX + "-v2", "");
        user.readFromTheBeginning();
        try (IndexSink _ = user.sink(settings, EMBEDDER)) {
            soon().until(user::isCaughtUp);
            // then
            assertThat(user.documents(INDEX, thread.key())).isEmpty();
            assertThat(user.documents(INDEX, other.key())).hasSize(3)
                    .allSatisfy((_, document) -> assertThat(document.path("vector")).hasSize(384));
            assertThat(user.http("POST", "/" + INDEX + "/_search", "{\"size\": 1000}").at("/hits/hits"))
                    .noneMatch(hit -> hit.path("_id").asText().startsWith(thread.key().toString()));
        }
    }

    @Test
    void shouldReadAgainWhatDidNotGetThroughBeforeItWasClosed() throws Exception {
        // given a cluster that takes requests and never answers
        SearchedThread thread = SearchedThread.of("hung");
        var committed = user.committed(IndexSink.TEXT_GROUP);
        try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            var hung = IndexSettings.at(URI.create("http://127.0.0.1:" + silent.getLocalPort())).withPrefix(INDEX);
            IndexSink sink = user.sink(hung, EMBEDDER);
            produce(thread);
            soon().until(() -> sink.stats().embedded() >= 3 && sink.stats().texts().documents() >= 3);
            // when
            sink.close();
            // then
            assertThat(user.committed(IndexSink.TEXT_GROUP)).isEqualTo(committed);
        }
        try (IndexSink _ = user.sink(settings, EMBEDDER)) {
            soon().until(user::isCaughtUp);
            assertThat(user.documents(INDEX, thread.key())).hasSize(3);
        }
    }

    private static void produce(SearchedThread thread) throws Exception {
        object(thread, thread.object("a1", "src/LedgerStore.java", "class LedgerStore { void append(Entry e) {} }", 9));
        object(thread, thread.object("a2", "bread.md", "Mix flour, water, yeast and salt, knead and bake it.", 12));
        user.produce(Topics.MEMORY, user.serdes.memory(), thread.row("s1"),
                thread.observation("s1", "chose RocksDB to keep the state of the stores"));
    }

    private static Written object(SearchedThread thread, ObjectRecord object) throws Exception {
        return user.produce(Topics.OBJECTS, user.serdes.objects(), thread.row(object.object().id()), object);
    }

    private static Written vector(SearchedThread thread, String subject, List<Float> values) throws Exception {
        return user.produce(Topics.VECTORS, user.serdes.vectors(), thread.row(subject),
                new EmbeddingVector(thread.key(), 0, subject, EMBEDDER.model(), Sha256.hex(subject), values));
    }

    private static DeadLetter letter(String key, String topic, Written source, String cause) {
        return new DeadLetter(key, new Position(topic, source.partition(), source.offset()), "older", 400,
                "mapper_parsing_exception caused by " + cause, Sha256.hex(source.value()), source.value().length);
    }

    private static String nearest(SearchClient search, Scope scope, String question) throws Exception {
        List<Found> found = search.byMeaning(scope, EMBEDDER.embed(question), 3);
        return found.size() < 3 ? "not all vectors are there" : found.getFirst().subject();
    }

    private static ConditionFactory soon() {
        return await().atMost(Duration.ofSeconds(60));
    }
}
