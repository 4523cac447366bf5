package io.mnemosyne.scripted;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PushbackInputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;

/** The client at the other end of a connection. */
final class Peer {
    private final Socket socket;
    private final PushbackInputStream in;
    private final OutputStream out;

    Peer(Socket socket) throws IOException {
        this.socket = socket;
        socket.setTcpNoDelay(true);
        this.in = new PushbackInputStream(new BufferedInputStream(socket.getInputStream()));
        this.out = new BufferedOutputStream(socket.getOutputStream());
    }

    InputStream in() {
        return in;
    }

    void write(byte[] bytes) throws IOException {
        out.write(bytes);
    }

    void flush() throws IOException {
        out.flush();
    }

    /**
     * Lets the client wait; what was written before reaches it.
     *
     * @throws EOFException as soon as the client closes the connection
     */
    void pause(Duration time) throws IOException {
        if (time.toMillis() == 0) {
            return;
        }
        flush();
        socket.setSoTimeout((int) Math.min(Integer.MAX_VALUE, time.toMillis()));
        try {
            int next = in.read();
            if (next < 0) {
                throw new EOFException("the client left");
            }
            in.unread(next);
        } catch (SocketTimeoutException _) {
            // The pause is over and the client is still there.
        } finally {
            socket.setSoTimeout(0);
        }
    }
}
