package io.mnemosyne.index;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import io.mnemosyne.core.EmbeddingVector;
import io.mnemosyne.core.ObjectRecord;
import io.mnemosyne.core.TurnsRecord;
import io.mnemosyne.inference.embeddings.Embedder;

/** Writes records into the index as the sink does, but without a broker: to measure, and to test searches. */
public final class DirectIndex implements AutoCloseable {
    private static final Instant AT = Instant.EPOCH;
    private static final int BATCH = 200;

    private final Connection connection;
    private final OpenSearchIndex index;
    private final List<Change> waiting = new ArrayList<>();

    private DirectIndex(Connection connection, OpenSearchIndex index) {
        this.connection = connection;
        this.index = index;
    }

    /** Makes the index if it is not there. */
    public static DirectIndex open(IndexSettings settings, Embedder embedder) throws IOException {
        Connection connection = Connection.open(settings);
        Requests requests = new Requests(connection.client());
        Template template = new Template(settings.prefix(), settings.refresh().toMillis(), embedder.model(),
                embedder.dimensions());
        Indices indices = new Indices(requests, template);
        OpenSearchIndex index = new OpenSearchIndex(requests, template.version().writeAlias(), indices::prepare);
        index.prepare();
        return new DirectIndex(connection, index);
    }

    /** An object with its text. */
    public void add(ObjectRecord entry) throws IOException {
        add(Changes.of(entry.thread().row(entry.incarnation() + "." + entry.object().id()), AT, entry));
    }

    /** A turn: the windows that it is in, and when its objects were said. */
    public void add(TurnsRecord entry) throws IOException {
        add(TurnDocuments.of(AT, entry));
    }

    /** A vector. */
    public void add(EmbeddingVector vector) throws IOException {
        add(Changes.of(vector.thread().row(vector.incarnation() + "." + vector.subject()), vector));
    }

    private void add(List<Change> changes) throws IOException {
        waiting.addAll(changes);
        if (waiting.size() >= BATCH) {
            send();
        }
    }

    /** Sends what waits, and lets searches find it all. */
    public void finish() throws IOException {
        send();
        connection.client().indices().refresh(refresh -> refresh.index(index.name()));
    }

    private void send() throws IOException {
        if (waiting.isEmpty()) {
            return;
        }
        for (Index.Answer answer : index.bulk(waiting)) {
            // A mark of a document that is not there is no failure.
            if (answer.status() >= 300 && answer.status() != 404) {
                throw new IOException("the index refused a document: " + answer.error());
            }
        }
        waiting.clear();
    }

    @Override
    public void close() {
        connection.close();
    }
}
