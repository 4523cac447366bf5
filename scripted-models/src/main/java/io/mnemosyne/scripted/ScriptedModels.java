package io.mnemosyne.scripted;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** A server on loopback that answers like model providers, as a script wants. Thread-safe. */
public final class ScriptedModels implements AutoCloseable {
    private static final int BACKLOG = 1024;

    private final ServerSocket server;
    private volatile Script script;
    private final Set<Socket> connections = ConcurrentHashMap.newKeySet();
    private final CallLog log = new CallLog();
    private final Desk desk;

    private ScriptedModels(ServerSocket server, Script script, Optional<RateLimit> limit) {
        this.server = server;
        this.script = script;
        this.desk = new Desk(() -> this.script, limit.map(rate -> new TokenBucket(rate, System::nanoTime)), log);
    }

    /** On any free port, as many answers as are asked for. */
    public static ScriptedModels start(Script script) {
        return start(0, script, Optional.empty());
    }

    /**
     * @param port 0 for any that is free
     * @throws UncheckedIOException if the port is taken
     */
    public static ScriptedModels start(int port, Script script, Optional<RateLimit> limit) {
        try {
            var models = new ScriptedModels(new ServerSocket(port, BACKLOG, InetAddress.getLoopbackAddress()), script,
                    limit);
            Thread.ofVirtual().name("scripted-models").start(models::accept);
            return models;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot listen on port " + port + "; choose another one", e);
        }
    }

    /** What clients of this format take as the base URL. */
    public URI url(Wire wire) {
        String root = "http://127.0.0.1:" + server.getLocalPort();
        return URI.create(wire == Wire.ANTHROPIC ? root : root + "/v1");
    }

    /** Goes on by another script, also with the requests that are numbered already. */
    public void goOnWith(Script next) {
        script = next;
    }

    /** All requests so far that were answered, or are being answered. */
    public List<Call> calls() {
        return log.all();
    }

    /** Forgets the requests so far. */
    public void clear() {
        log.clear();
    }

    /** Connections that clients hold open, used or not. */
    public int connections() {
        return connections.size();
    }

    /** Breaks off what is being answered. */
    @Override
    public void close() {
        closeQuietly(server);
        connections.forEach(ScriptedModels::closeQuietly);
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket socket = server.accept();
                connections.add(socket);
                Thread.ofVirtual().name("scripted-answer").start(() -> serve(socket));
            } catch (IOException _) {
                // Closed, or the client gave up while it waited; the loop's condition knows which.
            }
        }
        connections.forEach(ScriptedModels::closeQuietly);
    }

    private void serve(Socket socket) {
        try (socket) {
            var peer = new Peer(socket);
            var reader = new HttpReader(peer.in());
            Optional<HttpRequest> request = reader.read();
            while (request.isPresent() && desk.serve(request.get(), peer)) {
                request = reader.read();
            }
        } catch (IOException | NumberFormatException _) {
            // The client left, or speaks no HTTP/1.1: there is nobody to answer.
        } finally {
            connections.remove(socket);
        }
    }

    private static void closeQuietly(AutoCloseable resource) {
        try {
            resource.close();
        } catch (Exception _) {
            // Nothing is written any more, so nothing is lost.
        }
    }
}
