package io.mnemosyne.scripted.langfuse;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Predicate;

import com.sun.net.httpserver.HttpServer;
import io.opentelemetry.proto.trace.v1.Span;

/**
 * A server on loopback that takes spans and media as Langfuse does. It is stricter: it refuses what Langfuse documents as
 * wrong, and notes what Langfuse would take and spoil. Thread-safe.
 */
public final class LangfuseStandIn implements AutoCloseable {
    public static final String TRACES = "/api/public/otel/v1/traces";
    public static final String PUBLIC_KEY = "pk-lf-stand-in";
    public static final String SECRET_KEY = "sk-lf-stand-in";
    private static final int BACKLOG = 1024;

    private final ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();
    private final Reception reception;
    private final int port;
    private HttpServer server;

    private LangfuseStandIn(int port) {
        reception = new Reception(InstantSource.system());
        server = listen(port);
        this.port = server.getAddress().getPort();
    }

    /** On any free port; stores spans and media and fails at nothing. */
    public static LangfuseStandIn start() {
        return new LangfuseStandIn(0);
    }

    public URI url() {
        return URI.create("http://127.0.0.1:" + port);
    }

    /** Every request for spans fails so until {@link #heal}. */
    public void fail(Failure failure) {
        reception.faults().always(failure);
    }

    /** The next requests for spans fail so, one after the other. */
    public void failNext(Failure... failures) {
        reception.faults().next(failures);
    }

    /** No request fails any more, and those that hang end. */
    public void heal() {
        reception.faults().heal();
    }

    /** Requests with such a span are refused as a whole, with 400. */
    public void refuse(Predicate<Span> bad) {
        reception.refuse(bad);
    }

    /** Larger requests get 413, by their size before or after compression. */
    public void largest(int bytes) {
        reception.largest(bytes);
    }

    /** Requests that announce a newer ingestion version than this get 400; it is 4 otherwise. */
    public void newestVersion(int version) {
        reception.newestVersion(version);
    }

    /** More requests than these in a window get 429 and are told how long it lasts. */
    public void quota(int requests, Duration window) {
        reception.quota(new Quota(requests, window));
    }

    public void media(MediaMode mode) {
        reception.mediaMode(mode);
    }

    /** Addresses for uploads are good for so long. */
    public void expireUploadsAfter(Duration time) {
        reception.media().expireAfter(time);
    }

    /** Refuses connections, as a server that is down, until {@link #comeBack}. */
    public synchronized void goAway() {
        server.stop(0);
    }

    /** Listens again where it did before. */
    public synchronized void comeBack() {
        server = listen(port);
    }

    /** Every request so far, in the order in which they ended. */
    public List<Received> requests() {
        return reception.requests();
    }

    /** Every span that is stored. */
    public List<StoredSpan> spans() {
        return reception.spans().all();
    }

    public int spanCount() {
        return reception.spans().size();
    }

    /** The spans right under one of a trace. */
    public List<StoredSpan> children(String traceId, String parent) {
        return spans().stream().filter(span -> span.traceId().equals(traceId))
                .filter(span -> span.parent().filter(parent::equals).isPresent()).toList();
    }

    /** Media that were uploaded and reported. */
    public Optional<byte[]> media(String mediaId) {
        return reception.media().content(mediaId);
    }

    /** The type under which media were announced. */
    public Optional<String> mediaType(String mediaId) {
        return reception.media().contentType(mediaId);
    }

    public int mediaCount() {
        return reception.media().size();
    }

    /** What Langfuse would have taken and shown wrongly, each in words; at most the first hundred. */
    public List<String> complaints() {
        return reception.complaints();
    }

    /** Cuts what is being answered. */
    @Override
    public synchronized void close() {
        reception.faults().heal();
        server.stop(0);
        executor.shutdownNow();
    }

    private HttpServer listen(int wanted) {
        try {
            HttpServer listening = HttpServer
                    .create(new InetSocketAddress(InetAddress.getLoopbackAddress(), wanted), BACKLOG);
            listening.setExecutor(executor);
            listening.createContext("/", reception::handle);
            listening.start();
            return listening;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot listen on port " + wanted + "; choose another one", e);
        }
    }
}
