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
    /** Consumer group of the texts, without a deployment's prefix. */
    public static final String TEXT_GROUP = "index-sink";
    /** Consumer group of the embedding, without a deployment's prefix. */
    public static final String VECTOR_GROUP = "index-embed";

    private static final int EMBEDDED_AT_ONCE = 16;
    private static final Duration PRODUCER_GRACE = Duration.ofSeconds(1);

    private final Tally tally = new Tally();
    private final Connection connection;
    private final Producer<String, byte[]> producer;
    private final ExecutorService writing = Executors
            .newSingleThreadExecutor(Thread.ofPlatform().name("index-writer").factory());
    private final KeptRunning texts;
    private final KeptRunning vectors;

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
        connection = Connection.open(settings);
        producer = clients.producer();
        InstantSource clock = InstantSource.system();
        Acknowledged acknowledged = new Acknowledged(producer);
        RecordReader reader = new RecordReader(serdes, names);
        DeadLetters deadLetters = new DeadLetters(acknowledged, reader, serdes, names, settings.prefix(), tally);
        Index index = new OpenSearchIndex(connection.client(),
                new Template(settings.prefix(), settings.refresh().toMillis(), embedder.dimensions()));
        texts = new KeptRunning("index-texts", new TextLoop(
                () -> clients.consumer(names.applicationId(TEXT_GROUP), settings.bulkDocuments(),
                        settings.bulkBytes()),
                reader, new BulkWriter(index, settings, tally, clock), deadLetters, settings, writing, tally, clock),
                tally);
        vectors = new KeptRunning("index-vectors", new VectorLoop(
                () -> clients.consumer(names.applicationId(VECTOR_GROUP), EMBEDDED_AT_ONCE, settings.bulkBytes()),
                acknowledged, embedder, deadLetters, serdes, names, tally, clock), tally);
    }

    /** Starts reading where it was left; comes back at once. */
    public void start() {
        texts.start();
        vectors.start();
    }

    /** What it has done so far and how far behind it is. */
    public IndexStats stats() {
        return tally.stats();
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
        texts.awaitEnd();
        // Whoever still waits for the index does so in vain, and now learns of it.
        connection.close();
        texts.close();
        vectors.close();
        writing.shutdownNow();
        producer.close(PRODUCER_GRACE);
    }
}
