package io.mnemosyne.launcher.pipeline;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** A way to a service that can be shut: who goes through it then finds nobody, while others still do. */
final class Door implements AutoCloseable {
    private final URI service;
    private final ServerSocket listening;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private volatile boolean shut;

    Door(String service) {
        this.service = URI.create(service);
        try {
            listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread.ofVirtual().start(this::listen);
    }

    String url() {
        return "http://127.0.0.1:" + listening.getLocalPort();
    }

    /** From now on every connection breaks. */
    void shut() {
        shut = true;
        open.forEach(Door::close);
    }

    void open() {
        shut = false;
    }

    @Override
    public void close() throws IOException {
        listening.close();
        shut();
    }

    private void listen() {
        try {
            while (true) {
                Socket client = listening.accept();
                if (shut) {
                    client.close();
                } else {
                    let(client);
                }
            }
        } catch (IOException closed) {
            // The test is over.
        }
    }

    private void let(Socket client) throws IOException {
        Socket server = new Socket(service.getHost(), service.getPort());
        open.add(client);
        open.add(server);
        Thread.ofVirtual().start(() -> pass(client, server));
        Thread.ofVirtual().start(() -> pass(server, client));
    }

    private void pass(Socket from, Socket to) {
        try (from; to) {
            from.getInputStream().transferTo(to.getOutputStream());
        } catch (IOException broken) {
            // The other end learns of it by its own end.
        } finally {
            open.remove(from);
            open.remove(to);
        }
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
