package io.mnemosyne.index;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

import org.apache.kafka.clients.producer.Producer;

import io.mnemosyne.inference.embeddings.Embedder;
import io.mnemosyne.schemas.serde.TopicSerdes;
import io.mnemosyne.schemas.topics.TopicNames;

/**
 * Keeps the search index: objects and segments with their text, and their vectors when these are computed. Runs beside
 * the topologies and holds none of them up: while OpenSearch is away it waits, and catches up afterwards.
 */
public final class IndexSink implements AutoCloseable {
    /** Consumer group of the texts that builds the current version of the index, without a deployment's prefix. */
    public static final String TEXT_GROUP = Version.current("any").group();
    /** Consumer group of the embedding, without a deployment's prefix. */
    public static final String VECTOR_GROUP = "index-embed";

    private static final int EMBEDDED_AT_ONCE = 16;
    private static final Duration PRODUCER_GRACE = Duration.ofSeconds(1);

    private final IndexSettings settings;
    private final Clients clients;
    private final TopicSerdes serdes;
    private final TopicNames names;
    private final Embedder embedder;
    private final Tally tally = new Tally();
    /** Counts what an older version of the index takes while the current one is built. */
    private final Tally olderTally = new Tally();
    private final InstantSource clock = InstantSource.system();
    private final Connection connection;
    private final Producer<String, byte[]> producer;
    private final Groups groups;
    private final ExecutorService writing = Executors
            .newCachedThreadPool(Thread.ofPlatform().name("index-writer-", 0).factory());
    private final KeptRunning texts;
    private final KeptRunning vectors;
    private final Rebuild rebuild;
    private final KeptRunning rebuilding;

    /**
     * A sink that is not started yet.
     *
     * @param kafka settings of every Kafka client, at least {@code bootstrap.servers}
     * @param embedder stays the caller's to close, after the sink
     * @throws IllegalArgumentException if the certificate of the settings cannot be used
     */
    public IndexSink(IndexSettings settings, Map<String, Object> kafka, TopicSerdes serdes, TopicNames names,
            Embedder embedder) {
        this(settings, new KafkaClients(kafka), serdes, names, embedder);
    }

    IndexSink(IndexSettings settings, Clients clients, TopicSerdes serdes, TopicNames names, Embedder embedder) {
        this.settings = settings;
        this.clients = clients;
        this.serdes = serdes;
        this.names = names;
        this.embedder = embedder;
        connection = Connection.open(settings);
        producer = clients.producer();
        groups = clients.groups();
        Requests requests = new Requests(connection.client());
        Indices indices = new Indices(requests, new Template(settings.prefix(), settings.refresh().toMillis(),
                embedder.model(), embedder.dimensions()));
        texts = texts(indices.current(), requests, indices::prepare, tally);
        rebuild = new Rebuild(indices, groups, names,
                older -> texts(older, requests, () -> indices.prepareOlder(older), olderTally));
        rebuilding = new KeptRunning("index-rebuild", rebuild, tally);
        vectors = new KeptRunning("index-vectors", vectorLoop(indices.current()), tally);
    }

    private KeptRunning texts(Version version, Requests requests, OpenSearchIndex.Preparation preparation,
            Tally counts) {
        RecordReader reader = reader(version);
        Index index = new OpenSearchIndex(requests, version.writeAlias(), preparation);
        TextLoop loop = new TextLoop(
                () -> clients.consumer(names.applicationId(version.group()), settings.bulkDocuments(),
                        settings.bulkBytes()),
                reader, new BulkWriter(index, settings, counts, clock), deadLetters(reader, counts), settings, writing,
                counts,
                clock);
        return new KeptRunning("index-texts-v" + version.number(), loop, counts);
    }

    private VectorLoop vectorLoop(Version current) {
        return new VectorLoop(
                () -> clients.consumer(names.applicationId(VECTOR_GROUP), EMBEDDED_AT_ONCE, settings.bulkBytes()),
                new Acknowledged(producer), embedder, deadLetters(reader(current), tally), serdes, names, tally, clock);
    }

    private RecordReader reader(Version version) {
        return new RecordReader(serdes, names, version, embedder.model());
    }

    private DeadLetters deadLetters(RecordReader reader, Tally counts) {
        return new DeadLetters(new Acknowledged(producer), reader, serdes, names, settings.prefix(), counts);
    }

    /** Starts reading where it was left; comes back at once. */
    public void start() {
        texts.start();
        vectors.start();
        rebuilding.start();
    }

    /** What it has done so far and how far behind it is. */
    public IndexStats stats() {
        return rebuild.isBuilding() ? tally.stats().whileBuilding(olderTally.stats()) : tally.stats();
    }

    /**
     * Stops within about two seconds if OpenSearch does not answer, and within about ten if Kafka does not either. What
     * is on its way may end until then, but is not tried again. Only what the index acknowledged was committed; the rest
     * is read again at the next start.
     */
    @Override
    public void close() {
        texts.stop();
        vectors.stop();
        rebuilding.stop();
        texts.awaitEnd();
        // Whoever still waits for the index does so in vain, and now learns of it.
        connection.close();
        texts.close();
        vectors.close();
        rebuilding.close();
        groups.close();
        writing.shutdownNow();
        producer.close(PRODUCER_GRACE);
    }
}
