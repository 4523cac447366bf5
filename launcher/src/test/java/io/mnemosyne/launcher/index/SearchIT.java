package io.mnemosyne.launcher.index;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.mnemosyne.core.Content;
import io.mnemosyne.core.EmbeddingVector;
import io.mnemosyne.core.ObjectRecord;
import io.mnemosyne.core.Origin;
import io.mnemosyne.core.Part;
import io.mnemosyne.core.Position;
import io.mnemosyne.core.RawTurn;
import io.mnemosyne.core.Role;
import io.mnemosyne.core.SemanticObject;
import io.mnemosyne.core.SeqRange;
import io.mnemosyne.core.Sha256;
import io.mnemosyne.core.ThreadKey;
import io.mnemosyne.core.Turn;
import io.mnemosyne.core.TurnEvent;
import io.mnemosyne.core.TurnsRecord;
import io.mnemosyne.core.recall.MemoryQuery;
import io.mnemosyne.core.recall.Recalled;
import io.mnemosyne.core.recall.Recollection;
import io.mnemosyne.core.recall.TimeRange;
import io.mnemosyne.core.tokens.O200kTokenCounter;
import io.mnemosyne.index.DirectIndex;
import io.mnemosyne.index.IndexSettings;
import io.mnemosyne.index.search.FallbackRecall;
import io.mnemosyne.index.search.IndexRecall;
import io.mnemosyne.index.search.SearchClient;
import io.mnemosyne.inference.embeddings.MiniLmEmbedder;
import io.mnemosyne.launcher.stack.SharedServices;

import static org.assertj.core.api.Assertions.assertThat;

/** What recall finds in a real OpenSearch, with the real embedding model, and what it never finds. */
@ExtendWith(SharedServices.Extension.class)
class SearchIT {
    private static final Instant START = Instant.parse("2026-03-01T10:00:00Z");
    /** Names that look like parts, patterns or addresses of each other. */
    private static final List<String> TENANTS = List.of("acme", "acme-2", "ACME", "a", "a.b", "_all", "..", "acme:t");
    private static final List<String> THREADS = List.of("t", "t2", "acme", "-", "t@a:b");
    private static final List<String> WORDS = List.of("port", "registry", "broker", "LedgerStore", "src/main/App.java",
            "8081", "E0308", "flour", "database", "timeout", "\"the port\"", "`broker`");
    private static final List<String> SYNTAX = List.of("*", "?*", "tenant:acme OR thread:*", "+port -tenant:a", "~",
            "\\",
            "\"}},{\"match_all\":{}}", "{\"query\":{\"match_all\":{}}}", "(port", "_exists_:tenant", "port^99", "/.*/",
            "owner:acme/t", "port\u0000port", "\uD83D\uDE00", "' OR 1=1 --");
    private static final SemanticObject.Type[] TYPES = SemanticObject.Type.values();

    private static final MiniLmEmbedder EMBEDDER = new MiniLmEmbedder();
    private static IndexSettings settings;
    private static DirectIndex index;
    private static SearchClient client;
    private static IndexRecall recall;

    @BeforeAll
    static void start(SharedServices services) throws IOException {
        settings = IndexSettings.at(URI.create(services.addresses().opensearch())).withPrefix("recall");
        index = DirectIndex.open(settings, EMBEDDER);
        client = new SearchClient(settings);
        recall = new IndexRecall(client, EMBEDDER, O200kTokenCounter.shared());
    }

    @AfterAll
    static void stop() {
        recall.close();
        client.close();
        index.close();
        EMBEDDER.close();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "Where is appendEntry defined?                     | void appendEntry(Entry e) { log.append(e); }",
            "Where is the ledger defined?                      | class LedgerStoreFactory {}",
            "Why does the compiler say E0308?                  | error[E0308]: mismatched types",
            "Which service runs on 48213?                      | listening on 127.0.0.1:48213",
            "What is in core/view/Plan.java?                   | see memory-core/src/main/java/io/core/view/Plan.java:17",
            "What did Quintero ask for?                        | Quintero wants a monthly report",
            "How is bread made?                                | Mix flour, water, yeast and salt, knead, then bake the loaf"})
    void shouldFindWhatIsNamedOrMeant(String question, String text) throws IOException {
        // given
        Thread thread = new Thread(new ThreadKey("named", Sha256.hex(question).substring(0, 8)));
        thread.say(
                "The build of the view is green, and the plan of the service is to log what the compiler is asked for.");
        String sought = thread.say(text);
        thread.say("Which of these is it? Why is it so? What is in there? Where is it?");
        index.finish();
        // then
        assertThat(recall.find(thread.key, 0, MemoryQuery.of(question)).found()).extracting(Recalled::id).first()
                .isEqualTo(sought);
    }

    @Test
    void shouldFindByTheTurnsAroundIt() throws IOException {
        // given an answer that says nothing of its question
        Thread thread = new Thread(new ThreadKey("named", "around"));
        thread.say("Which colour shall the dashboard of the greenhouse have?");
        String answer = thread.say("Teal.");
        IntStream.range(0, 9).forEach(i -> thread.quietly("The build " + i + " went well."));
        index.finish();
        // then
        assertThat(recall.find(thread.key, 0, MemoryQuery.of("colour of the greenhouse dashboard")).found())
                .extracting(Recalled::id).startsWith("around-0", answer);
    }

    @Test
    void shouldNeverFindWhatIsNotInTheThreadAndTheFiltersOfTheQuery() throws IOException {
        // given the same words everywhere
        Map<ThreadKey, Thread> threads = new HashMap<>();
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (String tenant : TENANTS) {
            for (String name : THREADS.subList(0, 2 + random.nextInt(THREADS.size() - 1))) {
                Thread thread = new Thread(new ThreadKey(tenant, name));
                for (int i = 0; i < 6; i++) {
                    thread.say(some(random, WORDS, 4));
                }
                threads.put(thread.key, thread);
            }
        }
        index.finish();
        List<ThreadKey> keys = List.copyOf(threads.keySet());
        long found = 0;
        for (int i = 0; i < 200; i++) {
            // when
            Thread thread = threads.getOrDefault(keys.get(random.nextInt(keys.size())), new Thread(keys.getFirst()));
            MemoryQuery query = query(random);
            Recollection recollection = recall.find(thread.key, 0, query);
            // then
            found += recollection.found().size();
            assertThat(recollection.found()).as("seed %d, %s asks %s", seed, thread.key, query)
                    .hasSizeLessThanOrEqualTo(query.k())
                    .allSatisfy(one -> {
                        assertThat(one.id()).isIn(thread.ids);
                        assertThat(one.passage()).contains("of " + thread.key + ".");
                        assertThat(query.types().isEmpty() || query.types().contains(one.type().orElseThrow()))
                                .isTrue();
                        assertThat(query.tags().isEmpty() || query.tags().contains("tag-" + one.seqs().from() % 3))
                                .isTrue();
                        assertThat(query.seqs().isEmpty() || query.seqs().get().contains(one.seqs())).isTrue();
                        assertThat(query.time().isEmpty() || query.time().get().contains(one.at().orElseThrow()))
                                .isTrue();
                    });
        }
        // and it is not for finding nothing
        assertThat(found).isGreaterThan(200);
        assertThat(recall.find(keys.getFirst(), 1, MemoryQuery.of("port registry broker")).found()).isEmpty();
        assertThat(recall.find(new ThreadKey("acm", "t"), 0, MemoryQuery.of("port registry broker")).found()).isEmpty();
    }

    @Test
    void shouldFallBackWhenTheIndexIsAway() {
        // given
        Recollection stored = new Recollection(List.of(), Recollection.Source.STORE, Optional.empty());
        IndexSettings away = IndexSettings.at(URI.create("http://127.0.0.1:1"));
        try (SearchClient none = new SearchClient(away);
                IndexRecall broken = new IndexRecall(none, EMBEDDER, O200kTokenCounter.shared());
                FallbackRecall patient = new FallbackRecall(broken, (_, _, _) -> stored, Duration.ofSeconds(30))) {
            // then
            assertThat(patient.find(new ThreadKey("acme", "t"), 0, MemoryQuery.of("port"))).isEqualTo(stored);
        }
    }

    private static MemoryQuery query(Random random) {
        String question = some(random, Stream.concat(WORDS.stream(), SYNTAX.stream()).toList(), 3);
        Set<MemoryQuery.Kind> kinds = random.nextInt(4) == 0 ? Set.of(MemoryQuery.Kind.OBJECT) : Set.of();
        Set<SemanticObject.Type> types = random.nextInt(3) == 0 ? Set.of(TYPES[random.nextInt(3)]) : Set.of();
        Set<String> tags = random.nextInt(3) == 0 ? Set.of("tag-" + random.nextInt(3)) : Set.of();
        Optional<TimeRange> time = random.nextInt(3) == 0
                ? Optional.of(new TimeRange(Optional.of(START.plusSeconds(60L * random.nextInt(4))), Optional.empty()))
                : Optional.empty();
        Optional<SeqRange> seqs = random.nextInt(3) == 0
                ? Optional.of(new SeqRange(random.nextInt(3), 3 + random.nextInt(3)))
                : Optional.empty();
        return new MemoryQuery(question, kinds, types, tags, time, seqs, 1 + random.nextInt(10), random.nextBoolean());
    }

    private static String some(Random random, List<String> words, int most) {
        return random.ints(1 + random.nextInt(most), 0, words.size()).mapToObj(words::get)
                .collect(Collectors.joining(" "));
    }

    /** A thread that is written as the pipeline would. */
    private static final class Thread {
        private final ThreadKey key;
        private final List<String> ids = new ArrayList<>();

        Thread(ThreadKey key) {
            this.key = key;
        }

        void quietly(String text) {
            try {
                say(text);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        /** Adds a turn with one object, and gives the object's id. */
        String say(String words) throws IOException {
            long seq = ids.size();
            String text = words + ". This was said in turn " + seq + " of " + key + ".";
            String id = key.thread() + "-" + seq;
            Instant at = START.plusSeconds(60 * seq);
            SemanticObject object = new SemanticObject(id, TYPES[(int) seq % 3], SeqRange.of(seq), 0, "",
                    Sha256.hex(text),
                    text.length(), 12, "", Optional.empty(), false, Optional.empty(),
                    new SemanticObject.Admission(true, 0.5, "score"), List.of(), List.of("tag-" + seq % 3),
                    Optional.empty());
            index.add(new ObjectRecord(key, 0, object, Content.of(text)));
            index.add(new EmbeddingVector(key, 0, id, EMBEDDER.model(), Sha256.hex(text),
                    EMBEDDER.embed(text).values()));
            RawTurn body = new RawTurn("e" + seq, Role.USER, List.of(new Part.Text(Content.of(text))), Origin.at(at));
            index.add(new TurnsRecord(key, 0, new Position("turns.raw", 0, seq),
                    new TurnEvent.Appended(new Turn(key, 0, seq, body, 12, List.of(object)))));
            ids.add(id);
            return id;
        }
    }
}
